import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  checkSchema,
  type FirstFiling,
  firstFilingXml,
  Unsendable,
} from "../../../src/gateways/bureau/index.ts";
import { child, childrenOf, readXml, textAt } from "../../../src/gateways/bureau/xml.ts";
import { sampleFiling } from "./sample.ts";

const test = suite("the file of a first filing");

const filing = (change: (filing: FirstFiling) => void): FirstFiling => {
  const sample = structuredClone(sampleFiling());
  change(sample);
  return sample;
};

const problemsOf = (wrong: FirstFiling) => {
  try {
    firstFilingXml(wrong);
  } catch (error) {
    if (error instanceof Unsendable) return error.problems;
    throw error;
  }
  return [];
};

const namesOf = (xml: string, ...path: string[]): string[] => {
  const found = path.reduce((at, name) => child(at, name)!, readXml(xml));
  return found.children.map(({ name }) => name);
};

const BAXX = ["ICP", "XZBA", "Baxx"];

test("declares GBK and the version of the interface", () => {
  const xml = firstFilingXml(sampleFiling());
  assert.match(xml, /^<\?xml version="1\.0" encoding="GBK"\?>\n<UploadData version="V\.3\.0"><ICP><XZBA>/);
  assert.match(xml, /<Qqdwid>1001<\/Qqdwid><\/ICP><\/UploadData>$/);
});

test("keeps the order of the specification", () => {
  const xml = firstFilingXml(sampleFiling());
  assert.equal(namesOf(xml, ...BAXX), ["Zt_xx", "Wz_xx", "Fj", "Fj"]);
  const subject = ["IspZtid", "Dwmc", "Dwxz", "Tzr", "Txdz", "Zj", "Fzr", "Bbfs"];
  assert.equal(namesOf(xml, ...BAXX, "Zt_xx"), subject);
  const website = ["IspWzid", "Wzmc", "Fwnr", "Yylb", "Ym_xx", "Jr_xx", "Wz_Fzr", "Syurl"];
  assert.equal(namesOf(xml, ...BAXX, "Wz_xx"), website);
  assert.equal(namesOf(xml, ...BAXX, "Wz_xx", "Jr_xx"), ["IspJrid", "Wzfb", "Wzjrfs", "Ip_xx"]);
});

test("sends addresses as unsigned numbers of 32 bits", () => {
  // 1778535426 = 106.2.76.2, as a public client of the interface sends it
  const xml = firstFilingXml(
    filing(({ websites: [site] }) => {
      site!.accesses[0]!.ips = [{ id: 1, from: "106.2.76.2", to: "255.255.255.255" }];
    }),
  );
  const access = child(readXml(xml).children[0]?.children[0]?.children[0]?.children[1], "Jr_xx");
  assert.is(textAt(access, "Ip_xx/Qsip"), "1778535426");
  assert.is(textAt(access, "Ip_xx/Zzip"), "4294967295");
});

test("leaves optional values out instead of sending them empty", () => {
  const xml = firstFilingXml(
    filing(({ subject, websites: [site] }) => {
      subject.investor = "";
      subject.address = undefined;
      subject.remark = "";
      site!.homePage = "";
      site!.person.officePhone = undefined;
    }),
  );
  assert.not.match(xml, /<(\w+)\/>|<(\w+)><\/\2>/);
  assert.not.match(xml, /Tzr|Xxdz|Syurl|Bz/);
});

test("escapes what XML would misread", () => {
  const name = `杭州<青山> & "茶业" ]]> 'O'`;
  const xml = firstFilingXml(filing(({ subject }) => Object.assign(subject, { name })));
  const subject = readXml(xml).children[0]?.children[0]?.children[0]?.children[0];
  assert.is(textAt(subject, "Dwmc"), name);
});

test("carries several websites, accesses, names and approvals", () => {
  const many = filing(({ websites }) => {
    const [first] = websites;
    first!.names = ["青山茶业", "青山商城"];
    first!.approvals = [
      { type: 2, number: "浙新出〔2026〕1号", scans: [Buffer.from([1]), Buffer.from([2])] },
    ];
    first!.accesses.push({ ...first!.accesses[0]!, id: 900, places: [34, 2] });
    websites.push({ ...structuredClone(first!), id: 800 });
  });
  const baxx = readXml(firstFilingXml(many)).children[0]?.children[0]?.children[0];
  const [first, second] = childrenOf(baxx, "Wz_xx");
  assert.is(textAt(first, "Wzmc"), "青山茶业;青山商城");
  assert.is(childrenOf(first, "Jr_xx").length, 2);
  assert.equal(
    childrenOf(child(first, "Nrlx")?.children[0], "Spwj").map(({ text }) => text),
    ["AQ==", "Ag=="],
  );
  assert.is(textAt(second, "IspWzid"), "800");
});

test("names every character that GBK lacks, and where it stands, but no value", () => {
  const wrong = filing(({ subject, websites: [site] }) => {
    subject.name = "杭州𠮷山茶业€有限公司";
    subject.person.name = "王㐀";
    site!.person.email = "a\u0007@b.cn";
  });
  assert.equal(problemsOf(wrong), [
    { owner: { kind: "subject", id: 100 }, path: "Dwmc", kind: "not_in_gbk", characters: ["𠮷", "€"] },
    { owner: { kind: "subject", id: 100 }, path: "Fzr/Fzr_xm", kind: "not_in_gbk", characters: ["㐀"] },
    {
      owner: { kind: "website", id: 101 },
      path: "Wz_Fzr/Fzr_dzyj",
      kind: "illegal_character",
      characters: ["\u0007"],
    },
  ]);
});

test("refuses addresses that the interface cannot carry", () => {
  const wrong = filing(({ websites: [site] }) => {
    site!.accesses[0]!.ips = [
      { id: 1, from: "2001:db8::1", to: "2001:db8::1" },
      { id: 2, from: "10.0.0.9", to: "10.0.0.1" },
      { id: 3, from: "10.0.0.1", to: "010.0.0.300" },
    ];
  });
  const owner = { kind: "access", id: 103 };
  assert.equal(problemsOf(wrong), [
    { owner, path: "Ip_xx/Qsip", kind: "not_ipv4" },
    { owner, path: "Ip_xx/Zzip", kind: "range_reversed" },
    { owner, path: "Ip_xx/Zzip", kind: "not_ipv4" },
  ]);
});

test("tells a breach of the schema by block, id and element", () => {
  const wrong = filing(({ subject, websites, attachments }) => {
    websites.push(structuredClone(websites[0]!));
    Object.assign(websites[1]!, { id: 800 });
    subject.certificate.address = "";
    subject.person.mobile = "138";
    websites[1]!.domains = [];
    websites[0]!.accesses[0]!.modes = [99];
    attachments[1]!.bytes = Buffer.alloc(0);
  });
  const found = problemsOf(wrong).map(
    ({ owner, path, detail }) => `${owner.kind} ${owner.id} ${path} ${detail}`,
  );
  assert.ok(found.includes("subject 100 Zj missing: Zjzs"), found.join("\n"));
  assert.ok(found.includes("subject 100 Fzr/Fzr_sjhm minLength"), found.join("\n"));
  assert.ok(found.includes("website 800 Jr_xx order: Ym_xx"), found.join("\n"));
  assert.ok(found.includes("access 103 Wzjrfs/Jrfs maxInclusive"), found.join("\n"));
  assert.ok(
    found.some((one) => one.startsWith("attachment 2 Fjxx")),
    found.join("\n"),
  );
  assert.not.match(found.join("\n"), /138/);
});

test("is valid by our schema, also for a person without optional values", () => {
  const person = filing(({ subject, websites: [site] }) => {
    Object.assign(subject, { nature: 5, investor: undefined, address: undefined });
    site!.person = { name: "柳青山", mobile: "13800000011", email: "liu@example.cn" };
  });
  assert.equal(checkSchema("upload", firstFilingXml(person)), []);
});

test.run();
