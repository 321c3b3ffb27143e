import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type FirstFiling, filingPasswordHash, firstFilingXml } from "../../src/gateways/bureau/index.ts";
import { projectPath } from "../../src/lib/project.ts";
import { codeTable } from "../../src/vocabulary/code-tables.ts";
import { sampleCancel } from "../gateways/bureau/sample-operations.ts";
import { codesOf, sampleFiling, startBench } from "./bench.ts";

const test = suite("the result codes of the simulated bureau");

const bench = await startBench({ decisions: "hold" });
test.after(() => bench.end());
test.before.each(() => {
  bench.simulator.order({ action: "account", ispId: 1001, change: OPEN });
  bench.set({ uniqueNames: false, closed: [], rejectSchema: false, news: false });
});
const OPEN = { standing: "open" as const, province: null, mayNot: [], ranges: null };

let sequence = 0;
async function codes(content: Parameters<typeof bench.send>[0]): Promise<number[]> {
  sequence += 1;
  assert.is((await bench.send(content, sequence)).code, 0);
  return codesOf(await bench.fetchAll());
}
let id = 0;
function own(how: (filing: FirstFiling) => void = () => undefined): FirstFiling {
  id += 10;
  const filing = sampleFiling({ id, domain: `r${id}.cn`, certificate: `C${id}` });
  filing.attachments = [];
  how(filing);
  return filing;
}
const site = (how: (site: FirstFiling["websites"][number]) => void) =>
  own(({ websites }) => how(websites[0]!));
const ip = (from: string, to = from) =>
  site(({ accesses }) => Object.assign(accesses[0]!, { ips: [{ id, from, to }] }));
/** A text of the file written over: what no honest mapper would send. */
const written = (element: string, text: string, filing = own()) =>
  firstFilingXml(filing).replace(new RegExp(`<${element}>[^<]*<`), `<${element}>${text}<`);
const account = (change: object) => bench.simulator.order({ action: "account", ispId: 1001, change });

/** One of each that a first filing can have, by its code. Others are in the tests of their operations. */
const CAUSES: [code: number, content: () => FirstFiling | string][] = [
  [
    1004,
    () => site((one) => Object.assign(one, { domains: [{ id, name: `r${id}_x.cn` }], homePage: undefined })),
  ],
  [1006, () => ip("10.0.0.1")],
  [1006, () => ip("223.255.255.250", "224.0.0.1")],
  [1008, () => own(({ subject }) => Object.assign(subject.certificate, { type: 998 }))],
  [1009, () => written("Fzr_dzyj", "liu.example.cn")],
  [1010, () => written("Fzr_dhhm", "0571 88990011")],
  [1011, () => written("Fzr_sjhm", "+8613800000011")],
  [1012, () => own(({ subject }) => Object.assign(subject.person, { msn: "nobody" }))],
  [1013, () => own(({ subject }) => Object.assign(subject.person, { qq: "weixin_a" }))],
  [1014, () => own(({ subject }) => Object.assign(subject, { nature: 998 }))],
  [
    1015,
    () => own(({ subject }) => Object.assign(subject.person, { certificateNumber: "330106199001011234" })),
  ],
  [1019, () => own(({ subject }) => Object.assign(subject.area, { county: 339999 }))],
  [1021, () => site((one) => Object.assign(one, { homePage: `www.first.example/r${id}.cn` }))],
  [1022, () => site((one) => Object.assign(one, { homePage: `www r${id}.cn` }))],
  [
    1024,
    () => site(({ accesses }) => accesses[0]!.ips.push({ id: id + 7, from: "106.2.76.1", to: "106.2.76.2" })),
  ],
  [1031, () => site(({ person }) => Object.assign(person, { officePhone: undefined }))],
  [
    1033,
    () =>
      site(({ approvals }) =>
        approvals.push({ type: 60, number: "文审〔2026〕1号", scans: [Buffer.from([0xff, 0xd8, 1])] }),
      ),
  ],
  [1036, () => site(({ accesses }) => Object.assign(accesses[0]!, { places: [30] }))],
  [1041, () => site((one) => Object.assign(one, { homePage: "www.other.cn" }))],
];

for (const [code, content] of CAUSES) {
  test(`${code} is found in a first filing`, async () => {
    if (code === 1021) await homePageOnRecord();
    assert.equal(await codes(content()), [code]);
  });
}

/** Somebody's home page that holds the next domain, too. */
async function homePageOnRecord(): Promise<void> {
  const filing = site((one) => {
    Object.assign(one, { homePage: `www.first.example/r${id + 10}.cn` });
    one.domains[0]!.name = "first.example";
  });
  await codes(filing);
  bench.simulator.order({ action: "approveAll" });
  await bench.fetchAll();
}

test("a subject of another province is refused where the provider has one (1045)", async () => {
  account({ province: "440000" });
  assert.equal(await codes(own()), [1045]);
  account({ province: "330000" });
  assert.equal(await codes(own()), []);
});

test("an address outside of what the provider filed is refused where it filed some (1063)", async () => {
  account({ ranges: [{ from: "106.2.76.0", to: "106.2.76.127" }] });
  assert.equal(await codes(ip("106.2.76.127")), []);
  assert.equal(await codes(ip("106.2.76.120", "106.2.76.128")), [1063]);
});

test("what is on the blacklist is refused (1064, 1065), and again taken when it is gone", async () => {
  const [website, subject] = [own(), own()];
  const name = website.websites[0]!.domains[0]!.name;
  bench.simulator.order({ action: "blacklist", name: "坏", domains: [name] });
  bench.simulator.order({ action: "blacklist", name: "坏", certNumber: subject.subject.certificate.number });
  await bench.fetchAll();
  assert.equal([await codes(website), await codes(subject)], [[1064], [1065]]);
  bench.simulator.order({ action: "blacklist", name: "坏", domains: [name], change: "delete" });
  await bench.fetchAll();
  assert.equal(await codes(website), []);
});

test("a name of a website may stand once where the bureau is set so (1020)", async () => {
  await codes(site((one) => Object.assign(one, { names: ["独一无二"] })));
  bench.simulator.order({ action: "approveAll" });
  await bench.fetchAll();
  const again = () => site((one) => Object.assign(one, { names: ["独一无二"] }));
  assert.equal(await codes(again()), []);
  bench.set({ uniqueNames: true });
  assert.equal(await codes(again()), [1020]);
});

test("our name of a domain or an address is used for one thing (1039, 1040)", async () => {
  const first = own();
  await codes(first);
  bench.simulator.order({ action: "approveAll" });
  await bench.fetchAll();
  const { domains, accesses } = first.websites[0]!;
  assert.equal(await codes(site((one) => Object.assign(one.domains[0]!, { id: domains[0]!.id }))), [1039]);
  const used = accesses[0]!.ips[0]!.id;
  assert.equal(await codes(site((one) => Object.assign(one.accesses[0]!.ips[0]!, { id: used }))), [1040]);
});

test("a reason that is in no table is refused (1026)", async () => {
  const cancel = sampleCancel({ of: "subject", bureauId: 1, passwordHash: filingPasswordHash("x") });
  assert.equal(await codes({ ...cancel, reason: 77 }), [1026, 1058]);
});

test("a unit that was deleted, is none, or lacks the right is refused with the whole file", async () => {
  account({ standing: "deleted" });
  assert.equal(await codes(own()), [1053]);
  account({ standing: "invalid" });
  assert.equal(await codes(own()), [1054]);
  account({ standing: "open", mayNot: ["XZBA"] });
  assert.equal(await codes(own()), [5009]);
});

test("what is not open here is refused: IP filings, and what the bureau is set to", async () => {
  bench.set({ closed: ["XZBA"] });
  assert.equal(await codes(own()), [5011]);
  bench.set({ closed: [] });
  const xml = firstFilingXml(own());
  assert.equal(await codes(xml.replace(/<ICP>.*<\/ICP>/s, "<IP><Qqdwid>1001</Qqdwid></IP>")), [5011]);
});

test("a file says that it is GBK, holds no type declaration and at most 1000 operations (5001)", async () => {
  const xml = firstFilingXml(own());
  assert.equal(await codes(xml.replace('encoding="GBK"', 'encoding="UTF-8"')), [5001]);
  assert.equal(await codes(xml.replace("<UploadData", "<!DOCTYPE UploadData><UploadData")), [5001]);
  const [entry = ""] = /<Baxx>.*<\/Baxx>/s.exec(xml) ?? [];
  assert.equal(await codes(xml.replace(entry, entry.repeat(1001))), [5001]);
});

test("each operation of a file has its own result, and what comes first holds against what comes later", async () => {
  const [good, bad, same] = [own(), site((one) => Object.assign(one, { homePage: "www.other.cn" })), own()];
  same.subject.certificate.number = good.subject.certificate.number;
  const entries = [good, bad, same].map((one) => /<Baxx>.*<\/Baxx>/s.exec(firstFilingXml(one))?.[0] ?? "");
  const [entry = ""] = entries;
  const before = bench.simulator.view().filings.length;
  assert.equal(await codes(firstFilingXml(good).replace(entry, () => entries.join(""))), [1041, 1003]);
  assert.is(bench.simulator.view().filings.length, before + 3);
  assert.is(bench.simulator.view().filings.filter(({ state }) => state === "waiting").length > 0, true);
});

test("every code of the specification is decided by something or listed as not to be decided", () => {
  const readme = readFileSync(projectPath("src/simulator/README.md"), "utf8");
  const named = new Set(
    [...readme.matchAll(/\b([15]\d{3})(?:[–-]([15]\d{3}))?\b/g)].flatMap(([, from, to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => String(Number(from) + at)),
    ),
  );
  const mine = codeTable("result_code").rows.filter(
    ({ category }) => category === "ICP" || category === "通用",
  );
  assert.equal(
    mine.map(({ code }) => code).filter((code) => !named.has(code)),
    [],
  );
});

test.run();
