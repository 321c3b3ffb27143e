import { suite } from "uvu";
import * as assert from "uvu/assert";
import { XmlUnreadable } from "../../../src/gateways/bureau/errors.ts";
import { scanXml } from "../../../src/gateways/bureau/scan.ts";

const test = suite("XML from outside");

const refusal = (text: string, elements?: number): string => {
  try {
    scanXml(text, elements === undefined ? {} : { elements });
    return "read";
  } catch (error) {
    if (error instanceof XmlUnreadable) return error.message;
    throw error;
  }
};

test("is read with its attributes, references, CDATA and line ends", () => {
  const tree = scanXml(
    `\ufeff<?xml version="1.0" encoding="GBK"?>\r\n<!-- <x> --><a v='1&amp;2' xmlns:n="urn:n" n:w="">
     <n:b> 甲&lt;&#20057;&#x4E59;\r\n丙 </n:b><c/><d><![CDATA[<&>]]> ]</d></a>\n`,
  );
  assert.equal(tree, {
    name: "a",
    attributes: { v: "1&2", w: "" },
    text: "",
    children: [
      { name: "b", attributes: {}, text: "甲<乙乙\n丙", children: [] },
      { name: "c", attributes: {}, text: "", children: [] },
      { name: "d", attributes: {}, text: "<&> ]", children: [] },
    ],
  });
});

for (const [what, text] of Object.entries({
  "an entity that expands itself": '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;&c;</a>',
  "an entity from a file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
  "an entity from the network": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><a/>',
  "a document type in another file": '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>',
}))
  test(`is refused with ${what}`, () => assert.is(refusal(text), "document type declaration"));

for (const [what, text] of Object.entries({
  "a document type inside the root": "<a><!DOCTYPE a></a>",
  "a declaration of an entity alone": '<a><!ENTITY b "b"></a>',
  "an entity that nobody declared": "<a>&b;</a>",
  "an ampersand alone": "<a>a & b</a>",
  "the name of a method for an entity": "<a>&constructor;</a>",
  "an element that is not closed": "<a><b></a>",
  "an element closed twice": "<a></a></a>",
  "two roots": "<a/><b/>",
  "text beside the root": "<a/>b",
  "no root": "",
  "a text that ends in a tag": "<a><b",
  "an attribute without quotes": "<a b=1/>",
  "an attribute twice": '<a b="1" b="2"/>',
  "a tag inside an attribute": '<a b="<c/>"/>',
  "a control character": "<a>\u0000</a>",
  "a control character by reference": "<a>&#0;</a>",
  "half a character by reference": "<a>&#xD800;</a>",
  "a character that does not exist": "<a>&#x110000;</a>",
  "a comment without an end": "<a><!-- </a>",
}))
  test(`is not well formed with ${what}`, () => assert.is(refusal(text), "not well formed"));

test("is refused where it is too deep, and read up to there", () => {
  const deep = (depth: number) => `${"<a>".repeat(depth)}${"</a>".repeat(depth)}`;
  assert.equal(
    [refusal(deep(64)), refusal(deep(65)), refusal(deep(1_000_000))],
    ["read", "too large", "too large"],
  );
});

test("is refused with a flood of attributes or of elements", () => {
  const attributes = Array.from({ length: 33 }, (_, at) => `a${at}="1"`).join(" ");
  assert.is(refusal(`<a ${attributes}/>`), "too large");
  const flood = `<a>${"<b/>".repeat(1000)}</a>`;
  assert.equal([refusal(flood), refusal(flood, 1001), refusal(flood, 1000)], ["read", "read", "too large"]);
});

test("says nothing of what it holds", () => {
  for (const text of ["<a>13800005678</b>", '<a x="330108199001010019" x="1"/>', "<a>&张三;</a>"])
    assert.not.match(refusal(text), /13800005678|330108|张三/);
});

test.run();
