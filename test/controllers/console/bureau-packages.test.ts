import { unzipSync } from "fflate";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Operation } from "../../../src/gateways/bureau/operations.ts";
import { createBureau } from "../../../src/models/bureau/account.ts";
import { findBureau } from "../../../src/models/bureau/rows.ts";
import { sampleFiling } from "../../gateways/bureau/sample.ts";
import { testWorld, type World } from "../../support/app.ts";
import { bringTo, complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { keptPackage } from "../../support/kept-package.ts";

type Shared = { world: World; path: string; filing: { id: number; number: string } };

const test = suite<Shared>("the console's pages of a package");

const NUMBER = "33010619900101123X";

test.before(async (context) => {
  const world = await testWorld();
  const { store, files, people } = world;
  const bureauId = await createBureau(store, {
    ...{
      ispId: people.isps.first,
      province: "330000",
      name: "浙江省通信管理局",
      endpoint: "http://127.0.0.1:1",
    },
    ...{ bureauIspId: 1001, userName: "yi", secrets: { password: "x" } },
  });
  const made = await complete(store, registrantNamed(people, "张三"), freshParts());
  const filing = await bringTo(store, people, made, "ready");
  const { ispId: _, ...content } = sampleFiling();
  const operation: Operation = { kind: "first", ...content };
  const bureau = await findBureau(world.db, bureauId);
  const id = await keptPackage({ ...store, files }, bureau, { filing, operation });
  Object.assign(context, { world, filing, path: `/console/bureau/packages/${id}` });
});
test.after(({ world }) => world.close());

const looks = async ({ world, filing }: Shared, action: string): Promise<number> => {
  const [row] = await world.db<{ count: number }[]>`
    select count(*) from audit_log where action = ${action} and filing_id = ${filing.id}`;
  return row?.count ?? 0;
};

test("shows what is in a package, with its number and its state", async ({ world, path, filing }) => {
  const { status, text } = await (await world.signInAs("孙七")).get(path);
  assert.is(status, 200);
  for (const word of ["新增备案", filing.number, "已有结果", "浙江省通信管理局"])
    assert.ok(text.includes(word), word);
});

test("shows the file line by line, and nothing of a person", async (shared) => {
  const { world, path } = shared;
  const before = await looks(shared, "open-package");
  const { status, text } = await (await world.signInAs("孙七")).get(`${path}/content`);
  assert.is(status, 200);
  assert.match(text, "杭州青山茶业有限公司");
  assert.match(text, "qingshan-tea.cn");
  assert.match(text, "图片，不显示");
  for (const secret of [NUMBER, "13800000011", "柳青山", "liu@example.cn", "文三路1号"])
    assert.not(text.includes(secret), `${secret} is not shown`);
  assert.is(await looks(shared, "open-package"), before + 1);
});

test("goes on with the lines after those of a page", async ({ world, path }) => {
  const staff = await world.signInAs("孙七");
  const [whole, later] = [await staff.get(`${path}/content`), await staff.get(`${path}/content?from=10`)];
  assert.match(whole.text, ">UploadData<");
  assert.not.match(later.text, ">UploadData<");
  assert.match(later.text, "前面的");
});

test("gives the file as it was sent, and says in the audit log who took it", async (shared) => {
  const { world, path } = shared;
  const before = await looks(shared, "download-package");
  const { status, bytes, headers } = await (await world.signInAs("孙七")).get(`${path}/file`);
  assert.is(status, 200);
  assert.is(headers.get("cache-control"), "no-store");
  const [[name = "", xml] = []] = Object.entries(unzipSync(bytes));
  assert.match(name, /^P\d+X\d+\.xml$/);
  assert.ok(Buffer.from(xml ?? []).includes(NUMBER), "the file is whole");
  assert.is(await looks(shared, "download-package"), before + 1);
});

test("opens to 上报 of its provider alone", async ({ world, path }) => {
  for (const below of ["", "/content", "/file"]) {
    assert.is((await (await world.signInAs("李四")).get(path + below)).status, 403, `初审 at ${below}`);
    assert.is(
      (await (await world.signInAs("冯二")).get(path + below)).status,
      404,
      `another provider at ${below}`,
    );
  }
  assert.is((await (await world.signInAs("孙七")).get("/console/bureau/packages/0")).status, 404);
  assert.is((await (await world.signInAs("孙七")).get("/console/bureau/packages/x")).status, 404);
});

test.run();
