import {
  XmlBufferInputProvider,
  XmlDocument,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider,
} from "libxml2-wasm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  checkSchema,
  firstFilingXml,
  type Operation,
  readDownload,
  uploadXml,
  XmlUnreadable,
} from "../../../src/gateways/bureau/index.ts";
import { sampleFiling } from "./sample.ts";
import { sampleOperations } from "./sample-operations.ts";

const test = suite("the schema of the interface");

const good = firstFilingXml(sampleFiling());
const rulesOf = (xml: string): string[] =>
  checkSchema("upload", xml).map(({ element, rule }) => `${element} ${rule}`);

test("accepts what we send", () => {
  assert.equal(checkSchema("upload", good), []);
});

test("refuses elements in another order", () => {
  const swapped = good.replace(/(<Dwmc>.*?<\/Dwmc>)(<Dwxz>.*?<\/Dwxz>)/, "$2$1");
  assert.equal(rulesOf(swapped), ["Dwxz order"]);
});

test("refuses missing elements, also the number of the provider", () => {
  assert.equal(rulesOf(good.replace(/<Zjhm>.*?<\/Zjhm>/, "")), ["Zjzs order"]);
  assert.equal(rulesOf(good.replace(/<Qqdwid>.*?<\/Qqdwid>/, "")), ["ICP missing"]);
  assert.equal(rulesOf(good.replace(/<Jr_xx>.*?<\/Jr_xx>/, "")), ["Wz_Fzr order"]);
});

test("refuses empty, unknown and malformed values", () => {
  assert.equal(rulesOf(good.replace(/<Dwmc>.*?<\/Dwmc>/, "<Dwmc></Dwmc>")), ["Dwmc minLength"]);
  assert.equal(rulesOf(good.replace("<Bbfs>1</Bbfs>", "<Bbfs>2</Bbfs>")), ["Bbfs enumeration"]);
  assert.equal(rulesOf(good.replace("<Bbfs>1</Bbfs>", "<Bbfs>1</Bbfs><Neu>1</Neu>")), ["Neu order"]);
  assert.equal(rulesOf(good.replace("<Qsip>1778535426<", "<Qsip>-1<")), ["Qsip value"]);
  assert.equal(rulesOf(good.replace("<Shengid>330000<", "<Shengid>33<")), ["Shengid minInclusive"]);
  assert.equal(rulesOf(good.replace(/<Fjnr>[^<]*/, "<Fjnr>")), ["Fjnr minLength"]);
  assert.ok(rulesOf(good.replaceAll("liu@example.cn", "liu.example.cn")).includes("Fzr_dzyj pattern"));
  assert.ok(rulesOf(good.replaceAll("0571-88990011", "(0571)88990011")).includes("Fzr_dhhm pattern"));
});

/** What breaks when each of these elements is taken out of a good file, or the first of two stands after the second. */
const REQUIRED: Record<string, string[]> = {
  add: ["Zt_xx", "Wz_xx", "Fjwjgs", "Ssdxbs"],
  join: ["Wz_xx", "IspJrid", "Wzfb", "Wzjrfs", "Ip_xx", "Fjnr", "ICPmm"],
  change: [
    "Ztid",
    "Dwmc",
    "Dwxz",
    "Txdz",
    "Zj",
    "Fzr",
    "Wzid",
    "Fwnr",
    "IspYmid",
    "Jrid",
    "Wz_Fzr",
    "IspIpid",
  ],
  cancel: ["Zxlb", "Jlid", "Zxly"],
  supplement: ["Fjwjgs", "Fjyt", "Fjnr", "Fjssdx", "Ssdxlx"],
};
const SWAPPED: Record<string, [string, string][]> = {
  add: [
    ["Zt_xx", "Wz_xx"],
    ["Ssdxlx", "Ssdxbs"],
  ],
  join: [
    ["IspJrid", "Wzfb"],
    ["Wzfb", "Wzjrfs"],
  ],
  change: [
    ["Ztid", "Dwmc"],
    ["Dwmc", "Baxh"],
    ["Ymid", "IspYmid"],
    ["Jrid", "Wzfb"],
    ["Ipid", "IspIpid"],
    ["Baxh", "Syurl"],
  ],
  cancel: [
    ["Zxlb", "Jlid"],
    ["Jlid", "Zxly"],
    ["Zxly", "Zxlybz"],
    ["Zxlybz", "ICPmm"],
  ],
  supplement: [
    ["Fjwjgs", "Fjyt"],
    ["Fjyt", "Fjnr"],
  ],
};

const element = (name: string): string => `<${name}>(?:(?!</${name}>).)*</${name}>`;

test("refuses each operation with an element missing or out of order", () => {
  for (const [kind, operation] of Object.entries(sampleOperations())) {
    const xml = uploadXml({ ispId: 1001, operation });
    for (const name of REQUIRED[kind] ?? []) {
      const without = xml.replace(new RegExp(element(name)), "");
      assert.is.not(without, xml, `${kind} has ${name}`);
      assert.is.not(rulesOf(without).length, 0, `${kind} without ${name}`);
    }
    for (const [first, second] of SWAPPED[kind] ?? []) {
      const swapped = xml.replace(new RegExp(`(${element(first)})(${element(second)})`), "$2$1");
      assert.is.not(swapped, xml, `${kind} has ${first} before ${second}`);
      assert.ok(
        rulesOf(swapped).some((rule) => rule.endsWith("order")),
        `${kind}: ${second} before ${first}`,
      );
    }
  }
});

test("wants the password of 32 hexadecimal digits where a website of others is joined, and lets cancellations go without", () => {
  const { join, cancel } = sampleOperations();
  const joined = uploadXml({ ispId: 1001, operation: join });
  assert.equal(rulesOf(joined.replace(/<ICPmm>[^<]*/, "<ICPmm>Example1")), ["ICPmm pattern"]);
  assert.equal(rulesOf(joined.replace(/<ICPmm>[^<]*/, (hash) => hash.toUpperCase().replace("MM", "mm"))), []);
  assert.equal(rulesOf(uploadXml({ ispId: 1001, operation: cancel }).replace(/<ICPmm>.*<\/ICPmm>/, "")), []);
});

test("takes the operations in any order, each once", () => {
  const { first, cancel } = sampleOperations();
  const elementIn = (operation: Operation) =>
    /<ICP>(.*)<Qqdwid>/.exec(uploadXml({ ispId: 1001, operation }))?.[1] ?? "";
  const both = (...parts: string[]) =>
    `<UploadData version="V.3.0"><ICP>${parts.join("")}<Qqdwid>1001</Qqdwid></ICP></UploadData>`;
  assert.equal(rulesOf(both(elementIn(cancel), elementIn(first))), []);
  assert.equal(rulesOf(both(elementIn(first), elementIn(cancel))), []);
  assert.equal(rulesOf(both(elementIn(cancel), elementIn(cancel))), ["ZXBA order"]);
});

test("refuses document types in a change that the interface had no number for", () => {
  const xml = uploadXml({ ispId: 1001, operation: sampleOperations().change });
  assert.equal(rulesOf(xml.replace("<Zjlx>1<", "<Zjlx>11<")), []);
  assert.equal(rulesOf(xml.replace("<Zjlx>1<", "<Zjlx>12<")), ["Zjlx maxInclusive"]);
});

test("refuses another version of the interface", () => {
  assert.is.not(rulesOf(good.replace("V.3.0", "V.2.1")).length, 0);
});

test("never tells a value that broke it", () => {
  const told = JSON.stringify(checkSchema("upload", good.replaceAll("13800000011", "138-GEHEIM-1")));
  assert.match(told, /Fzr_sjhm/);
  assert.not.match(told, /GEHEIM/);
});

test("refuses what is no XML, and document type declarations with all their tricks", () => {
  const xml = (text: string) => checkSchema("upload", text).map(({ rule }) => rule);
  assert.equal(xml(""), ["xml"]);
  assert.equal(xml("garbage"), ["xml"]);
  assert.equal(xml("<UploadData>"), ["xml"]);
  assert.equal(xml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), ["xml"]);
  const outside = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><DownloadData>&b;</DownloadData>';
  assert.throws(
    () => readDownload(outside),
    (error: unknown) => error instanceof XmlUnreadable,
  );
});

test("looks at nothing outside, whatever the file hints at", () => {
  const asked: string[] = [];
  class Listening extends XmlBufferInputProvider {
    override match(name: string): boolean {
      asked.push(name);
      return false;
    }
  }
  xmlRegisterInputProvider(new Listening({}));
  const importing = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import namespace="urn:a" schemaLocation="other.xsd"/></xs:schema>`;
  let before = 0;
  try {
    const schema = XmlDocument.fromString(importing);
    XsdValidator.fromDoc(schema).dispose();
    schema.dispose();
    before = asked.length;
    const hint =
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="file:///tmp/other.xsd"';
    checkSchema("upload", good.replace("<UploadData", `<UploadData ${hint}`));
    checkSchema("upload", '<!DOCTYPE a SYSTEM "http://example.cn/a.dtd"><a/>');
  } finally {
    xmlCleanupInputProvider();
  }
  assert.equal(asked.slice(0, before), ["other.xsd"], "the listener hears what is asked for");
  assert.equal(asked.slice(before), []);
});

test.run();
