import { zipSync } from "fflate";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { passwordHash } from "../../src/gateways/bureau/authentication.ts";
import { firstFilingXml, pack, wrap } from "../../src/gateways/bureau/index.ts";
import { createSoapCaller, SERVICE_PATHS } from "../../src/gateways/bureau/soap.ts";
import { child, childrenOf, numberAt, readXml, type Tree, textAt } from "../../src/gateways/bureau/xml.ts";
import type { Settings } from "../../src/simulator/index.ts";
import { codeTable } from "../../src/vocabulary/code-tables.ts";
import { sampleFiling, startBench } from "./bench.ts";

const test = suite("the return codes of the simulated bureau");

const bench = await startBench({ decisions: "hold" }, { province: "330000" });
test.after(() => bench.end());
const { account } = bench;
const calls = createSoapCaller();

type Sent = Record<string, string | number>;
const RANDOM = "abcdefghij0123456789";
const who = (change: Sent = {}): Sent => ({
  ...{ ispId: 1001, userName: "openbeian", randVal: RANDOM },
  pwdHash: passwordHash(account.password, RANDOM),
  ...change,
});

async function answer(path: string, method: string, sent: Sent): Promise<Tree> {
  const parameters = Object.entries(sent);
  return readXml(await calls({ endpoint: bench.simulator.url, path, method, parameters, timeoutMs: 20_000 }));
}

let filings = 0;
const fresh = () => {
  filings += 1;
  const id = filings * 10;
  const filing = sampleFiling({ id, domain: `c${id}.cn`, certificate: `C${id}` });
  return pack(firstFilingXml(filing), account, `C${id}.xml`);
};
const last = (): number => bench.simulator.view().accounts[0]?.lastSequence ?? 0;

const upload = (change: Sent = {}, identity: Sent = {}) => {
  const { beianInfo, beianInfoHash } = fresh();
  return answer(SERVICE_PATHS.upDownLoad, "isp_upload", {
    ...who(identity),
    ...{ beianInfo, beianInfoHash, dataSequence: last() + 1 },
    ...{ encryptAlgorithm: 1, hashAlgorithm: 0, compressionFormat: 0, ...change },
  });
};
const download = (identity: Sent = {}) =>
  answer(SERVICE_PATHS.upDownLoad, "isp_download", { ...who(identity), hashAlgorithm: 0 });
const acknowledge = (fileName: string) =>
  answer(SERVICE_PATHS.upDownLoad, "isp_downloadack", { ...who(), hashAlgorithm: 0, fileName });
const verify = (bamm: string) =>
  answer(SERVICE_PATHS.verifyBamm, "isp_verifybamm", {
    ...who(),
    hashAlgorithm: 0,
    baxh: "浙ICP备1号",
    bamm,
  });

/** A call while the bureau is set so. */
async function during(settings: Partial<Settings>, call: () => Promise<Tree>): Promise<Tree> {
  const before = bench.simulator.view().settings;
  bench.set(settings);
  const answered = await call();
  bench.set(before);
  return answered;
}

async function standing(change: object, call: () => Promise<Tree>): Promise<Tree> {
  const order = (how: object) => bench.simulator.order({ action: "account", ispId: 1001, change: how });
  order(change);
  const answered = await call();
  order({ standing: "open", province: null });
  return answered;
}

/** Bytes as a file of our account, whatever they are. */
const packed = (zip: Uint8Array): Sent => wrap(zip, account);
const rotten = (): Sent => {
  const { beianInfo, beianInfoHash } = fresh();
  return { beianInfo: `${beianInfo.slice(0, -24)}AAAAAAAAAAAAAAAAAAAAAA==`, beianInfoHash };
};
const shutFor = (hour: number): Settings["hours"] => {
  const at = (h: number) => `${String((h + 24) % 24).padStart(2, "0")}:00`;
  return { from: at(hour + 2), until: at(hour + 3) };
};
const hourNow = Number(
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", timeZone: "Asia/Shanghai" }).format(new Date()),
);

/** What each code of the specification is given for. */
const CAUSES: Record<number, () => Promise<Tree>> = {
  0: () => upload(),
  1: async () => {
    bench.simulator.order({ action: "bulletin", words: "仅此一件", ispId: 1001 });
    const answered = await download();
    await acknowledge(textAt(answered, "fileInfos/return_FileName") ?? "");
    return answered;
  },
  2: () => download(),
  3: async () => {
    for (const words of ["第一件", "第二件"])
      bench.simulator.order({ action: "bulletin", words, ispId: 1001 });
    return download();
  },
  4: () => download({ userName: "nobody" }),
  5: () => download({ pwdHash: passwordHash("wrong", RANDOM) }),
  6: () => upload(rotten()),
  7: () => upload({ beianInfoHash: "AAAAAAAAAAAAAAAAAAAAAA==" }),
  8: () => upload(packed(Buffer.from("no zip"))),
  9: () => upload({ encryptAlgorithm: 2 }),
  10: () => upload({ hashAlgorithm: 1 }),
  11: () => upload({ compressionFormat: 1 }),
  12: () => download({ ispId: 9999 }),
  13: () => standing({ province: "440000" }, () => download()),
  14: () => upload({ dataSequence: last() + 3 }),
  15: () => during({ maxWaiting: 1 }, () => upload()),
  16: () => download({ randVal: RANDOM.slice(1), pwdHash: passwordHash(account.password, RANDOM.slice(1)) }),
  17: () => upload(packed(zipSync({ a: Buffer.from("a"), b: Buffer.from("b") }))),
  18: () => upload(packed(zipSync({ a: new Uint8Array(50 * 1024 * 1024 + 1) }))),
  19: () => standing({ standing: "closed" }, () => upload()),
  20: () => during({ hours: shutFor(hourNow) }, () => upload()),
  21: () => acknowledge(""),
  22: async () => {
    for (let tries = 0; tries < 5; tries += 1) await verify(`wrong${tries}`);
    return verify("wrong again");
  },
  901: () => during({ fault: "maintenance" }, () => upload()),
  902: () => during({ fault: "maintenance" }, () => download()),
  999: () => upload({ dataSequence: 0 }),
};

for (const { code, zh } of codeTable("msg_code").rows) {
  test(`${code} ${zh} is given for its cause, and uses no number up unless it is a success`, async () => {
    const before = last();
    const cause = CAUSES[Number(code)];
    if (!cause) throw new Error("no cause is known");
    const answered = await cause();
    assert.is(numberAt(answered, "msg_code"), Number(code));
    assert.is(last() - before, code === "0" ? 1 : 0);
  });
}

test("14 lists each number that is missing", async () => {
  const answered = await upload({ dataSequence: last() + 3 });
  const missing = childrenOf(child(answered, "dataSequences"), "dataSequence").map(({ text }) =>
    Number(text),
  );
  assert.equal(missing, [last() + 1, last() + 2]);
});

test("17 is given for no file at all, and 18 counts what is inside: 50 MB are just allowed", async () => {
  assert.is(numberAt(await upload({ beianInfo: "" }), "msg_code"), 17);
  const full = zipSync({ "Full.xml": new Uint8Array(50 * 1024 * 1024).fill(32) });
  assert.is(numberAt(await upload(packed(full)), "msg_code"), 0);
});

test("20 says the hours, and lets uploads alone wait for them", async () => {
  const settings = { hours: shutFor(hourNow) };
  const answered = await during(settings, () => upload());
  const { from = "", until = "" } = settings.hours ?? {};
  const plain = (time: string) => time.replace(/^0/, "");
  assert.match(textAt(answered, "msg") ?? "", `${plain(from)}至${plain(until)}`);
  assert.is.not(numberAt(await during(settings, () => download()), "msg_code"), 20);
  const open = { from: "00:00", until: "23:59" };
  assert.is(numberAt(await during({ hours: open }, () => upload()), "msg_code"), 0);
});

test("a number that comes again is answered as before, refused or filed, as the bureau is set", async () => {
  const { beianInfo, beianInfoHash } = fresh();
  const content = { beianInfo, beianInfoHash };
  await upload(content);
  const filed = () => bench.simulator.view().filings.length;
  const before = filed();
  const again = (more: Sent = {}) => upload({ ...content, ...more, dataSequence: last() });
  const { beianInfo: otherInfo, beianInfoHash: otherHash } = fresh();
  const other = { beianInfo: otherInfo, beianInfoHash: otherHash };
  assert.is(numberAt(await again(), "msg_code"), 0);
  assert.is(numberAt(await again(other), "msg_code"), 999);
  assert.is(numberAt(await during({ sameAgain: "refused" }, () => again()), "msg_code"), 999);
  assert.is(filed(), before);
  assert.is(numberAt(await during({ sameAgain: "filed" }, () => again()), "msg_code"), 0);
  assert.is(filed(), before + 1);
  assert.is(numberAt(await during({ otherAgain: "filed" }, () => again(other)), "msg_code"), 0);
  assert.is(filed(), before + 2);
});

test("a file whose name has other characters than letters and digits is refused", async () => {
  for (const [name, code] of [
    ["备案.xml", 999],
    ["a b.xml", 999],
    [`${"a".repeat(125)}.xml`, 999],
    [`${"a".repeat(124)}.xml`, 0],
  ] as const) {
    assert.is(
      numberAt(await upload(packed(zipSync({ [name]: Buffer.from("<x/>") }))), "msg_code"),
      code,
      name,
    );
  }
});

test.run();
