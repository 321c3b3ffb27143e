import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  checkSchema,
  type FirstFiling,
  firstFilingXml,
  readDownload,
  unpack,
} from "../../src/gateways/bureau/index.ts";
import { jpeg } from "../gateways/bureau/sample.ts";
import { codesOf, numbersOf, sampleFiling, startBench } from "./bench.ts";

const test = suite("a filing at the simulated bureau");

const bench = await startBench({ decisions: "hold" });
const filed = () => bench.simulator.view().filings;
test.after(() => bench.end());
test.before.each(async () => {
  const waiting = filed().filter(({ state }) => state === "waiting");
  for (const { id } of waiting) bench.simulator.order({ action: "return", filing: id, words: "下一项测试" });
  bench.set({ decisions: "hold", numbers: "after", news: false, rejectSchema: false });
  await bench.fetchAll();
});

let sequence = 0;
const sent = (content: FirstFiling | string) => {
  sequence += 1;
  return bench.send(content, sequence);
};
/** A filing that meets no other: its own ids, domain and document. */
const own = () => {
  const id = 1000 + sequence * 10;
  return sampleFiling({ id, domain: `site${id}.cn`, certificate: `9133010600000${id}X` });
};

test("is received, waits, is approved and then numbered", async () => {
  const filing = own();
  assert.equal(await sent(filing), { code: 0, message: "操作成功" });
  assert.equal(await bench.fetchAll(), []);
  bench.simulator.order({ action: "approve", filing: filed()[0]!.id });
  const [result, records] = await bench.fetchAll();
  assert.equal(codesOf([result!]), [1001]);
  const [review] = result?.kind === "results" ? result.reviews : [];
  assert.equal([review?.approved, review?.about], [true, String(filing.subject.id)]);
  const [record] = records?.kind === "records" ? records.records : [];
  assert.is(record?.subject.ourId, filing.subject.id);
  assert.is(record?.remark, "演示");
  assert.match(record?.subject.number ?? "", /^浙ICP备20\d{8}号$/);
  assert.is(record?.websites[0]?.number, `${record?.subject.number}-1`);
  const [site] = record?.websites ?? [];
  const { ourId, bureauId } = site?.domains[0] ?? {};
  assert.is(ourId, filing.websites[0]?.domains[0]?.id);
  const ids = [record?.subject.bureauId, site?.bureauId, bureauId, site?.accesses[0]?.bureauId];
  assert.is(new Set(ids).size, 4);
});

test("is returned with the words of the desk, and can come again", async () => {
  const filing = own();
  await sent(filing);
  bench.simulator.order({ action: "return", filing: filed()[0]!.id, words: "核验照片不清晰。" });
  const parts = await bench.fetchAll();
  assert.equal(codesOf(parts), [1002]);
  const [review] = parts[0]?.kind === "results" ? parts[0].reviews : [];
  assert.equal([review?.approved, review?.words], [false, "核验照片不清晰。"]);
  await sent(filing);
  assert.is(filed()[0]?.state, "waiting");
});

test("is decided once", async () => {
  await sent(own());
  const order = { action: "approve", filing: filed()[0]!.id } as const;
  bench.simulator.order(order);
  assert.throws(() => bench.simulator.order(order), /已处理/);
  assert.throws(() => bench.simulator.order({ action: "approve", filing: 9999 }), /没有这条备案/);
  assert.is((await bench.fetchAll()).length, 2);
});

test("counts numbers by province", async () => {
  const numbers: (string | undefined)[] = [];
  for (const [province, city] of [
    [110000, 110100],
    [110000, 110100],
    [520000, 520100],
  ] as const) {
    const filing = own();
    filing.subject.area = { province, city };
    await sent(filing);
    bench.simulator.order({ action: "approve", filing: filed()[0]!.id });
    numbers.push(numbersOf(await bench.fetchAll())[0]);
  }
  const [first, second, other] = numbers.map((number) => number?.replace(/^(.)ICP备\d{4}0*(\d+)号$/, "$1$2"));
  assert.equal([first, second, other], ["京1", "京2", "黔1"]);
});

test("gets its numbers before the approval, or only from the desk, where the bureau is set so", async () => {
  bench.set({ numbers: "before" });
  await sent(own());
  bench.simulator.order({ action: "approve", filing: filed()[0]!.id });
  assert.equal(
    (await bench.fetchAll()).map(({ kind }) => kind),
    ["records", "results"],
  );
  bench.set({ numbers: "withheld" });
  await sent(own());
  const { id } = filed()[0]!;
  bench.simulator.order({ action: "approve", filing: id });
  assert.equal(
    (await bench.fetchAll()).map(({ kind }) => kind),
    ["results"],
  );
  bench.simulator.order({ action: "numbers", filing: id });
  assert.equal(
    (await bench.fetchAll()).map(({ kind }) => kind),
    ["records"],
  );
  assert.throws(() => bench.simulator.order({ action: "numbers", filing: id }), /没有待发送/);
});

test("can wait for its numbers while the approval is there", async () => {
  bench.set({ numbersDelayMs: 60_000 });
  await sent(own());
  bench.simulator.order({ action: "approve", filing: filed()[0]!.id });
  bench.set({ numbersDelayMs: 0 });
  assert.equal(
    (await bench.fetchAll()).map(({ kind }) => kind),
    ["results"],
  );
});

test("is approved or returned by itself after a while", async () => {
  bench.set({ decisions: "approve", decisionDelayMs: 0 });
  await sent(own());
  assert.equal(codesOf(await bench.fetchSome()), [1001]);
  bench.set({ decisions: "return", returnWords: "请补充材料。" });
  await sent(own());
  const [part] = await bench.fetchSome();
  assert.is(part?.kind === "results" ? part.reviews[0]?.words : "", "请补充材料。");
});

test("brings good news first when the bureau is set so", async () => {
  bench.set({ news: true });
  await sent(own());
  assert.equal(codesOf(await bench.fetchAll()), [1062]);
  assert.is(filed()[0]?.state, "waiting");
});

test("is refused by the machine when its domain or its organiser is filed already", async () => {
  const first = own();
  await sent(first);
  const again = own();
  again.websites[0]!.domains[0]!.name = first.websites[0]!.domains[0]!.name.toUpperCase();
  again.websites[0]!.homePage = undefined;
  await sent(again);
  assert.equal(codesOf(await bench.fetchAll()), [1005]);
  const same = own();
  same.subject.certificate.number = first.subject.certificate.number;
  await sent(same);
  assert.equal(codesOf(await bench.fetchAll()), [1003]);
});

test("is refused for each fault that the machine can see", async () => {
  const wrong = own();
  const [site] = wrong.websites;
  Object.assign(wrong.subject.person, { officePhone: undefined, name: "" });
  wrong.subject.area = { province: 330000, city: 440100 };
  Object.assign(site!, { homePage: "www.other.cn", serviceContents: [25], languages: [60] });
  site!.domains[0]!.name = "-no-domain";
  site!.accesses[0]!.modes = [40];
  wrong.attachments = [
    {
      format: 1,
      purpose: 2,
      bytes: Buffer.from("too large"),
      owner: { kind: "subject", id: wrong.subject.id },
    },
    { format: 2, purpose: 3, bytes: jpeg(), owner: { kind: "subject", id: 4711 } },
    { format: 9, purpose: 99, bytes: jpeg(), owner: { kind: "website", id: site!.id } },
  ];
  const large = jpeg(101 * 1024).toString("base64");
  await sent(firstFilingXml(wrong).replace(Buffer.from("too large").toString("base64"), large));
  const codes = [1004, 1010, 1019, 1034, 1035, 1041, 1044, 1055, 1056, 1057, 1066, 5010];
  assert.equal(codesOf(await bench.fetchAll()), codes);
  assert.is(filed()[0]?.state, "rejected");
});

test("is refused as a whole when the file breaks the schema, the version or the number of the provider", async () => {
  const good = firstFilingXml(own());
  const cases: [number, string][] = [
    [5001, good.replace(/<Dwmc>.*?<\/Dwmc>/, "")],
    [5001, "<UploadData"],
    [5001, "<Other/>"],
    [5004, good.replace("V.3.0", "V.2.1")],
    [5003, good.replace("<Qqdwid>1001<", "<Qqdwid>1002<")],
    [5011, good.replace(/<XZBA>.*<\/XZBA>/, "<NEU/>")],
    [5001, good.replace(/<XZBA>.*<\/XZBA>/, "<ZXBA/>")],
  ];
  for (const [code, xml] of cases) {
    assert.is((await sent(xml)).code, 0);
    const [part] = await bench.fetchAll();
    const [result] = part?.kind === "results" ? part.machine : [];
    assert.is(result?.codes[0]?.code, code);
    assert.is(result?.about, "");
    if (code === 5001) assert.is(result?.codes[0]?.words, `File${sequence}.xml`);
  }
});

test("is refused with 5001 whatever it holds when the bureau is set so", async () => {
  bench.set({ rejectSchema: true });
  await sent(own());
  assert.equal(codesOf(await bench.fetchAll()), [5001]);
});

test("comes back in files that are valid by our schema and come again until they are acknowledged", async () => {
  await sent(own());
  bench.simulator.order({ action: "approve", filing: filed()[0]!.id });
  const { gateway, account } = bench;
  const [once, twice] = [await gateway.download(account), await gateway.download(account)];
  assert.equal(once, twice);
  assert.is(once.code, 3);
  assert.match(once.file?.fileName ?? "", /^\d{14}_ZJ_\d+\.xml$/);
  const opened = unpack(once.file!, account);
  assert.is(opened.entryName, once.file?.fileName);
  assert.equal(checkSchema("download", opened.xml), []);
  assert.is((await gateway.acknowledge(account, once.file!.fileName)).code, 0);
  assert.is((await gateway.acknowledge(account, once.file!.fileName)).code, 0);
  const last = await gateway.download(account);
  assert.is(last.code, 1);
  const records = unpack(last.file!, account).xml;
  assert.equal(checkSchema("download", records), []);
  assert.is(readDownload(records).version, "V.3.0");
  await gateway.acknowledge(account, last.file!.fileName);
  assert.is((await gateway.download(account)).code, 2);
});

test("is acknowledged by name alone", async () => {
  assert.is((await bench.gateway.acknowledge(bench.account, "")).code, 21);
  assert.is((await bench.gateway.acknowledge(bench.account, "unknown.xml")).code, 999);
});

test.run();
