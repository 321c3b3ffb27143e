import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../../src/lib/processes.ts";
import { uploadReady } from "../../../src/models/bureau/auto-upload.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import { type Filing, maybeFiling } from "../../../src/models/filing/rows.ts";
import { expireMaterials } from "../../../src/models/reminder/materials.ts";
import { missNumbers } from "../../../src/models/reminder/numbers.ts";
import { remindSla } from "../../../src/models/reminder/sla.ts";
import { endSmsCheck, remindSmsCheck } from "../../../src/models/reminder/sms-check.ts";
import { endTerms } from "../../../src/models/reminder/terms.ts";
import { creditCodeCheck } from "../../../src/vocabulary/credit-code.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import { act, bringTo, complete, registrantNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("time that passes");
test.before(async (context) => {
  context.bench = await startBureauBench();
});
test.after((context) => context.bench.close());

let serial = 0;
const draft = ({ store, people }: BureauBench): Promise<Filing> => {
  const first17 = `91330108MA4${String(++serial).padStart(6, "0")}`;
  const parts = { domain: `pot${serial}.cn`, certNo: first17 + creditCodeCheck(first17) };
  return complete(store, registrantNamed(people, "张三"), parts);
};
const brought = async (bench: BureauBench, state: Parameters<typeof bringTo>[3]) =>
  bringTo(bench.store, bench.people, await draft(bench), state);
const now = async ({ store }: BureauBench, { id }: Filing) => (await maybeFiling(store.db, id)) as Filing;
const told = async ({ store }: BureauBench, template: string) =>
  (await store.db`select 1 from notices where template = ${template}`).length;
const settings = ({ store, people }: BureauBench, values: Record<string, unknown>) =>
  store.db`update isps set settings = ${store.db.json(values as never)} where id = ${people.isps.first}`;

test("ends the short-message check after 24 hours, reminding before", async ({ bench }) => {
  const filing = await bench.uploading();
  await bench.submit();
  assert.is(await endSmsCheck(bench.store, filing.id), false);
  assert.ok(await remindSmsCheck(bench.store, filing.id));
  await remindSmsCheck(bench.store, filing.id);
  assert.is(await told(bench, "sms-check-reminder"), 2);
  await bench.store.db`update filings set sms_until = now() - interval '1 minute' where id = ${filing.id}`;
  assert.ok(await endSmsCheck(bench.store, filing.id));
  assert.is((await bench.now(filing)).state, "at_bureau");
  assert.is(await endSmsCheck(bench.store, filing.id), false);
});

test("reminds reviewers once of each due time, and 主管 too when it is over", async ({ bench }) => {
  const { store } = bench;
  const filing = await brought(bench, "initial_review");
  const due = (minutes: number) =>
    store.db`update filings set due_at = now() + make_interval(mins => ${minutes}) where id = ${filing.id}`;
  await due(600);
  assert.equal(await remindSla(store), { "sla-due": 0, "sla-overdue": 0 });
  await due(60);
  assert.equal(await remindSla(store), { "sla-due": 1, "sla-overdue": 0 });
  assert.equal(await remindSla(store), { "sla-due": 0, "sla-overdue": 0 });
  await due(-5);
  assert.equal(await remindSla(store), { "sla-due": 0, "sla-overdue": 1 });
  assert.equal(await remindSla(store), { "sla-due": 0, "sla-overdue": 0 });
});

test("leaves filings alone where the provider set no term", async ({ bench }) => {
  const filing = await draft(bench);
  await bench.store.db`update filings set updated_at = now() - interval '300 days' where id = ${filing.id}`;
  assert.equal(await endTerms(bench.store, new Date()), { reminded: 0, closed: 0 });
});

test("closes an idle filing only after a reminder and a week", async ({ bench }) => {
  const { store } = bench;
  const filing = await draft(bench);
  await settings(bench, { termDays: 30 });
  await store.db`update filings set updated_at = now()`;
  await store.db`update filings set updated_at = now() - interval '200 days' where id = ${filing.id}`;
  assert.equal(await endTerms(store, new Date()), { reminded: 1, closed: 0 });
  assert.equal(await endTerms(store, new Date()), { reminded: 0, closed: 0 });
  const inAWeek = new Date(Date.now() + 7 * 86_400_000 + 60_000);
  assert.equal(await endTerms(store, inAWeek), { reminded: 0, closed: 1 });
  assert.is((await now(bench, filing)).state, "closed");
  await settings(bench, {});
});

test("returns a filing whose form is older than three months, after a reminder", async ({ bench }) => {
  const { store } = bench;
  const filing = await brought(bench, "ready");
  const signed = (days: number) =>
    store.db`update filings set form_signed_on = current_date - ${days}::int where id = ${filing.id}`;
  await signed(30);
  assert.equal(await expireMaterials(store), { reminded: 0, returned: 0 });
  await signed(88);
  assert.equal(await expireMaterials(store), { reminded: 1, returned: 0 });
  assert.is(await told(bench, "material-expiring"), 2);
  await signed(100);
  assert.equal(await expireMaterials(store), { reminded: 0, returned: 1 });
  const returned = await now(bench, filing);
  assert.equal([returned.state, returned.returnedFrom], ["returned", "verification"]);
});

test("ends nothing that somebody saw to in that very moment", async ({ bench }) => {
  const { store } = bench;
  const [idle, old] = [await draft(bench), await brought(bench, "ready")];
  await settings(bench, { termDays: 30 });
  await store.db`update filings set updated_at = now()`;
  await store.db`update filings set updated_at = now() - interval '200 days' where id = ${idle.id}`;
  await endTerms(store, new Date());
  await store.db`update filings set form_signed_on = current_date - 100 where id = ${old.id}`;
  const inAWeek = new Date(Date.now() + 7 * 86_400_000 + 60_000);
  // Both jobs have read the filings and wait for their rows when the registrant's change is written.
  const jobs = await store.db.begin(async (tx) => {
    await tx`select 1 from filings where id in (${idle.id}, ${old.id}) for update`;
    const waiting = [endTerms(store, inAWeek), expireMaterials(store)] as const;
    await until(async () => (await store.db`select 1 from pg_locks where not granted`).length >= 2, 5000);
    await tx`update filings set updated_at = now(), form_signed_on = current_date where id in (${idle.id}, ${old.id})`;
    return [waiting] as const;
  });
  const [terms, forms] = await Promise.all(jobs[0]);
  assert.equal([terms.closed, forms.returned], [0, 0]);
  assert.is((await now(bench, idle)).state, "draft");
  assert.is((await now(bench, old)).state, "ready");
  await act(store, old, "cancel", registrantNamed(bench.people, "张三"));
  await settings(bench, {});
});

test("alarms once about a number that does not come", async ({ bench }) => {
  const { store } = bench;
  const filing = await bench.uploading();
  await bench.submit();
  await act(store, filing, "approve-bureau", { kind: "bureau" });
  assert.is(await missNumbers(store), 0);
  await store.db`update filings set state_since = now() - interval '5 days' where id = ${filing.id}`;
  assert.equal([await missNumbers(store), await missNumbers(store)], [1, 0]);
  const events = await eventsOf(store.db, filing.id);
  assert.is(events.at(-1)?.action, "miss-number");
});

test("sends a verified filing by itself only where the provider set it", async ({ bench }) => {
  const filing = await brought(bench, "ready");
  assert.is(await uploadReady(bench.store), 0);
  await settings(bench, { autoUpload: true });
  assert.is(await uploadReady(bench.store), 1);
  const event = (await eventsOf(bench.store.db, filing.id)).at(-1);
  assert.equal([event?.action, event?.actorKind], ["upload", "system"]);
  await settings(bench, {});
});

test.run();
