import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeByHook, closeCut } from "../../../src/models/cut/close.ts";
import { cutAccesses, openCut } from "../../../src/models/cut/open.ts";
import { remindCuts } from "../../../src/models/cut/remind.ts";
import { type Cut, closedCuts, findCut, openCutCount, openCuts } from "../../../src/models/cut/rows.ts";
import { Forbidden, NotFound } from "../../../src/models/errors.ts";
import { setHook } from "../../../src/models/hook/hook.ts";
import { accessesOf, cancelRecord } from "../../../src/models/record/cancel.ts";
import { createStaff } from "../../../src/models/staff/staff.ts";
import { inTransaction } from "../../../src/models/store.ts";
import { testWorld, type World } from "../../support/app.ts";
import { complete, freshParts, registrantNamed, staffNamed } from "../../support/filings.ts";
import { password } from "../../support/people.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

const test = suite<{ world: World; bureauId: number }>("an access that must be cut");
test.before.each(async (shared) => {
  shared.world = await testWorld();
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.isps.first);
});
test.after.each(({ world }) => world.close());

const submitter = ({ people }: World) => staffNamed(people, "孙七");
const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => error,
  );
let serial = 0;

/** A numbered record of 张三 with two addresses. */
async function onRecord({ world, bureauId }: { world: World; bureauId: number }, parts = freshParts()) {
  const filing = await complete(world.store, registrantNamed(world.people, "张三"), parts);
  const number = `浙ICP备20260007${String(++serial).padStart(2, "0")}号`;
  const subject = await numberFiling(world.store, filing, bureauId, number);
  const [access] = await world.db<{ id: number; ispId: number }[]>`
    select a.id, a.isp_id from accesses a join websites w on w.id = a.website_id where w.subject_id = ${subject}`;
  if (!access) throw new Error("no access");
  await world.db`delete from access_ips where access_id = ${access.id}`;
  await world.db`
    insert into access_ips (id, isp_id, access_id, first_ip, last_ip) values
      (${access.id * 10}, ${access.ispId}, ${access.id}, '203.0.113.7', '203.0.113.7'),
      (${access.id * 10 + 1}, ${access.ispId}, ${access.id}, '203.0.113.8', '203.0.113.9')`;
  return { ...parts, subject, number, access: access.id, ispId: access.ispId };
}

/** Cancelled as the bureau does it, with the tasks. */
const ended = (
  { store }: World,
  { ispId, subject }: { ispId: number; subject: number },
  reference = "answer:1:0",
) =>
  inTransaction(store, async (inside) => {
    const gone = await cancelRecord(inside.db, { ispId, kind: "subject", id: subject }, null);
    return cutAccesses(inside, { ispId, cause: "bureau", reference }, accessesOf(gone));
  });

const only = async ({ store, people }: World): Promise<Cut> => {
  const [cut, ...more] = await openCuts(store, { ispId: people.isps.first });
  if (!cut || more.length > 0) throw new Error(`${more.length + 1} open tasks`);
  return cut;
};

test("is one task with the domains and addresses as they stood", async (shared) => {
  const { world } = shared;
  const record = await onRecord(shared);
  assert.is(await ended(world, record), 1);
  const cut = await only(world);
  assert.equal(cut.domains, [record.domain]);
  assert.equal(cut.ips, ["203.0.113.7", "203.0.113.8-203.0.113.9"]);
  assert.equal([cut.number, cut.cause, cut.filedAgain], [`${record.number}-1`, "bureau", null]);
  assert.is(await ended(world, record), 0, "what is over already opens nothing");
  assert.is(await openCutCount(world.db, { ispId: record.ispId }), 1);
});

test("opens no second task, whatever says that it is over", async (shared) => {
  const { world } = shared;
  const record = await onRecord(shared);
  const about = {
    ispId: record.ispId,
    cause: "bureau",
    domains: [],
    ips: [],
    accessId: record.access,
  } as const;
  const open = (reference: string) =>
    inTransaction(world.store, (inside) => openCut(inside, { ...about, reference }));
  const both = await Promise.all([open("answer:1:0"), open("filing:9")]);
  assert.is(both.filter((id) => id !== undefined).length, 1);
  const cut = await only(world);
  await closeCut(world.store, submitter(world), cut.id, { state: "done", note: "" });
  // The reference that opened it does so once for ever.
  const winner = both[0] === undefined ? "filing:9" : "answer:1:0";
  assert.is(await open(winner), undefined);
});

test("says when its domain is on record again", async (shared) => {
  const { world } = shared;
  const record = await onRecord(shared);
  await ended(world, record);
  const again = await onRecord(shared, { domain: record.domain, certNo: freshParts().certNo });
  assert.is((await only(world)).filedAgain, `${again.number}-1`);
});

test("is closed once, by one of two who are at it, with a sealed note", async (shared) => {
  const { world } = shared;
  await ended(world, await onRecord(shared));
  const { id } = await only(world);
  const close = (state: "done" | "not_needed", note: string) =>
    closeCut(world.store, submitter(world), id, { state, note });
  const both = await Promise.all([close("done", "防火墙已关"), close("not_needed", "已迁走")]);
  assert.equal([...both].sort(), [false, true]);
  const cut = await findCut(world.store, submitter(world), id);
  assert.is(cut.note, both[0] ? "防火墙已关" : "已迁走");
  assert.is(cut.closedBy, "孙七");
  const [row] = await world.db<{ row: string }[]>`select c::text as row from cuts c`;
  assert.not.match(row?.row ?? "", /防火墙|迁走/);
  const [look] = await world.db<{ action: string; detail: unknown }[]>`
    select action, detail from audit_log where action = 'close-cut'`;
  assert.equal(look?.detail, { cut: id, as: cut.state });
  assert.is((await closedCuts(world.store, submitter(world))).length, 1);
});

test("belongs to its provider and to 上报", async (shared) => {
  const { world } = shared;
  await ended(world, await onRecord(shared));
  const { id } = await only(world);
  const closing = { state: "done", note: "" } as const;
  const stranger = { ...staffNamed(world.people, "冯二"), roles: ["supervisor"] as const };
  assert.instance(await thrown(closeCut(world.store, stranger, id, closing)), NotFound);
  assert.instance(await thrown(findCut(world.store, stranger, id)), NotFound);
  assert.instance(
    await thrown(closeCut(world.store, staffNamed(world.people, "李四"), id, closing)),
    Forbidden,
  );
  assert.equal(await openCuts(world.store, stranger), []);
});

test("is reminded of once, when it is open for more than a day", async (shared) => {
  const { world } = shared;
  await ended(world, await onRecord(shared));
  await world.db`update cuts set opened_at = now() - interval '23 hours'`;
  assert.is(await remindCuts(world.store), 0);
  await world.db`update cuts set opened_at = now() - interval '25 hours'`;
  assert.is(await remindCuts(world.store), 1);
  assert.is(await remindCuts(world.store), 0);
});

test("is a reminder to the staff of its own provider, as long as it is open", async ({ world }) => {
  const { store, db, people } = world;
  const mail = { password, roles: ["supervisor"] as const, email: "zhuguan@example.cn" };
  for (const [at, ispId] of Object.entries(people.isps)) {
    await createStaff(store, { ...mail, ispId, userName: `zhuguan-${at}`, name: "冯三" });
    for (const reference of ["answer:1:0", "answer:1:1"])
      await openCut(store, { ispId, cause: "bureau", reference, domains: ["shili.example.cn"], ips: [] });
  }
  await db`update cuts set opened_at = now() - interval '25 hours'`;
  await db`update cuts set state = 'done', closed_at = now() where id = (select min(id) from cuts)`;
  assert.is(await remindCuts(store), 3);
  const told = await db<{ ispId: number }[]>`
    select isp_id from notices where template = 'cuts-overdue' order by isp_id`;
  assert.equal(
    told.map(({ ispId }) => ispId),
    Object.values(people.isps).sort((a, b) => a - b),
  );
});

test("says nothing of a domain that is on record with another provider", async (shared) => {
  const { store, people } = shared.world;
  const record = await onRecord(shared);
  await ended(shared.world, record);
  const parts = { ...freshParts(), domain: record.domain };
  const filing = await complete(store, registrantNamed(people, "钱一"), parts);
  await numberFiling(store, filing, await addBureau(store, people.isps.second), "闽ICP备2026000701号");
  assert.is((await only(shared.world)).filedAgain, null);
});

test("is told to the provider's system in the same transaction, without anything of a person", async (shared) => {
  const { world } = shared;
  const { store, people } = world;
  const record = await onRecord(shared);
  await setHook(store, people.isps.first, { url: "https://crm.example.cn/hook", events: ["access.cut"] });
  await inTransaction(store, async (inside) => {
    await openCut(inside, { ispId: record.ispId, cause: "bureau", reference: "x", domains: [], ips: [] });
    throw new Error("undone");
  }).catch(() => undefined);
  assert.is((await world.db`select 1 from hook_deliveries`).length, 0);
  await ended(world, record);
  const [told] = await world.db<{ payload: object }[]>`select payload from hook_deliveries`;
  const cut = await only(world);
  assert.equal(told?.payload, {
    ...{ cut: cut.id, cause: "bureau", access: record.access, number: `${record.number}-1` },
    ...{ domains: [record.domain], ips: ["203.0.113.7", "203.0.113.8-203.0.113.9"] },
  });
  await closeByHook(store, cut.id);
  assert.equal((await findCut(store, submitter(world), cut.id)).state, "done");
});

test.run();
