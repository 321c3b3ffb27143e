import { unzipSync } from "fflate";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  contentHash,
  MAX_FILE_BYTES,
  PackagingFailed,
  zipXmlAside,
} from "../../../src/gateways/bureau/index.ts";
import { unzip } from "../../../src/gateways/bureau/unzip.ts";

const test = suite("the zip of a file that is made aside");

const bytesOf = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text));

test("holds the chunks one behind the other, for every reader", async () => {
  for (const chunks of [bytesOf("<a>", "青山".repeat(100_000), "", "</a>"), bytesOf("x"), []]) {
    const zip = await zipXmlAside(chunks, "P1.xml");
    const content = Buffer.concat(chunks);
    assert.ok(content.equals(unzip(zip).bytes));
    assert.is(unzip(zip).entryName, "P1.xml");
    assert.equal(Object.keys(unzipSync(zip)), ["P1.xml"]);
    assert.ok(content.equals(unzipSync(zip)["P1.xml"] ?? Buffer.from("none")));
  }
});

test("says its sizes before its content, and has no date", async () => {
  const zip = await zipXmlAside(bytesOf("aaaaaaaaaa"), "P1.xml");
  assert.equal([zip.readUInt16LE(6) & 8, zip.readUInt32LE(22)], [0, 10]);
  assert.is(contentHash(zip), contentHash(await zipXmlAside(bytesOf("aaaaa", "aaaaa"), "P1.xml")));
});

test("keeps a name beyond ASCII", async () => {
  const zip = await zipXmlAside(bytesOf("<a/>"), "备案.xml");
  assert.is(unzip(zip).entryName, "备案.xml");
  assert.equal(Object.keys(unzipSync(zip)), ["备案.xml"]);
});

test("holds 50 MB and not a byte more, while the process goes on", async () => {
  const half = Buffer.alloc(MAX_FILE_BYTES / 2, "a");
  let beats = 0;
  const heart = setInterval(() => {
    beats += 1;
  }, 5);
  const zip = await zipXmlAside([half, half], "P1.xml");
  clearInterval(heart);
  assert.is(unzip(zip).bytes.length, MAX_FILE_BYTES);
  assert.ok(beats > 3, `${beats} beats`);
  const refused = await zipXmlAside([half, half, Buffer.from("a")], "P1.xml").catch(
    (error: unknown) => error,
  );
  assert.ok(refused instanceof PackagingFailed && refused.reason === "too_large");
});

test.run();
