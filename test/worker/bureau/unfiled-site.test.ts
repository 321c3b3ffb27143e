import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { answersOf } from "../../../src/models/reported-site/answers.ts";
import { findSite, type ReportedSite } from "../../../src/models/reported-site/rows.ts";
import { answerSites } from "../../../src/models/reported-site/work.ts";
import { type BureauBench, causesOfStanding, failing, startBureauBench } from "../../support/bureau.ts";
import { say } from "../../support/bureau-kinds.ts";
import { staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("an unfiled website from the bureau's list to its answer");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

const sun = ({ people }: BureauBench) => staffNamed(people, "孙七");

/** The bureau tells of a website, and it is in the work list. */
async function told(bench: BureauBench, domain = "weibei.cn"): Promise<ReportedSite> {
  bench.simulator.order({ action: "unfiled", domain, ip: "203.0.113.9", operator: 7 });
  await bench.downloadSome();
  const [row] = await bench.store.db<{ id: number }[]>`
    select id from reported_sites where domain = ${domain} and kind = 'unfiled'`;
  return findSite(bench.store.db, sun(bench), row?.id ?? 0);
}

const answer = (bench: BureauBench, site: ReportedSite, result = 1, opinion = "已断开接入") =>
  answerSites(bench.store, sun(bench), [site.id], {
    action: "cut",
    requestId: newId(),
    contentFor: () => ({
      words: opinion,
      operation: {
        ...{ kind: "unfiled-site-answer", domain: site.domain, ip: site.ip ?? "", result, opinion },
        ...{ operator: "7", accessProvider: "1001", province: 330000 },
        ...{ reportedOn: "2026-11-20", dueOn: "2026-11-25" },
      },
    }),
  });

const now = ({ store, people }: BureauBench, { id }: ReportedSite) =>
  findSite(store.db, staffNamed(people, "孙七"), id);

const arrived = ({ simulator }: BureauBench) =>
  simulator.view().filings.filter((one) => one.answer?.kind === "unfiled").length;

test("arrives once, and ends with the receipt", async ({ bench }) => {
  const site = await told(bench);
  assert.equal([site.state, site.domain, site.ip], ["open", "weibei.cn", "203.0.113.9"]);
  await answer(bench, site);
  assert.is((await now(bench, site)).state, "answering");
  await bench.submit();
  await bench.submit();
  assert.is((await now(bench, site)).state, "done");
  assert.is(arrived(bench), 1);
  const [given] = await answersOf(bench.store, sun(bench), site.id);
  assert.is(given?.state, "accepted");
});

test("that waits too long is a queue that is stuck", async ({ bench }) => {
  await answer(bench, await told(bench));
  assert.equal(await causesOfStanding(bench), []);
  await bench.store.db`update reported_site_answers set created_at = now() - interval '5 hours'`;
  assert.equal(await causesOfStanding(bench), ["waiting"]);
  await bench.submit();
  assert.equal(await causesOfStanding(bench), []);
});

test("several of one queue arrive each once", async ({ bench }) => {
  const sites = [await told(bench, "a-weibei.cn"), await told(bench, "b-weibei.cn")];
  for (const site of sites) await answer(bench, site);
  await bench.submit();
  assert.is(arrived(bench), 2);
  for (const site of sites) assert.is((await now(bench, site)).state, "done");
});

for (const how of ["after", "instead"] as const)
  test(`arrives once though the process died ${how === "after" ? "after" : "before"} the call`, async ({
    bench,
  }) => {
    const site = await told(bench);
    await answer(bench, site);
    const bureau = failing(bench.parts.bureau, "upload", how);
    await bench.submit({ bureau }).catch(() => undefined);
    await bench.letRestEnd();
    await bench.submit();
    assert.is(arrived(bench), 1);
    assert.is((await now(bench, site)).state, "done");
  });

test("comes back to a person when its file is rejected, once, and goes again", async ({ bench }) => {
  const site = await told(bench);
  await answer(bench, site);
  await bench.submit();
  const [sent] = await bench.store.db<{ fileName: string }[]>`select file_name from bureau_packages`;
  const rejected = `<BAJG><Jg_xx><Jgxx><Jgdm>5001</Jgdm><Dmms>${sent?.fileName}</Dmms></Jgxx></Jg_xx></BAJG>`;
  await say(bench, rejected);
  await say(bench, rejected);
  assert.is((await now(bench, site)).state, "open");
  const [given] = await answersOf(bench.store, sun(bench), site.id);
  assert.is(given?.state, "failed");
  assert.match(given?.problem ?? "", /5001/);
  const mails = await bench.store.db`select 1 from notices where template = 'site-answer-failed'`;
  assert.is(mails.length, 1);
});

test("that the interface cannot carry comes back alone, and the others go", async ({ bench }) => {
  const [good, bad] = [await told(bench, "hao.cn"), await told(bench, "buhao.cn")];
  await answer(bench, bad, 1, "断".repeat(256));
  await answer(bench, good);
  await bench.submit();
  assert.equal([(await now(bench, good)).state, (await now(bench, bad)).state], ["done", "open"]);
  assert.is(arrived(bench), 1);
});

test.run();
