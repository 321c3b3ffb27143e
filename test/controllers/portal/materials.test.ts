import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { minifyCss } from "../../../src/lib/assets.ts";
import { isoDate } from "../../../src/lib/dates.ts";
import { projectPath } from "../../../src/lib/project.ts";
import { findFiling } from "../../../src/models/filing/rows.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { creditCodeCheck } from "../../../src/vocabulary/credit-code.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { act, bringTo, complete, registrantNamed, reviewed, staffNamed } from "../../support/filings.ts";
import { draftWithPlaces, placesOf, prepareAll } from "../../support/materials.ts";
import { asFile, photo, smallPhoto } from "../../support/photos.ts";

const test = suite<{ world: World; zhang: Browser }>("the page of the materials");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.after((context) => context.world.close());

const owner = ({ people }: World) => registrantNamed(people, "张三");

/** A draft, its page open in 张三's browser, and ways to send to a slot. */
async function opened(world: World, zhang: Browser) {
  const { filing, subject, website } = await draftWithPlaces(world, owner(world));
  const path = `/filings/${filing.number}/materials`;
  await zhang.get(path);
  const send = (slot: string, section: number, fields: Record<string, string | File>, part = "") =>
    zhang.post(`${path}/${slot}${part}?section=${section}`, { requestId: `page-${filing.id}`, ...fields });
  return { filing, subject, website, path, send };
}

/** The part of the page that belongs to a slot. */
const slotIn = (html: string, slot: string): string =>
  new RegExp(`<li id="m-${slot}-[^]*?</li>`).exec(html)?.[0] ?? "";

test("takes a phone's photo, says that it is being prepared, then what it weighs", async ({
  world,
  zhang,
}) => {
  const { filing, subject, path, send } = await opened(world, zhang);
  const sent = await send("certificate", subject, { picture: asFile(await photo()) });
  assert.equal([sent.status, sent.location], [303, `${path}#m-certificate-${subject}`]);
  const busy = slotIn((await zhang.get(path)).text, "certificate");
  assert.match(busy, "处理中");
  assert.match(busy, `hx-get="${path}"`);
  assert.match(busy, 'hx-trigger="every 2s"');
  await prepareAll(world, filing);
  const ready = slotIn((await zhang.get(path)).text, "certificate");
  assert.match(ready, "已就绪");
  assert.match(ready, /原图[\d.]+ MB，已缩小到\d+ KB/);
  assert.not.match(ready, "hx-trigger");
});

const MB = 1024 * 1024;

/** A PNG that claims 30,000 × 30,000 pixels in a few hundred bytes. */
async function bomb(): Promise<Buffer> {
  const bytes = await smallPhoto(1, "png");
  bytes.writeUInt32BE(30_000, 16);
  bytes.writeUInt32BE(30_000, 20);
  return bytes;
}

const cut = async () => (await photo({ width: 800, height: 600 })).subarray(0, 5_000);
const jpegOf = (size: number) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(size)]);

const refused: [string, string, () => Promise<Buffer> | Buffer, number, RegExp][] = [
  [
    "a PDF",
    "域名证书.pdf",
    () => Buffer.from("%PDF-1.7 …"),
    422,
    /没有收下“域名证书\.pdf”：.*只收图片（JPG、PNG、WebP）/,
  ],
  ["a PDF that calls itself a picture", "证书.jpg", () => Buffer.from("%PDF-1.7 …"), 422, /这是PDF文件/],
  ["an SVG", "a.png", () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), 422, /这是SVG图片/],
  ["a page", "a.jpg", () => Buffer.from("<!doctype html><script>1</script>"), 422, /这是网页文件/],
  ["an archive", "a.zip", () => Buffer.from("PK\x03\x04 …"), 422, /压缩文件/],
  ["a moving GIF", "a.gif", () => Buffer.from("GIF89a…"), 422, /GIF动图/],
  ["an iPhone's HEIC", "IMG.heic", () => Buffer.from("\0\0\0\x18ftypheic", "latin1"), 422, /HEIC/],
  ["noise", "a.jpg", () => Buffer.from("hello"), 422, /不是图片/],
  ["a bomb", "a.png", bomb, 422, /30000×30000像素/],
  ["half a picture", "a.jpg", cut, 422, /不完整/],
  ["an empty file", "a.jpg", () => Buffer.alloc(0), 422, /文件是空的/],
  ["a name with a path", "../../etc/a.jpg", () => smallPhoto(), 422, /没有收下“a\.jpg”：文件名里有路径/],
  ["more than 20 MB", "IMG_9.jpg", () => jpegOf(20 * MB), 413, /没有收下“IMG_9\.jpg”：图片超过了20 MB/],
];

for (const [what, name, make, status, words] of refused)
  test(`refuses ${what} by name and keeps everything else`, async ({ world, zhang }) => {
    const { filing, subject, send } = await opened(world, zhang);
    await send("leader", subject, { picture: asFile(await smallPhoto()) });
    const before = world.files.kept.size;
    const answer = await send("certificate", subject, { picture: asFile(await make(), name) });
    assert.is(answer.status, status);
    assert.match(slotIn(answer.text, "certificate"), words);
    assert.match(answer.text, /<title>有1处要改：/);
    assert.match(slotIn(answer.text, "leader"), "处理中");
    assert.is((await currentMaterials(world.db, filing.id)).length, 1);
    assert.is(world.files.kept.size, before);
  });

test("asks for a picture when none was chosen", async ({ world, zhang }) => {
  const { subject, send } = await opened(world, zhang);
  const answer = await send("certificate", subject, { picture: new File([], "") });
  assert.is(answer.status, 422);
  assert.match(slotIn(answer.text, "certificate"), "还没有选择图片");
});

test("keeps 签字日期 with the form, and takes a new one alone", async ({ world, zhang }) => {
  const { filing, website, send } = await opened(world, zhang);
  const signedOn = async () => (await findFiling(world.db, filing.number, owner(world))).formSignedOn;
  const today = isoDate(new Date());
  await send("form", website, { picture: asFile(await smallPhoto()), formSignedOn: today });
  assert.is(await signedOn(), today);
  const yesterday = isoDate(new Date(Date.now() - 86_400_000));
  assert.is((await send("form", website, { formSignedOn: yesterday })).status, 303);
  assert.is(await signedOn(), yesterday);
  assert.is((await currentMaterials(world.db, filing.id)).length, 1);
});

test("refuses a 签字日期 that is not there yet, too long ago, or no day", async ({ world, zhang }) => {
  const { filing, website, send } = await opened(world, zhang);
  for (const [day, words] of [
    ["2999-01-01", "还没有到"],
    ["2020-01-01", "超过3个月"],
    ["2026-02-31", "签字日期应写成"],
  ] as const) {
    const answer = await send("form", website, { formSignedOn: day, picture: asFile(await smallPhoto()) });
    assert.is(answer.status, 422);
    assert.match(slotIn(answer.text, "form"), words);
    assert.match(slotIn(answer.text, "form"), `value="${day}"`, "what was typed is shown again");
  }
  assert.is((await currentMaterials(world.db, filing.id)).length, 0);
});

test("turns, replaces and takes out a picture", async ({ world, zhang }) => {
  const { filing, subject, send } = await opened(world, zhang);
  const current = async () => (await currentMaterials(world.db, filing.id))[0];
  await send("certificate", subject, {
    picture: asFile(await photo({ width: 800, height: 600, orientation: 1 })),
  });
  await prepareAll(world, filing);
  const first = await current();
  assert.equal([first?.width, first?.height], [800, 600]);
  await send("certificate", subject, { material: String(first?.id), turns: "3" }, "/rotation");
  await prepareAll(world, filing);
  assert.equal([(await current())?.width, (await current())?.height], [600, 800]);
  await send("certificate", subject, { picture: asFile(await smallPhoto(7)) });
  assert.is.not((await current())?.id, first?.id);
  await send("certificate", subject, { material: String((await current())?.id) }, "/removal");
  assert.is(await current(), undefined);
});

test("makes one picture of the two sides of a card", async ({ world, zhang }) => {
  const { filing, subject, send } = await opened(world, zhang);
  const side = (shade: number) => smallPhoto(shade).then((bytes) => asFile(bytes));
  await send("leader", subject, { picture: await side(10), back: await side(220) });
  await prepareAll(world, filing);
  const [material] = await currentMaterials(world.db, filing.id);
  assert.is(material?.state, "ready");
  assert.ok((material?.height ?? 0) >= 480, `both lie in it: ${material?.width}×${material?.height}`);
});

test("names the slots that may change and shows no form while the filing is under review", async ({
  world,
  zhang,
}) => {
  const filing = await complete(world.store, owner(world));
  const { subject, website } = await placesOf(world, filing);
  const path = `/filings/${filing.number}/materials`;
  await bringTo(world.store, world.people, filing, "initial_review");
  const { text } = await zhang.get(path);
  assert.not.match(text, 'type="file"');
  assert.match(text, "现在不能更换材料");
  const late = await zhang.post(`${path}/certificate?section=${subject}`, {
    picture: asFile(await smallPhoto()),
  });
  assert.is(late.status, 409);

  const reviewer = staffNamed(world.people, "李四");
  await act(world.store, filing, "claim", reviewer);
  const reasons = [{ sectionId: website, slot: "form", reason: "date", note: "请重新拍" }];
  await act(world.store, filing, "return-initial", reviewer, { reasons });
  const returned = slotIn((await zhang.get(path)).text, "form");
  assert.match(returned, "审核退回，请重新上传");
  assert.match(returned, "签字日期看不清");
  assert.match(returned, "请重新拍");
  await zhang.post(`${path}/form?section=${website}`, { picture: asFile(await smallPhoto()) });
  assert.not.match(slotIn((await zhang.get(path)).text, "form"), "审核退回");
});

test("says of 网站负责人 that one picture serves both where they are one person", async ({
  world,
  zhang,
}) => {
  const { path } = await opened(world, zhang);
  const shared = slotIn((await zhang.get(path)).text, "siteLeader");
  assert.match(shared, "用同一份，不用再传");
  assert.not.match(shared, "<form");
});

test("takes the photo on a page of its own, once its step has come", async ({ world, zhang }) => {
  await world.db`update isps set settings = ${world.db.json({ curtainText: "一号云核验专用" })}`;
  const first17 = "91330108MA2700001";
  const certNo = first17 + creditCodeCheck(first17);
  const filing = await complete(world.store, owner(world), { domain: "photo.cn", certNo });
  const { website } = await placesOf(world, filing);
  const path = `/filings/${filing.number}/photo`;
  assert.not.match((await zhang.get(path)).text, 'type="file"');
  const submitted = await bringTo(world.store, world.people, filing, "initial_review");
  await reviewed(world.store, submitted, "approve", staffNamed(world.people, "李四"));
  const { text } = await zhang.get(path);
  assert.match(text, "一号云核验专用");
  assert.match(text, "不穿红色或蓝色上衣");
  const sent = await zhang.post(`/filings/${filing.number}/materials/photo?section=${website}`, {
    picture: asFile(await smallPhoto()),
  });
  assert.is(sent.location, `${path}#m-photo-${website}`);
  assert.match(slotIn((await zhang.get(path)).text, "photo"), "处理中");
});

test("does not exist for another account, nor for one of another provider", async ({ world, zhang }) => {
  const { subject, path } = await opened(world, zhang);
  for (const name of ["王五", "钱一"] as const) {
    const other = await world.signInAs(name);
    assert.is((await other.get(path)).status, 404);
    for (const part of ["", "/removal", "/rotation"]) {
      // For the token of its own session: the page of 404 has none.
      await other.get("/account");
      const answer = await other.post(`${path}/certificate${part}?section=${subject}`, {
        picture: asFile(await smallPhoto()),
      });
      assert.is(answer.status, 404, `${name} ${part}`);
    }
  }
});

test("sends a visitor to the login, and refuses a form of another site", async ({ world, zhang }) => {
  const { subject, path } = await opened(world, zhang);
  const visitor = await world.visitor().get(path);
  assert.match(visitor.location ?? "", /^\/login\?next=/);
  const forged = await zhang.post(`${path}/certificate?section=${subject}`, {
    csrf: "nonsense",
    picture: "x",
  });
  assert.is(forged.status, 403);
});

test("fits with its stylesheet into the first packets", async ({ world, zhang }) => {
  const { path } = await opened(world, zhang);
  const css = brotliCompressSync(minifyCss(readFileSync(projectPath("static/app.css"), "utf8"))).length;
  const html = brotliCompressSync((await zhang.get(path)).text).length;
  assert.ok(html + css <= 14_000, `${html} + ${css}`);
});

test.run();
