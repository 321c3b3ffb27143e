import { suite } from "uvu";
import * as assert from "uvu/assert";
import { testWorld, type World } from "../../support/app.ts";
import { again, drafted, pageOf, submitted, words } from "../../support/console.ts";
import { act, bringTo, staffNamed } from "../../support/filings.ts";

const test = suite("the queues of the console");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());
test.before.each(async () => {
  await world.db`update filings set state = 'closed', claimed_by = null`;
});

const numbersIn = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/data-open href="\/console\/filings\/([\d-]+)/g)].map(([, number]) => number ?? ""),
  ),
];

test("put the most urgent first and say how late it is", async () => {
  const filings = [await submitted(world), await submitted(world), await submitted(world)];
  for (const [at, filing] of filings.entries())
    await world.db`
      update filings set due_at = date_trunc('milliseconds', now()) + make_interval(days => ${[5, -3, 20][at] ?? 0})
      where id = ${filing.id}`;
  const page = await (await world.signInAs("李四")).get("/console/queue?stage=initial");
  assert.equal(
    numbersIn(page.text),
    [filings[1], filings[0], filings[2]].map((one) => one?.number),
  );
  assert.match(words(page.text), "超时");
  assert.match(words(page.text), /信息初审1超时 3/);
});

test("narrow by filters that stand in the address, and pass over what is no filter", async () => {
  const [mine, late] = [await submitted(world), await submitted(world)];
  await act(world.store, mine, "claim", staffNamed(world.people, "李四"));
  await world.db`update filings set due_at = now() - interval '1 day' where id = ${late.id}`;
  const browser = await world.signInAs("李四");
  const list = async (query: string) =>
    numbersIn((await browser.get(`/console/queue?stage=initial${query}`)).text);
  assert.equal(await list("&claimed=me"), [mine.number]);
  assert.equal(await list("&claimed=nobody"), [late.number]);
  assert.equal(await list("&age=overdue"), [late.number]);
  assert.equal(await list("&province=110000"), []);
  assert.is((await list("&province=x&nature=99&claimed=other&age=')")).length, 2);
  assert.is((await browser.get("/console/queue?stage=made-up")).status, 404);
});

test("page on from where the page before ended", async () => {
  const filing = await submitted(world);
  await world.db`
    insert into filings (number, isp_id, account_id, kind, state, nature, province, due_at, data_key, subject_name, site_name, domain)
    select '20200101-' || to_char(n, 'FM0000'), isp_id, account_id, 'first', 'initial_review', 4, '330000',
      date_trunc('milliseconds', now()) + make_interval(mins => n / 3), data_key, '示例', '示例' || n, 'shili.cn'
    from filings, generate_series(1, 120) n where filings.id = ${filing.id}`;
  await world.db`update filings set due_at = now() - interval '1 day' where id = ${filing.id}`;
  const browser = await world.signInAs("李四");
  const seen: string[] = [];
  for (let path: string | undefined = "/console/queue?stage=initial"; path; ) {
    const { text } = await browser.get(path);
    seen.push(...numbersIn(text));
    path = /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll("&#38;", "&").replaceAll("&amp;", "&");
  }
  assert.is(seen.length, 121);
  assert.is(new Set(seen).size, 121);
  assert.is(seen[0], filing.number);
});

test("begin at what is most urgent for the person", async () => {
  const ready = await bringTo(world.store, world.people, await drafted(world), "ready");
  const home = async (name: "孙七" | "李四") => (await (await world.signInAs(name)).get("/console")).location;
  assert.is(await home("孙七"), "/console/queue?stage=ready");
  assert.is(await home("李四"), "/console/queue?stage=initial");
  assert.is((await again(world, ready)).state, "ready");
});

test("are not there for who only administers, and empty for another provider", async () => {
  const filing = await submitted(world);
  const administrator = await world.signInAs("郑十");
  assert.match((await administrator.get("/console")).text, "只有管理员角色");
  assert.is((await administrator.get("/console/queue")).status, 403);
  const other = await (await world.signInAs("冯二")).get("/console/queue?stage=initial");
  assert.not.match(other.text, filing.number);
});

test("say who holds a filing, and give its holder a way to put it back", async () => {
  const filing = await submitted(world);
  await act(world.store, filing, "claim", staffNamed(world.people, "李四"));
  const own = await (await world.signInAs("李四")).get("/console/queue?stage=mine");
  assert.match(own.text, `${pageOf(filing)}/release`);
  const others = await (await world.signInAs("吴九")).get("/console/queue?stage=initial");
  assert.match(words(others.text), "首次李四");
  assert.not.match(others.text, `${pageOf(filing)}/release`);
});

test.run();
