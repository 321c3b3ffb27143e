import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Operation,
  type SendProblem,
  Unsendable,
  uploadXml,
} from "../../../src/gateways/bureau/index.ts";
import { child, childrenOf, readXml, type Tree, textAt } from "../../../src/gateways/bureau/xml.ts";
import { sampleInquiryAnswer, sampleUnfiledSiteAnswer } from "./sample-operations.ts";

const test = suite("the answer to a task of the bureau");

const at = (operation: Operation, ...path: string[]): Tree => {
  const root = readXml(uploadXml({ ispId: 1001, operation }));
  const found = ["ICP", ...path].reduce<Tree | undefined>(child, root);
  if (!found) throw new Error(`nothing at ${path.join("/")}`);
  return found;
};
const namesIn = (tree: Tree | undefined): string[] => tree?.children.map(({ name }) => name) ?? [];

const told = (operation: Operation): string[] => {
  try {
    uploadXml({ ispId: 1001, operation });
    return [];
  } catch (error) {
    if (!(error instanceof Unsendable)) throw error;
    return error.problems.map(
      ({ owner, path, kind, detail }: SendProblem) => `${owner.kind} ${path} ${detail || kind}`,
    );
  }
};

test("says 0 where the data is right and 1 where it is wrong, with the words", () => {
  const right = at(sampleInquiryAnswer(), "HSJG", "Hsjgxx");
  assert.equal(namesIn(right), ["Hsjg", "Hsrxm", "Hssj", "Bbdw", "Hsyj", "Baxx"]);
  assert.is(textAt(right, "Hsjg"), "0");
  const wrong = at(sampleInquiryAnswer({ correct: false, faults: "电话停用" }), "HSJG", "Hsjgxx");
  assert.equal([textAt(wrong, "Hsjg"), textAt(wrong, "Cwxx")], ["1", "电话停用"]);
});

test("carries the whole record by the ids of the bureau, without languages, numbers or ids of ours", () => {
  const record = at(sampleInquiryAnswer(), "HSJG", "Hsjgxx", "Baxx");
  const [subject, website] = [child(record, "Zt_xx"), child(record, "Wz_xx")];
  assert.equal(namesIn(subject), ["Ztid", "Dwmc", "Dwxz", "Tzr", "Txdz", "Zj", "Fzr"]);
  assert.equal(namesIn(website), ["Wzid", "Wzmc", "Fwnr", "Ym_xx", "Jr_xx", "Wz_Fzr", "Syurl"]);
  assert.equal(namesIn(child(website, "Ym_xx")), ["Ymid", "Ym"]);
  assert.equal(namesIn(child(website, "Jr_xx")), ["Jrid", "Wzfb", "Wzjrfs", "Ip_xx", "Bbfs"]);
  assert.equal(namesIn(childrenOf(child(website, "Jr_xx"), "Ip_xx")[0]), ["Ipid", "Qsip", "Zzip"]);
  assert.is(textAt(subject, "Fzr/sjhm"), "13800000011");
  assert.is(textAt(website, "Wz_Fzr/sjhm"), "13800000011");
  assert.is(textAt(website, "Wz_Fzr/Fzr_sjhm"), undefined);
});

test("is refused where something in it has no id at the bureau, and without a good day or name", () => {
  const answer = sampleInquiryAnswer();
  answer.websites[0]!.domains = [{ id: 7, name: "qingshan-tea.cn" }];
  assert.equal(told(answer), ["website Ym_xx/Ym order: Ymid"]);
  assert.equal(told(sampleInquiryAnswer({ checkedBy: "" })), ["answer Hssj order: Hsrxm"]);
  assert.equal(told(sampleInquiryAnswer({ checkedOn: "2026-11" })), ["answer Hssj pattern"]);
  assert.equal(told(sampleInquiryAnswer({ websites: [] })), ["answer Baxx missing: Wz_xx"]);
});

test("takes 4000 characters of what is wrong and no more", () => {
  assert.equal(told(sampleInquiryAnswer({ correct: false, faults: "错".repeat(4000) })), []);
  assert.equal(told(sampleInquiryAnswer({ correct: false, faults: "错".repeat(4001) })), [
    "answer Cwxx maxLength",
  ]);
});

test("on an unfiled site carries what was found and what was done, and who reports it where given", () => {
  const entry = at(sampleUnfiledSiteAnswer(), "WBACLJG", "Clxx");
  assert.equal(
    entry.children.map(({ name, text }) => `${name} ${text}`),
    [
      "Ym unfiled.cn",
      "IP 1778535433",
      "Yys 2",
      "Jrs 1001",
      "Shengid 330000",
      "Cljg 1",
      "Clyj 已断开接入",
      "Rbsj 2026-11-01",
      "Clsx 2026-11-30",
      "Sbrxm 周海燕",
      "Sbrdh 0571-88990022",
      "Sbrdzyj zhou@example.cn",
    ],
  );
  const { contact: _, ...short } = sampleUnfiledSiteAnswer();
  assert.is(at(short, "WBACLJG", "Clxx").children.length, 9);
});

test("on an unfiled site is refused for an address of version 6, words instead of unit ids and a short domain", () => {
  assert.equal(told(sampleUnfiledSiteAnswer({ ip: "2001:db8::1" })), ["answer IP not_ipv4"]);
  assert.equal(told(sampleUnfiledSiteAnswer({ operator: "电信" })), ["answer Yys value"]);
  assert.equal(told(sampleUnfiledSiteAnswer({ accessProvider: "0" })), ["answer Jrs minInclusive"]);
  assert.equal(told(sampleUnfiledSiteAnswer({ domain: "a.c" })), ["answer Ym minLength"]);
  assert.equal(told(sampleUnfiledSiteAnswer({ domain: "a.cn", opinion: "断".repeat(255) })), []);
  assert.equal(told(sampleUnfiledSiteAnswer({ opinion: "断".repeat(256) })), ["answer Clyj maxLength"]);
});

test.run();
