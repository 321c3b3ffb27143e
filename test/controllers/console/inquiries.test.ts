import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../../src/lib/processes.ts";
import { testWorld, type World } from "../../support/app.ts";
import {
  type Asked,
  askedRecord,
  bulletinXml,
  downloaded,
  inquiryXml,
  inspectionXml,
  recorded,
  unknownRecord,
} from "../../support/bureau-tasks.ts";
import { looks, words } from "../../support/console.ts";
import { formOf } from "../../support/form.ts";
import { addBureau } from "../../support/records.ts";

type Shared = { world: World; bureauId: number };
const test = suite<Shared>("the pages of what the bureau asks and says");
test.before(async (shared) => {
  shared.world = await testWorld();
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.isps.first);
});
test.after(({ world }) => world.close());

/** A new task and its page before 孙七. */
async function asked({ world, bureauId }: Shared, parts: Asked = {}) {
  const on = await recorded(world.store, world.people, bureauId);
  await downloaded(world.store, bureauId, inquiryXml(askedRecord(on, parts)));
  const [row] = await world.db<{ id: number }[]>`select id from inquiries order by id desc limit 1`;
  const sun = await world.signInAs("孙七");
  const at = `/console/inquiries/${row?.id}`;
  return { on, sun, at, id: row?.id ?? 0, page: await sun.get(at) };
}

const stateOf = async ({ db }: World, id: number) =>
  (await db<{ state: string }[]>`select state from inquiries where id = ${id}`)[0]?.state;

test("say that nothing has come where nothing has", async ({ world }) => {
  const sun = await world.signInAs("孙七");
  assert.match((await sun.get("/console/inquiries")).text, "没有等待处理的核实任务");
  assert.match((await sun.get("/console/inquiries/settled")).text, "还没有已答复的核实任务");
  assert.match((await sun.get("/console/inspections")).text, "没有等待处理的核查结果");
  assert.match((await sun.get("/console/inspections/done")).text, "还没有已处理的核查结果");
  assert.match((await sun.get("/console/bulletins")).text, "管局还没有发来通知");
  assert.match((await sun.get("/console/bulletins?unread=1")).text, "没有未读的通知");
});

test("show the record beside ours with what differs, masked, and count it in the side bar", async (shared) => {
  const { page, sun, on, at, id } = await asked(shared, { mobile: "13700009999" });
  assert.equal((await looks(shared.world, "open-inquiry")).at(-1)?.detail, { inquiry: id });
  assert.match(words(page.text), "处与本系统不同");
  assert.match(words(page.text), /手机(?:号码)? ?137\*\*\*\*9999 ?138\*\*\*\*5678 ?不同/);
  assert.not.match(page.text, /13700009999|13800005678|330108199001010010/);
  const list = await sun.get("/console/inquiries");
  assert.match(list.text, at);
  assert.match(list.text, on.number);
  assert.match(words(list.text), "剩");
  // The numbers of the side bar may be a second old.
  const counted = async () => /核实任务 ?1/.test(words((await sun.get("/console/inquiries")).text));
  assert.ok(await until(counted, 5000));
});

test("show a masked value on both sides when it is asked for, and write that down", async (shared) => {
  const { world } = shared;
  const { sun, at, id } = await asked(shared, { mobile: "13700009999" });
  const shown = await sun.post(`${at}/disclosures`, { place: "0.mobile", why: "call" });
  assert.match(shown.text, "13700009999");
  assert.match(shown.text, "13800005678");
  assert.not.match(shown.text, "330108199001010010");
  assert.equal((await looks(world, "show-value")).at(-1)?.detail, {
    ...{ inquiry: id, field: "0.mobile", reason: "call" },
  });
  for (const place of ["0.nothing", "99.mobile", "x", "0.mobile'--", ""])
    assert.is((await sun.post(`${at}/disclosures`, { place })).status, 404, place);
  assert.is((await sun.get(`${at}/disclosures`)).status, 303);
});

test("take an answer with everything that it needs, and say what is missing", async (shared) => {
  const { world } = shared;
  const { sun, at, id, page } = await asked(shared);
  const form = formOf(page.text, at);
  assert.equal([form.checkedBy, form.source], ["孙七", "ours"]);
  const empty = await sun.post(at, { ...form, checkedBy: "", checkedOn: "", source: "" });
  assert.is(empty.status, 422);
  for (const one of [
    "请选核实结果",
    "请填写核实人的姓名",
    "核实时间请写成",
    "核实意见请填",
    "请选随核实结果",
  ])
    assert.match(empty.text, one);
  const good = { ...form, result: "wrong", opinion: "1", faults: "电话停用" };
  const bad: [string, Record<string, string>][] = [
    ["不属实的，请写明", { faults: " " }],
    ["不能晚于今天", { checkedOn: "2999-01-01" }],
    ["核实时间请写成", { checkedOn: "2026-02-30" }],
    ["核实意见请填", { opinion: "0" }],
    ["核实意见请填", { opinion: "10000" }],
    ["核实意见请填", { opinion: "1;2" }],
    ["错误信息最多1000个字，现在是1001个字", { faults: "错".repeat(1001) }],
    ["核实人最多64个字", { checkedBy: "名".repeat(65) }],
    ["请选随核实结果", { source: "mine" }],
    ["请选核实结果", { result: "maybe" }],
  ];
  for (const [sentence, change] of bad) {
    const answer = await sun.post(at, { ...good, ...change });
    assert.is(answer.status, 422, sentence);
    assert.match(answer.text, sentence);
  }
  assert.is(await stateOf(world, id), "open");
  const edge = { ...good, faults: "错".repeat(1000), checkedBy: "名".repeat(64), opinion: "9999" };
  const done = await sun.post(at, edge);
  assert.is(done.location, `${at}?done=answered`);
  assert.is(await stateOf(world, id), "to_send");
  assert.match((await sun.get(`${at}?done=answered`)).text, "核实结果已排队");
});

test("answer a forged or far address as if there were nothing", async (shared) => {
  const { world } = shared;
  const { at } = await asked(shared);
  const sun = await world.signInAs("孙七");
  for (const id of ["0", "999999999999", "1e3", "-1", "1%20or%201=1", "99999999999999999999"]) {
    assert.is((await sun.get(`/console/inquiries/${id}`)).status, 404, id);
    assert.is((await sun.post(`/console/inspections/${id}`)).status, 404, id);
    assert.is((await sun.post(`/console/bulletins/${id}/reading`)).status, 404, id);
  }
  assert.is((await (await world.signInAs("李四")).get(at)).status, 403);
  assert.is((await (await world.signInAs("吴九")).get(at)).status, 200, "a 主管 may");
});

test("tell the second of two what the first did", async (shared) => {
  const { world } = shared;
  const { sun, at, page } = await asked(shared);
  const wu = await world.signInAs("吴九");
  const form = formOf((await wu.get(at)).text, at);
  assert.is((await sun.post(`${at}/claim`)).status, 303);
  assert.match((await sun.get(at)).text, `${at}/release`);
  const held = await wu.post(at, { ...form, result: "right", opinion: "1" });
  assert.is(held.status, 409);
  assert.match(held.text, "别的工作人员正在处理");
  assert.is((await wu.post(`${at}/claim`)).status, 409);
  const sent = { ...formOf(page.text, at), result: "right", opinion: "1" };
  assert.is((await sun.post(at, sent)).status, 303);
  assert.is((await sun.post(at, sent)).status, 303, "the same form again");
  const late = await wu.post(at, { ...form, result: "wrong", faults: "不对", opinion: "2" });
  assert.is(late.status, 409);
  assert.match(late.text, "已有新的进展");
});

test("ask the registrant with words that staff may change", async (shared) => {
  const { world } = shared;
  const { sun, at, page, on } = await asked(shared);
  const form = formOf(page.text, `${at}/request`);
  assert.match(String(form.words), "负责人的姓名、手机号码");
  assert.is((await sun.post(`${at}/request`, { ...form, words: " " })).status, 422);
  assert.is((await sun.post(`${at}/request`, form)).location, `${at}?done=asked`);
  assert.is((await sun.post(`${at}/request`, form)).status, 303);
  const told = await world.db`select 1 from notices where template = 'inquiry-to-registrant'`;
  assert.is(told.length, 2, "one mail and one short message");
  assert.match((await sun.get(at)).text, "请主办者核对，孙七");
  await world.db`update subjects set account_id = null where id = ${on.subject}`;
  assert.not.match((await sun.get(at)).text, `${at}/request`);
});

test("say of a record that nobody knows what that means, and send back what came", async (shared) => {
  const { world, bureauId } = shared;
  await downloaded(world.store, bureauId, inquiryXml(askedRecord(unknownRecord)));
  const [row] = await world.db<{ id: number }[]>`select id from inquiries order by id desc limit 1`;
  const at = `/console/inquiries/${row?.id}`;
  const sun = await world.signInAs("孙七");
  const page = await sun.get(at);
  assert.match(page.text, "不在本系统的备案库里");
  const form = formOf(page.text, at);
  assert.is(form.source, "theirs");
  assert.is((await sun.post(at, { ...form, result: "right", opinion: "1" })).status, 303);
  assert.match((await sun.get("/console/inquiries")).text, "备案库里没有");
});

test("let a task that was answered otherwise be closed with a note", async (shared) => {
  const { sun, at } = await asked(shared);
  const form = formOf((await sun.get(at)).text, `${at}/closing`);
  assert.is((await sun.post(`${at}/closing`, form)).status, 422);
  assert.is((await sun.post(`${at}/closing`, { ...form, note: "11月20日电话答复" })).status, 303);
  assert.match((await sun.get(at)).text, "11月20日电话答复");
  assert.match((await sun.get("/console/inquiries/settled")).text, at);
});

test("work off what the bureau found wrong, with what to do and a note", async (shared) => {
  const { world, bureauId } = shared;
  const on = await recorded(world.store, world.people, bureauId);
  const entries = [1, 2].map(
    (result) =>
      `<Jrhc><Wzid>${on.website}</Wzid><Wz_Baxh>${on.number}-1</Wz_Baxh><Hcjg>${result}</Hcjg><Bz>请核实</Bz></Jrhc>`,
  );
  await downloaded(world.store, bureauId, inspectionXml(entries.join("")));
  const sun = await world.signInAs("孙七");
  const page = await sun.get("/console/inspections");
  assert.match(page.text, /接入信息有误：多报[\s\S]*取消接入[\s\S]*接入信息有误：少报/);
  assert.match(page.text, `/console/records/${on.subject}`);
  const [row] = await world.db<{ id: number }[]>`select id from inspections order by id limit 1`;
  const key = `note-${row?.id}`;
  const long = await sun.post(`/console/inspections/${row?.id}`, { [key]: "长".repeat(501) });
  assert.is(long.status, 422);
  assert.match(long.text, `href="#${key}"`);
  assert.match(long.text, new RegExp(`id="${key}-error">最多500个字，现在是501个字`), "beside its field");
  assert.match(long.text, "长".repeat(501));
  assert.is((await sun.post(`/console/inspections/${row?.id}`, { [key]: "已取消接入" })).status, 303);
  assert.match((await sun.get("/console/inspections/done")).text, "已取消接入");
});

test("name a subject that was found wrong by its name where the bureau says no number", async (shared) => {
  const { world, bureauId } = shared;
  const on = await recorded(world.store, world.people, bureauId);
  await downloaded(
    world.store,
    bureauId,
    inspectionXml(`<Zthc><Ztid>${on.subject}</Ztid><Dwmc>示例扇业公司</Dwmc></Zthc>`),
  );
  const { text } = await (await world.signInAs("孙七")).get("/console/inspections");
  assert.match(text, '备案信息<span class="vh">示例扇业公司</span>');
  assert.not.match(text, "null");
});

test("show notices as unread until somebody says so", async (shared) => {
  const { world, bureauId } = shared;
  await downloaded(
    world.store,
    bureauId,
    bulletinXml("<Tzlb>1</Tzlb><Tznr>&lt;b&gt;请整改&lt;/b&gt;</Tznr>"),
  );
  const sun = await world.signInAs("孙七");
  const page = await (await world.signInAs("吴九")).get("/console/bulletins");
  assert.match(page.text, /备案网站信息整改[\s\S]*&#60;b&#62;请整改|&lt;b&gt;请整改/);
  assert.match(words(page.text), /管局通知 ?1/);
  const [row] = await world.db<{ id: number }[]>`select id from bulletins order by id desc limit 1`;
  assert.is((await sun.post(`/console/bulletins/${row?.id}/reading`)).status, 303);
  assert.match(words((await sun.get("/console/bulletins")).text), "孙七，");
  assert.match((await sun.get("/console/bulletins?unread=1")).text, "没有未读的通知");
});

test.run();
