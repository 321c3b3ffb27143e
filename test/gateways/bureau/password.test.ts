import { unzipSync } from "fflate";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { decodeGbk } from "../../../src/gateways/bureau/gbk.ts";
import {
  blankPassword,
  filingPasswordHash,
  PackagingFailed,
  uploadXml,
  zipXml,
} from "../../../src/gateways/bureau/index.ts";
import { sampleCancel, sampleChange, sampleJoin } from "./sample-operations.ts";

const test = suite("the filing password in an upload");

const contentOf = (zip: Uint8Array): [name: string, xml: string] => {
  const [[name, bytes] = ["", new Uint8Array()]] = Object.entries(unzipSync(zip));
  return [name, decodeGbk(bytes)];
};

test("goes as the hexadecimal text of its MD5 in lower case", () => {
  // printf Example1 | md5sum
  assert.is(filingPasswordHash("Example1"), "b326b65027680eff6d7509023e983790");
});

test("is gone from what is kept, and nothing else is", async () => {
  for (const operation of [sampleJoin(), sampleCancel()]) {
    const xml = uploadXml({ ispId: 1001, operation });
    const kept = await blankPassword(zipXml(xml, "P1.xml"));
    const [name, content] = contentOf(kept);
    assert.is(name, "P1.xml");
    assert.is(content, xml.replace(filingPasswordHash("Example1"), ""));
    assert.not.match(content, /b326b6/);
    assert.match(content, /<ICPmm><\/ICPmm>/);
  }
});

test("is no reason to touch a file that holds none", async () => {
  const zip = zipXml(uploadXml({ ispId: 1001, operation: sampleChange() }), "P2.xml");
  assert.is(await blankPassword(zip), zip);
});

test("is gone from every record of a file, one whose element is empty or has attributes among them", async () => {
  const xml = "<a><ICPmm/>楼<ICPmm></ICPmm><ICPmm>one</ICPmm><ICPmm x='1'>two</ICPmm>喆&lt;ICPmm</a>";
  const [, content] = contentOf(await blankPassword(zipXml(xml, "P3.xml")));
  assert.is(content, xml.replace("one", "").replace("two", ""));
});

test("cannot be taken out of what is no data file", async () => {
  const refused = await blankPassword(Buffer.from("no zip")).catch((error: unknown) => error);
  assert.ok(refused instanceof PackagingFailed && refused.reason === "zip");
});

test.run();
