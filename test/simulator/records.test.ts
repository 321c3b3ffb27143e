import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  filingPasswordHash,
  pack,
  readDownload,
  unpack,
  uploadXml,
} from "../../src/gateways/bureau/index.ts";
import { demoAccounts, demoRecords, FIXED_PASSWORD } from "../../src/simulator/index.ts";
import { parseCreditCode } from "../../src/vocabulary/credit-code.ts";
import { parseIcpNumber } from "../../src/vocabulary/icp-number.ts";
import { sampleCancel, sampleChange, sampleJoin } from "../gateways/bureau/sample-operations.ts";
import { startBench } from "./bench.ts";
import { changeOf, recordIn, startFiled } from "./filed.ts";

const test = suite("the records of the simulated bureau");

test("have a filing password each, or the fixed one when the bureau is set so", async () => {
  const { bench, file, recordOf } = await startFiled();
  const [one, two] = [recordOf(await file(100)), recordOf(await file(200))];
  assert.match(one.password, /^[0-9A-Za-z]{8}$/);
  assert.is.not(one.password, two.password);
  bench.set({ passwords: "fixed" });
  assert.is(recordOf(await file(300)).password, FIXED_PASSWORD);
  assert.is(filingPasswordHash(FIXED_PASSWORD), "b326b65027680eff6d7509023e983790");
  await bench.end();
});

test("are there from the start in the demo, filed elsewhere, and only once", async () => {
  const bench = await startBench({}, { records: demoRecords });
  const known = () => bench.simulator.view().records;
  assert.equal(
    known().map(({ number, password }) => [number, password]),
    demoRecords.map(({ number, password }) => [number, password]).reverse(),
  );
  const providers = known().flatMap(({ websites }) =>
    websites.flatMap(({ accesses }) => accesses.map(({ ispId }) => ispId)),
  );
  for (const { ispId } of demoAccounts) assert.not.ok(providers.includes(ispId));
  await bench.restart();
  assert.is(known().length, demoRecords.length);
  await bench.end();
});

test("of the demo have numbers and documents that look real", () => {
  for (const { number, certType, certNumber } of demoRecords) {
    assert.ok(parseIcpNumber(number), number);
    if (certType === 1) assert.ok(parseCreditCode(certNumber).ok, certNumber);
  }
});

test("can be put in, each number once, with a number and a password where none is given", async () => {
  const bench = await startBench();
  const record = { name: "新公司", certNumber: "N1", websites: [{ name: "新站", domains: ["neu.cn"] }] };
  bench.simulator.order({ action: "seed", record });
  const [seeded] = bench.simulator.view().records;
  assert.match(seeded?.number ?? "", /^浙ICP备\d{4}900001号$/);
  assert.match(seeded?.password ?? "", /^\w{8}$/);
  assert.is(seeded?.websites[0]?.number, `${seeded?.number}-1`);
  const again = { ...record, number: seeded?.number ?? "" };
  assert.throws(() => bench.simulator.order({ action: "seed", record: again }), /已存在/);
  const wrong = { action: "seed", record: { ...record, websites: [] } };
  const answer = await fetch(`${bench.simulator.url}/desk.json`, {
    method: "POST",
    body: JSON.stringify(wrong),
  });
  assert.is(answer.status, 422);
  await bench.end();
});

test("can be put in as ours, with ids that are known beforehand, and are changed by them", async () => {
  const { bench, ask, decide } = await startFiled();
  const website = { name: "旧站", domains: ["old.cn"], ips: [{ from: "106.2.76.2", to: "106.2.76.2" }] };
  const number = "浙ICP备2017900009号";
  const record = {
    name: "旧公司",
    certNumber: "O1",
    ispId: 1001,
    number,
    firstId: 8_000_001,
    websites: [website],
  };
  bench.simulator.order({ action: "seed", record });
  const change = sampleChange({ attachments: [] });
  const [site] = change.websites;
  Object.assign(change.subject, { bureauId: 8_000_001, number });
  Object.assign(site!, { bureauId: 8_000_002, number: `${number}-1`, homePage: "old.cn" });
  site!.domains = [{ id: 7, bureauId: 8_000_003, name: "old.cn" }];
  Object.assign(site!.accesses[0]!, { bureauId: 8_000_004 });
  site!.accesses[0]!.ips = [{ id: 8, bureauId: 8_000_005, from: "106.2.76.2", to: "106.2.76.2" }];
  await ask(change);
  const changed = recordIn(await decide(true));
  assert.equal([changed.subject.bureauId, changed.subject.ourId], [8_000_001, undefined]);
  assert.equal(changed.websites[0]?.domains, [{ ourId: 7, bureauId: 8_000_003, name: "old.cn" }]);
  const high = { ...record, number: "浙ICP备2017900010号", firstId: 9_000_001 };
  assert.throws(() => bench.simulator.order({ action: "seed", record: high }));
  await bench.end();
});

test("of another provider are shown with our ids alone, once we have joined", async () => {
  const { bench, ask, decide } = await startFiled();
  const [demo] = demoRecords;
  bench.simulator.order({ action: "seed", record: demo });
  const website = { number: `${demo.number}-1` };
  await ask(sampleJoin({ website, attachments: [], passwordHash: filingPasswordHash(demo.password) }));
  const record = recordIn(await decide(true));
  assert.equal([record.subject.ourId, record.websites[0]?.ourId], [undefined, undefined]);
  assert.equal([record.subject.number, record.subject.name], [demo.number, demo.name]);
  const accesses = record.websites[0]?.accesses ?? [];
  assert.equal(
    accesses.map(({ ourId, ispId, ips }) => [ourId, ispId, ips[0]?.ourId]),
    [
      [undefined, 2001, undefined],
      [300, 1001, 301],
    ],
  );
  await bench.end();
});

test("that the bureau cancels are told to whom they concern", async () => {
  const { bench, file, recordOf } = await startFiled();
  const cancelled = async (of: "subject" | "website" | "access", bureauId: number, remark?: string) => {
    bench.simulator.order({ action: "cancel", of, bureauId, ...(remark ? { remark } : {}) });
    return bench.fetchAll();
  };
  const record = await file(100);
  const [site] = record.websites;
  const access = site?.accesses[0]?.bureauId ?? 0;
  const items = (parts: Awaited<ReturnType<typeof cancelled>>) =>
    parts.flatMap((part) => (part.kind === "cancellations" ? part.items : []));
  assert.equal(items(await cancelled("access", access, "空壳网站")), [
    { of: "access", bureauId: access, remark: "空壳网站" },
  ]);
  assert.equal(await cancelled("website", site?.bureauId ?? 0), [], "no access is left to be cut");
  const other = await file(200);
  const [wzid, ztid] = [other.websites[0]?.bureauId ?? 0, other.subject.bureauId ?? 0];
  assert.equal(items(await cancelled("website", wzid)), [{ of: "website", bureauId: wzid, remark: "" }]);
  assert.equal(await cancelled("subject", ztid), []);
  assert.ok(recordOf(other).cancelled);
  assert.throws(
    () => bench.simulator.order({ action: "cancel", of: "subject", bureauId: ztid }),
    /没有这条备案信息/,
  );
  await bench.end();
});

test("that one provider cancels or changes stay right for the other", async () => {
  const { bench, ask, decide, file, recordOf } = await startFiled();
  const record = await file(100);
  const { ispId, userName, password } = demoAccounts[1]!;
  const other = { ...bench.account, ispId, userName, password, encryptAlgorithm: 0 as const };
  const send = async (operation: Parameters<typeof uploadXml>[0]["operation"], sequence: number) => {
    const packed = pack(uploadXml({ ispId, operation }), other, `Other${sequence}.xml`);
    assert.is((await bench.gateway.upload(other, packed, sequence)).code, 0);
  };
  const fetchOther = async () => {
    const { file: found } = await bench.gateway.download(other);
    await bench.gateway.acknowledge(other, found?.fileName ?? "");
    return readDownload(unpack(found!, other).xml).parts;
  };
  const website = { number: record.websites[0]?.number ?? "" };
  const passwordHash = filingPasswordHash(recordOf(record).password);
  await send(sampleJoin({ website, attachments: [], passwordHash }), 1);
  assert.equal(await decide(true), [], "the answer is for the other");
  await fetchOther();
  const [joined] = await fetchOther();
  assert.equal(joined?.kind === "records" ? joined.records[0]?.subject.ourId : 0, undefined);
  const foreign = changeOf(record);
  await ask(foreign);
  await send(changeOf(record), 2);
  const [busy] = await fetchOther();
  assert.ok(busy?.kind === "results" && busy.machine[0]?.codes.some(({ code }) => code === 1017));
  assert.is(recordIn(await decide(true)).websites[0]?.accesses.length, 2, "the access of the other stays");
  const theirs = recordOf(record).websites[0]?.accesses.find((one) => one.ispId === ispId)?.bureauId ?? 0;
  foreign.websites[0]!.accesses[0]!.bureauId = theirs;
  await ask(foreign);
  const [refused] = await bench.fetchAll();
  assert.ok(refused?.kind === "results" && refused.machine[0]?.codes.some(({ code }) => code === 1048));
  const ztid = record.subject.bureauId ?? 0;
  await ask(sampleCancel({ of: "subject", bureauId: ztid, passwordHash }));
  await decide(true);
  const [told] = await fetchOther();
  assert.equal(told?.kind === "cancellations" ? told.items[0]?.bureauId : 0, ztid);
  await bench.end();
});

test.run();
