import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dataChoices } from "../../../src/models/inquiry/choices.ts";
import { comparedRecord } from "../../../src/models/inquiry/compare.ts";
import { inquiryCount, openInquiries } from "../../../src/models/inquiry/lists.ts";
import { ourRecord } from "../../../src/models/inquiry/ours.ts";
import { eventsOf, findInquiry, recordAsked } from "../../../src/models/inquiry/rows.ts";
import {
  type Asked,
  askedRecord,
  downloaded,
  inquiryXml,
  recorded,
  unknownRecord,
} from "../../support/bureau-tasks.ts";
import { staffNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

type Shared = { bench: TaskBench; bureauId: number };
const test = suite<Shared>("a record that the bureau asks about");
test.before(async (shared) => {
  shared.bench = await taskBench();
  shared.bureauId = await addBureau(shared.bench.store, shared.bench.people.isps.first);
});
test.after(({ bench }) => bench.close());

const sun = ({ bench }: Shared) => staffNamed(bench.people, "孙七");

/** Everything that comes is asked of the newest task. */
async function newest(shared: Shared) {
  const { store } = shared.bench;
  const [row] = await store.db<{ id: number }[]>`select id from inquiries order by id desc limit 1`;
  const inquiry = await findInquiry(store, sun(shared), row?.id ?? 0);
  const ours = await ourRecord(store, sun(shared), inquiry.subjectId);
  const record = recordAsked(store, inquiry);
  const sections = comparedRecord(record, ours);
  return {
    inquiry,
    sections,
    choices: await dataChoices(store, inquiry.ispId, record, ours),
    different: sections.flatMap(({ lines }) => lines.flatMap((one) => (one.differs ? one.field.key : []))),
  };
}

const ask = async (shared: Shared, asked: Asked = {}) => {
  const { store, people } = shared.bench;
  const on = await recorded(store, people, shared.bureauId);
  await downloaded(store, shared.bureauId, inquiryXml(askedRecord(on, asked)));
  return on;
};

test("is found on record, and shows what differs and nothing else", async (shared) => {
  const on = await ask(shared);
  const same = await newest(shared);
  assert.is(same.inquiry.subjectId, on.subject);
  // The one range of the bureau's; ours has a second line that was never sent.
  assert.equal(same.different, ["ips"]);
  await ask(shared, { mobile: "13700009999", site: "示例茶铺", name: "示例茶业（宁波）有限公司" });
  const other = await newest(shared);
  assert.equal(other.different, ["name", "mobile", "siteName", "leaderMobile", "ips"]);
});

test("marks nothing where the bureau says nothing", async (shared) => {
  await ask(shared, { without: "Txdz" });
  const { different, sections } = await newest(shared);
  assert.equal(different, ["ips"]);
  const place = sections[0]?.lines.find(({ field }) => field.key === "division");
  assert.is(place?.differs, undefined);
});

test("goes back with our data under the bureau's ids, or as it came", async (shared) => {
  const on = await ask(shared);
  const { choices } = await newest(shared);
  assert.equal(
    choices.map(({ source, lacks }) => [source, lacks]),
    [
      ["ours", []],
      ["theirs", []],
    ],
  );
  const [ours, theirs] = choices.map(({ data }) => data);
  assert.is(ours?.subject.bureauId, on.subject);
  assert.equal(ours?.websites[0]?.domains, [
    { ...{ id: on.domain.id, bureauId: on.domain.id }, name: on.domain.name },
  ]);
  assert.equal(
    ours?.websites[0]?.accesses[0]?.ips.map(({ bureauId }) => bureauId),
    [on.access * 10],
  );
  assert.equal(theirs?.websites[0]?.person, ours?.websites[0]?.person);
  assert.equal(theirs?.subject.area, ours?.subject.area);
});

test("cannot go back with ours where the bureau never told an id, which is said", async (shared) => {
  const { store } = shared.bench;
  const on = await ask(shared);
  await store.db`
    insert into domains (id, isp_id, website_id, domain)
    select ${on.domain.id + 7}, isp_id, id, ${`neu${on.domain.name}`} from websites where id = ${on.website}`;
  const { choices } = await newest(shared);
  assert.equal(choices.find(({ source }) => source === "ours")?.lacks, [
    `域名neu${on.domain.name}没有管局的编号`,
  ]);
  assert.equal(choices.find(({ source }) => source === "theirs")?.lacks, []);
});

test("is a task all the same where nobody knows it, with the bureau's data alone", async (shared) => {
  const { store } = shared.bench;
  await downloaded(store, shared.bureauId, inquiryXml(askedRecord(unknownRecord)));
  const { inquiry, choices, different, sections } = await newest(shared);
  assert.is(inquiry.subjectId, null);
  assert.equal(
    choices.map(({ source }) => source),
    ["theirs"],
  );
  assert.equal(different, []);
  assert.ok(sections.every(({ ours }) => ours === undefined));
});

test("is one task when it is asked again while it is open, with a new due time", async (shared) => {
  const { store } = shared.bench;
  const on = await ask(shared);
  const first = (await newest(shared)).inquiry;
  await store.db`update inquiries set due_at = now() - interval '3 days' where id = ${first.id}`;
  await downloaded(store, shared.bureauId, inquiryXml(askedRecord(on, { mobile: "13711112222" })));
  const { inquiry, different } = await newest(shared);
  assert.is(inquiry.id, first.id);
  assert.is(inquiry.times, 2);
  assert.ok(inquiry.dueAt > new Date());
  assert.equal(different, ["mobile", "leaderMobile", "ips"], "what came last counts");
  assert.equal(
    (await eventsOf(store.db, inquiry)).map(({ action }) => action),
    ["asked", "asked-again"],
  );
  await store.db`
    update inquiries set state = 'settled', settled_at = now(), answer_sealed = ${Buffer.from("x")}, answered_by = ${shared.bench.people.staff.孙七.id}
    where id = ${inquiry.id}`;
  await downloaded(store, shared.bureauId, inquiryXml(askedRecord(on)));
  assert.is.not((await newest(shared)).inquiry.id, first.id, "after an answer it is another");
});

test("is due after the working days that the provider sets", async (shared) => {
  const { store, people } = shared.bench;
  const days = (n: number) =>
    store.db`update isps set settings = settings || ${store.db.json({ inquiryDays: n })}::jsonb where id = ${people.isps.first}`;
  await days(1);
  await ask(shared);
  const soon = (await newest(shared)).inquiry;
  await days(10);
  await ask(shared);
  const late = (await newest(shared)).inquiry;
  assert.ok(late.dueAt.getTime() - soon.dueAt.getTime() > 9 * 86_400_000);
});

test("is sealed where it lies, and belongs to its provider alone", async (shared) => {
  const { store, people } = shared.bench;
  await ask(shared, { mobile: "13788887777" });
  const rows = await store.db<{ recordSealed: Buffer }[]>`select record_sealed from inquiries`;
  assert.ok(rows.every(({ recordSealed }) => !recordSealed.includes("13788887777")));
  const { inquiry } = await newest(shared);
  const far = { ...sun(shared), ispId: people.isps.second };
  assert.equal(await openInquiries(store, far, { limit: 10 }), []);
  assert.equal(await inquiryCount(store.db, far), { total: 0, overdue: 0 });
  try {
    await findInquiry(store, far, inquiry.id);
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).name, "NotFound");
  }
});

test("tells 上报 once a file, however many records are in it", async (shared) => {
  const { store, people } = shared.bench;
  const { db } = store;
  await db`delete from notices where template = 'inquiries-came'`;
  const on = await Promise.all([1, 2].map(() => recorded(store, people, shared.bureauId)));
  await downloaded(store, shared.bureauId, inquiryXml(...on.map((one) => askedRecord(one))));
  const told = await db<
    { staffId: number }[]
  >`select staff_id from notices where template = 'inquiries-came'`;
  assert.is(new Set(told.map(({ staffId }) => staffId)).size, told.length);
});

test.run();
