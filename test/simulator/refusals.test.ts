import { suite } from "uvu";
import * as assert from "uvu/assert";
import { filingPasswordHash, type Operation } from "../../src/gateways/bureau/index.ts";
import { jpeg } from "../gateways/bureau/sample.ts";
import {
  sampleAdd,
  sampleCancel,
  sampleChange,
  sampleJoin,
  sampleWebsite,
} from "../gateways/bureau/sample-operations.ts";
import { changeOf, hashOf, startFiled } from "./filed.ts";

const test = suite("an operation that the simulated bureau refuses");

const filed = await startFiled();
const { ask, decide, file, recordOf, refusals, bench } = filed;
test.after(() => bench.end());
test.after.each(async () => {
  for (const { id, state } of bench.simulator.view().filings) {
    if (state === "waiting") bench.simulator.order({ action: "return", filing: id, words: "下一项测试" });
  }
  await bench.fetchAll();
});

/** A record of another provider, with a website of its own. */
let seeds = 0;
const elsewhere = () => {
  seeds += 1;
  const number = `浙ICP备2018${String(seeds).padStart(6, "0")}号`;
  const websites = [{ name: "别家网站", domains: [`elsewhere${seeds}.cn`] }];
  bench.simulator.order({
    action: "seed",
    record: { name: "别家公司", certNumber: `E${seeds}`, number, websites, password: "Elsewhere1" },
  });
  return bench.simulator.view().records.find((record) => record.number === number)!;
};

const bare = (of: "subject" | "website" | "access", bureauId: number): Operation => {
  const { passwordHash: _, ...cancel } = sampleCancel({ of, bureauId });
  return cancel;
};
const cancelSite = (bureauId: number, passwordHash: string) =>
  sampleCancel({ of: "website", bureauId, passwordHash });
const joinTo = (number: string, id: number, passwordHash: string) =>
  sampleJoin({
    website: { number },
    access: { ...sampleJoin().access, id, ips: [{ id: id + 5000, from: "106.2.76.9", to: "106.2.76.9" }] },
    attachments: [],
    passwordHash,
  });

test("names nothing that is on record", async () => {
  const nobody = { number: "浙ICP备2000000001号" };
  assert.equal(await refusals(sampleAdd({ subject: nobody, attachments: [] })), [1058]);
  assert.equal(await refusals(sampleAdd({ subject: { bureauId: 1 }, attachments: [] })), [1058]);
  assert.equal(await refusals(joinTo(`${nobody.number}-1`, 1, hashOf(undefined))), [1059]);
  assert.equal(await refusals(sampleChange({ attachments: [] })), [1058]);
  assert.equal(await refusals(bare("subject", 1)), [1058]);
  assert.equal(await refusals(bare("website", 1)), [1059]);
  assert.equal(await refusals(bare("access", 1)), [1016]);
  const picture = { format: 1, bytes: jpeg() };
  const attachments = [
    { ...picture, purpose: 5, owner: { kind: "website" as const, ref: nobody } },
    { ...picture, purpose: 2, owner: { kind: "subject" as const, ref: { bureauId: 1 } } },
  ];
  assert.equal(await refusals({ kind: "supplement", attachments }), [1059, 1058]);
});

test("has a wrong password, or none where one is needed", async () => {
  const record = elsewhere();
  const site = record.websites[0]!;
  const wrong = filingPasswordHash("falsch");
  const add = (id: number, passwordHash?: string) =>
    sampleAdd({
      subject: { number: record.number },
      websites: [sampleWebsite(id, `pw${id}.cn`)],
      attachments: [],
      ...(passwordHash ? { passwordHash } : {}),
    });
  assert.equal(await refusals(add(20)), [1018]);
  assert.equal(await refusals(add(20, wrong)), [1018]);
  assert.equal(await refusals(joinTo(site.number, 30, wrong)), [1018]);
  assert.equal(await refusals(add(20, hashOf(record))), []);
  assert.equal(await refusals(joinTo(site.number, 30, hashOf(record).toUpperCase())), []);
  const own = await file(40);
  const ztid = own.subject.bureauId ?? 0;
  const wzid = own.websites[0]?.bureauId ?? 0;
  assert.equal(await refusals(bare("website", wzid)), [1018]);
  assert.equal(await refusals(cancelSite(wzid, wrong)), [1018]);
  assert.equal(await refusals(sampleCancel({ of: "subject", bureauId: ztid, passwordHash: wrong })), [1018]);
  assert.equal(await refusals({ ...changeOf(own), passwordHash: wrong }), [1018]);
  assert.equal(await refusals({ ...changeOf(own), passwordHash: hashOf(recordOf(own)) }), []);
});

test("is a change while another waits", async () => {
  const record = await file(50);
  assert.equal(await refusals(changeOf(record)), []);
  assert.equal(await refusals(changeOf(record)), [1051]);
  await decide(true);
  assert.equal(await refusals(changeOf(record)), []);
});

test("is no change any more once the one that waited was taken back", async () => {
  const record = await file(55);
  assert.equal(await refusals(changeOf(record)), []);
  const filing = bench.simulator.view().filings.find(({ state }) => state === "waiting")?.id ?? 0;
  bench.simulator.order({ action: "recall", filing });
  assert.equal(await refusals(changeOf(record)), []);
  assert.throws(() => bench.simulator.order({ action: "recall", filing }), /已处理过/);
});

test("is a change to another province, or of what is another's or unknown", async () => {
  const record = await file(60);
  const changed = (how: (change: ReturnType<typeof changeOf>) => void) => {
    const change = changeOf(record);
    how(change);
    return refusals(change);
  };
  assert.equal(
    await changed(({ subject }) =>
      Object.assign(subject.area, { province: 440000, city: 440100, county: 440104 }),
    ),
    [1046],
  );
  assert.equal(
    await changed(({ subject }) => Object.assign(subject, { number: "浙ICP备2000000001号" })),
    [1058],
  );
  assert.equal(
    await changed(({ websites }) => Object.assign(websites[0]!, { number: "浙ICP备2000000001号-1" })),
    [1059],
  );
  assert.equal(
    await changed(({ websites }) => Object.assign(websites[0]!.accesses[0]!, { bureauId: 1 })),
    [1016],
  );
  assert.equal(
    await changed(({ websites }) => Object.assign(websites[0]!.domains[0]!, { bureauId: 1 })),
    [1016],
  );
  assert.equal(
    await changed(({ websites }) => Object.assign(websites[0]!.accesses[0]!.ips[0]!, { bureauId: 1 })),
    [1023],
  );
  const other = elsewhere();
  assert.equal(
    await changed(({ websites }) => {
      const [site] = websites;
      const strange = { bureauId: other.websites[0]!.bureauId, number: other.websites[0]!.number };
      Object.assign(site!, strange);
    }),
    [1048, 1059, 1005],
  );
  assert.equal(
    await changed(({ subject }) =>
      Object.assign(subject, { bureauId: other.bureauId, number: other.number }),
    ),
    [1048, 1059, 1003],
  );
});

test("takes a domain or a document of others", async () => {
  const [record, other] = [await file(70), await file(80)];
  const change = changeOf(record);
  change.websites[0]!.domains.push({ id: 79, name: other.websites[0]?.domains[0]?.name ?? "" });
  assert.equal(await refusals(change), [1005]);
  const named = changeOf(record);
  named.subject.certificate.number = "C80";
  assert.equal(await refusals(named), [1003]);
  const subject = { bureauId: record.subject.bureauId ?? 0 };
  assert.equal(
    await refusals(sampleAdd({ subject, websites: [sampleWebsite(85, "s80.cn")], attachments: [] })),
    [1005],
  );
  await ask(sampleAdd({ subject, websites: [sampleWebsite(86, "waits.cn")], attachments: [] }));
  assert.equal(
    await refusals(sampleAdd({ subject, websites: [sampleWebsite(87, "waits.cn")], attachments: [] })),
    [1005],
  );
});

test("uses an id again, or asks for the same access", async () => {
  const record = await file(90);
  const subject = { bureauId: record.subject.bureauId ?? 0 };
  const add = sampleAdd({ subject, websites: [sampleWebsite(91, "again.cn")], attachments: [] });
  assert.equal(await refusals(add), [1037]);
  const number = record.websites[0]?.number ?? "";
  const password = hashOf(recordOf(record));
  assert.equal(await refusals(joinTo(number, 93, password)), [1038]);
  const alike = joinTo(number, 99, password);
  alike.access.ips = [{ id: 98, from: "106.2.76.2", to: "106.2.76.2" }];
  assert.equal(await refusals(alike), [1029]);
});

test("takes the last access, one twice, or another's", async () => {
  const record = await file(110);
  const [site] = record.websites;
  const jrid = site?.accesses[0]?.bureauId ?? 0;
  assert.equal(await refusals(bare("access", jrid)), [1025]);
  await ask(joinTo(site?.number ?? "", 119, hashOf(recordOf(record))));
  await decide(true);
  assert.equal(await refusals(bare("access", jrid)), []);
  assert.equal(await refusals(bare("access", jrid)), [1032]);
  const second = recordOf(record).websites[0]?.accesses.find(({ bureauId }) => bureauId !== jrid);
  assert.equal(await refusals(bare("access", second?.bureauId ?? 0)), [1025], "the other is going already");
  const other = elsewhere();
  assert.equal(await refusals(bare("access", other.websites[0]!.accesses[0]!.bureauId)), [1047, 1025]);
});

test("cancels a subject and its website at once, or either twice", async () => {
  const record = await file(120);
  const [ztid, wzid] = [record.subject.bureauId ?? 0, record.websites[0]?.bureauId ?? 0];
  const password = hashOf(recordOf(record));
  assert.equal(await refusals(bare("subject", ztid)), []);
  assert.equal(await refusals(bare("subject", ztid)), [1027]);
  assert.equal(await refusals(cancelSite(wzid, password)), [1042]);
  assert.equal(await refusals(changeOf(record)), [1052]);
  await decide(false);
  assert.equal(await refusals(cancelSite(wzid, password)), []);
  assert.equal(await refusals(cancelSite(wzid, password)), [1030]);
  assert.equal(await refusals(bare("subject", ztid)), [1043]);
  await decide(false);
  await ask(changeOf(record));
  assert.equal(await refusals(bare("subject", ztid)), [1052]);
});

test("is about another provider's record, or one that was cancelled", async () => {
  const other = elsewhere();
  assert.equal(await refusals(bare("subject", other.bureauId)), [1048]);
  assert.equal(await refusals(cancelSite(other.websites[0]!.bureauId, hashOf(other))), [1048]);
  const record = await file(130);
  const [ztid, wzid] = [record.subject.bureauId ?? 0, record.websites[0]?.bureauId ?? 0];
  const password = hashOf(recordOf(record));
  const subject = { bureauId: ztid };
  await ask(sampleAdd({ subject, websites: [sampleWebsite(139, "s139.cn")], attachments: [] }));
  await decide(true);
  await ask(cancelSite(wzid, password));
  await decide(true);
  assert.equal(await refusals(cancelSite(wzid, password)), [1050]);
  assert.equal(await refusals(joinTo(record.websites[0]?.number ?? "", 138, password)), [1050]);
  await ask(bare("subject", ztid));
  await decide(true);
  assert.equal(await refusals(bare("subject", ztid)), [1049]);
  assert.equal(
    await refusals(sampleAdd({ subject, websites: [sampleWebsite(137, "s137.cn")], attachments: [] })),
    [1049],
  );
});

test("is returned when what it is about was cancelled while it waited", async () => {
  const record = await file(140);
  await ask(changeOf(record));
  bench.simulator.order({ action: "cancel", of: "subject", bureauId: record.subject.bureauId ?? 0 });
  await decide(true);
  const [filing] = bench.simulator.view().filings;
  assert.equal([filing?.state, filing?.words], ["returned", "主体已注销，您的请求被拒绝"]);
});

test("carries pictures that belong to nothing in it", async () => {
  const record = await file(150);
  const change = changeOf(record);
  const owner = { kind: "website", ref: { number: "浙ICP备2000000001号-1" } } as const;
  change.attachments = [{ format: 1, purpose: 1, bytes: jpeg(), owner }];
  assert.equal(await refusals(change), [1055]);
});

test.run();
