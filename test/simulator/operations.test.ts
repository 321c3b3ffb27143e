import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkSchema, unpack } from "../../src/gateways/bureau/index.ts";
import { jpeg } from "../gateways/bureau/sample.ts";
import { sampleAdd, sampleCancel, sampleJoin, sampleWebsite } from "../gateways/bureau/sample-operations.ts";
import { codesOf, sampleFiling } from "./bench.ts";
import { changeOf, hashOf, recordIn, resultsIn, startFiled } from "./filed.ts";

const test = suite("an operation on what is on record at the simulated bureau");

const filed = await startFiled();
const { ask, decide, file, recordOf, bench } = filed;
test.after(() => bench.end());

test("adds a website under the next number of the subject", async () => {
  const record = await file(100);
  const subject = { number: record.subject.number ?? "" };
  const second = { ...sampleWebsite(200, "second.cn"), names: ["青山商城"] };
  await ask(sampleAdd({ subject, websites: [second, sampleWebsite(210, "third.cn")], attachments: [] }));
  const parts = await decide(true);
  assert.equal(resultsIn(parts), [`2 ${subject.number} 1001`, "2 200 ok", "2 210 ok"]);
  const added = recordIn(parts);
  assert.equal(added.subject.ourId, 100);
  assert.equal(added.subject.bureauId, record.subject.bureauId);
  assert.equal(
    added.websites.map(({ ourId, number, name }) => [ourId, number, name]),
    [
      [200, `${subject.number}-2`, "青山商城"],
      [210, `${subject.number}-3`, "青山商城"],
    ],
  );
  assert.equal([added.websites[0]?.domains[0]?.ourId, added.websites[0]?.accesses[0]?.ourId], [201, 202]);
});

test("gives a number that was used once to no other website", async () => {
  const record = await file(300);
  const subject = { bureauId: record.subject.bureauId ?? 0 };
  await ask(sampleAdd({ subject, websites: [sampleWebsite(310, "gone.cn")], attachments: [] }));
  const gone = recordIn(await decide(true)).websites[0];
  const passwordHash = hashOf(recordOf(record));
  await ask(sampleCancel({ of: "website", bureauId: gone?.bureauId ?? 0, passwordHash }));
  assert.equal(resultsIn(await decide(true)), [`7 ${gone?.bureauId} 1001`, `7 ${gone?.bureauId} ok`]);
  await ask(sampleAdd({ subject, websites: [sampleWebsite(320, "gone.cn")], attachments: [] }));
  const parts = await decide(true);
  assert.equal(resultsIn(parts), [`2 ${subject.bureauId} 1001`, "2 320 ok"]);
  assert.is(recordIn(parts).websites[0]?.number, `${record.subject.number}-3`);
});

test("joins an access to a website, with an id of the bureau", async () => {
  const record = await file(400);
  const [site] = record.websites;
  const website = { number: site?.number ?? "" };
  await ask(
    sampleJoin({
      website,
      access: { ...sampleJoin().access, id: 450 },
      attachments: [],
      passwordHash: hashOf(recordOf(record)),
    }),
  );
  const parts = await decide(true);
  assert.equal(resultsIn(parts), ["3 450 1001", "3 450 ok"]);
  const joined = recordIn(parts);
  assert.equal(
    joined.websites.map(({ bureauId }) => bureauId),
    [site?.bureauId],
  );
  const [first, second] = joined.websites[0]?.accesses ?? [];
  assert.is(first?.bureauId, site?.accesses[0]?.bureauId);
  assert.equal([second?.ourId, second?.ispId, second?.ips[0]?.from], [450, 1001, "106.2.76.9"]);
  assert.ok((second?.bureauId ?? 0) > (first?.bureauId ?? 0));
});

test("changes the whole image, keeps known ids and gives new ones to what is new", async () => {
  const record = await file(500);
  const change = changeOf(record);
  change.subject.name = "杭州青山茶叶集团有限公司";
  const [site] = change.websites;
  site!.names = ["青山茶叶"];
  site!.domains.push({ id: 590, name: "s500-new.cn" });
  site!.accesses[0]!.ips = [{ id: 591, from: "106.2.76.50", to: "106.2.76.59" }];
  await ask(change);
  const parts = await decide(true);
  const id = record.subject.bureauId;
  assert.equal(resultsIn(parts), [`4 ${id} 1001`, `4 ${id} ok`]);
  const changed = recordIn(parts);
  assert.equal(changed.subject.name, "杭州青山茶叶集团有限公司");
  assert.equal([changed.subject.ourId, changed.subject.number], [500, record.subject.number]);
  const [now] = changed.websites;
  const [before] = record.websites;
  assert.equal(
    [now?.ourId, now?.bureauId, now?.number, now?.name],
    [501, before?.bureauId, before?.number, "青山茶叶"],
  );
  assert.equal(now?.domains[0], before?.domains[0]);
  assert.equal([now?.domains[1]?.ourId, now?.domains[1]?.name], [590, "s500-new.cn"]);
  assert.equal(now?.accesses[0]?.bureauId, before?.accesses[0]?.bureauId);
  assert.equal(
    now?.accesses[0]?.ips.map(({ ourId, from, to }) => [ourId, from, to]),
    [[591, "106.2.76.50", "106.2.76.59"]],
  );
  assert.is.not(now?.accesses[0]?.ips[0]?.bureauId, before?.accesses[0]?.ips[0]?.bureauId);
});

test("leaves a website that a change does not list as it was, and sends it back with the others", async () => {
  const record = await file(600);
  const subject = { bureauId: record.subject.bureauId ?? 0 };
  await ask(sampleAdd({ subject, websites: [sampleWebsite(620, "other600.cn")], attachments: [] }));
  await decide(true);
  await ask(changeOf(record));
  const changed = recordIn(await decide(true));
  assert.equal(
    changed.websites.map(({ ourId }) => ourId),
    [601, 620],
  );
});

test("takes an access back, and tells the result alone", async () => {
  const record = await file(700);
  const website = { bureauId: record.websites[0]?.bureauId ?? 0 };
  await ask(
    sampleJoin({
      website,
      access: { ...sampleJoin().access, id: 750, ips: [{ id: 751, from: "106.2.76.9", to: "106.2.76.9" }] },
      attachments: [],
      passwordHash: hashOf(recordOf(record)),
    }),
  );
  await decide(true);
  const jrid = record.websites[0]?.accesses[0]?.bureauId ?? 0;
  const { passwordHash: _, ...bare } = sampleCancel({ of: "access", bureauId: jrid });
  await ask(bare);
  const parts = await decide(true);
  assert.equal(resultsIn(parts), [`5 ${jrid} 1001`, `5 ${jrid} ok`]);
  assert.equal(parts.length, 1);
  const [site] = recordOf(record).websites;
  assert.equal(site?.accesses.length, 1);
  assert.is.not(site?.accesses[0]?.bureauId, jrid);
});

test("cancels a subject without a password, and sets its domain and document free", async () => {
  const record = await file(800);
  const ztid = record.subject.bureauId ?? 0;
  const { passwordHash: _, ...bare } = sampleCancel({ of: "subject", bureauId: ztid });
  await ask(bare);
  assert.equal(resultsIn(await decide(true)), [`6 ${ztid} 1001`, `6 ${ztid} ok`]);
  assert.ok(recordOf(record).cancelled);
  const again = await file(800);
  assert.is.not(again.subject.number, record.subject.number);
});

test("hands pictures in, which nobody decides on", async () => {
  const record = await file(900);
  const picture = { format: 1, bytes: jpeg() };
  const number = record.websites[0]?.number ?? "";
  await ask({
    kind: "supplement",
    attachments: [
      { ...picture, purpose: 5, owner: { kind: "website", ref: { number } } },
      { ...picture, purpose: 2, owner: { kind: "subject", ref: { bureauId: record.subject.bureauId ?? 0 } } },
    ],
  });
  assert.equal(resultsIn(await bench.fetchAll()), [
    `35 ${number} 1060`,
    `35 ${record.subject.bureauId} 1060`,
  ]);
});

test("hands pictures in for a filing that waits, by our own id", async () => {
  const { ispId: _, ...first } = sampleFiling({ id: 1000, domain: "s1000.cn", certificate: "C1000" });
  await ask({ kind: "first", ...first });
  const owner = { kind: "subject" as const, id: 1000 };
  await ask({ kind: "supplement", attachments: [{ format: 1, purpose: 2, bytes: jpeg(), owner }] });
  assert.equal(resultsIn(await bench.fetchAll()), ["35 1000 1060"]);
  await decide(true);
});

test("is returned with words, and changes nothing then", async () => {
  const record = await file(1100);
  const change = changeOf(record);
  change.subject.name = "另一个名称";
  await ask(change);
  const parts = await decide(false, "名称与证件不符。");
  const id = record.subject.bureauId;
  assert.equal(resultsIn(parts), [`4 ${id} 1002`, `4 ${id} 名称与证件不符。`]);
  assert.is(recordOf(record).name, record.subject.name);
  await ask(change);
  assert.equal(codesOf(await decide(true)), [1001]);
  assert.is(recordOf(record).name, "另一个名称");
});

test("comes back in files that are valid by our schema, also what was cancelled", async () => {
  const record = await file(1200);
  await ask(changeOf(record));
  const waiting = bench.simulator.view().filings.find(({ state }) => state === "waiting")?.id ?? 0;
  bench.simulator.order({ action: "approve", filing: waiting });
  bench.simulator.order({ action: "cancel", of: "subject", bureauId: record.subject.bureauId ?? 0 });
  for (let files = 0; files < 3; files += 1) {
    const { file: found } = await bench.gateway.download(bench.account);
    const { xml } = unpack(found!, bench.account);
    assert.equal(checkSchema("download", xml), []);
    assert.not.match(xml, /isp=/);
    await bench.gateway.acknowledge(bench.account, found!.fileName);
  }
  assert.is((await bench.gateway.download(bench.account)).code, 2);
});

test("is still known after a restart, and decided on then", async () => {
  const record = await file(1300);
  await ask(changeOf(record));
  const before = bench.simulator.view();
  await bench.restart();
  assert.equal(bench.simulator.view(), before);
  const parts = await decide(true);
  assert.is(recordIn(parts).subject.ourId, 1300);
});

test.run();
