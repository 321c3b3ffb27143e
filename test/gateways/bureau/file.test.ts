import { suite } from "uvu";
import * as assert from "uvu/assert";
import { encodeGbk } from "../../../src/gateways/bureau/gbk.ts";
import {
  checkSchema,
  DEFAULT_VERSION,
  fileXml,
  fitOneFile,
  knownVersions,
  PackagingFailed,
  recordXml,
  UnknownVersion,
  Unsendable,
  type UploadRecord,
  uploadXml,
} from "../../../src/gateways/bureau/index.ts";
import { child, readXml } from "../../../src/gateways/bureau/xml.ts";
import { sampleFiling } from "./sample.ts";
import { sampleAdd, sampleCancel, sampleOperations, sampleSupplement } from "./sample-operations.ts";

const test = suite("a file of several records");

const VERSION = DEFAULT_VERSION;
const cancellation = (bureauId: number): UploadRecord =>
  recordXml(sampleCancel({ bureauId, explanation: "不再使用" }), VERSION);
const cancellations = (count: number): UploadRecord[] =>
  Array.from({ length: count }, (_, index) => cancellation(index + 1));
const elementsOf = (xml: string): string[] =>
  child(readXml(xml), "ICP")?.children.map(({ name }) => name) ?? [];
const refusal = (build: () => unknown): string | undefined => {
  try {
    build();
    return undefined;
  } catch (error) {
    return error instanceof PackagingFailed ? error.reason : String(error);
  }
};

test("has each operation once, in the order of the version, whatever the order of the records", () => {
  const records = Object.values(sampleOperations()).map((operation) => recordXml(operation, VERSION));
  const again = recordXml(sampleAdd({ subject: { bureauId: 7 } }), VERSION);
  const xml = fileXml(1001, [...records, again].reverse(), VERSION);
  assert.equal(elementsOf(xml), [
    "XZBA",
    "XZWZ",
    "XZJR",
    "BGBA",
    "ZXBA",
    "XZHYD",
    "HSJG",
    "WBACLJG",
    "Qqdwid",
  ]);
  assert.is(xml.match(/<Xzxx>/g)?.length, 3);
  assert.equal(checkSchema("upload", xml), []);
});

test("with one record is the file of one operation", () => {
  for (const operation of Object.values(sampleOperations())) {
    const single = fileXml(1001, [recordXml(operation, VERSION)], VERSION);
    assert.is(single, uploadXml({ ispId: 1001, operation }));
    assert.equal(checkSchema("upload", single), []);
  }
});

test("holds one record to a thousand, and is refused without any and with one more", () => {
  const thousand = cancellations(1000);
  const xml = fileXml(1001, thousand, VERSION);
  assert.is(xml.match(/<Zx_xx>/g)?.length, 1000);
  assert.equal(checkSchema("upload", xml), []);
  assert.is(
    refusal(() => fileXml(1001, [], VERSION)),
    "record_count",
  );
  assert.is(
    refusal(() => fileXml(1001, [...thousand, cancellation(1001)], VERSION)),
    "too_large",
  );
  assert.equal(
    [[], thousand.slice(0, 1), thousand, [...thousand, cancellation(1001)]].map((one) =>
      fitOneFile(one, VERSION),
    ),
    [false, true, true, false],
  );
});

test("counts every picture of a supplement as a record", () => {
  assert.is(recordXml(sampleSupplement(), VERSION).count, 2);
  assert.is(recordXml(sampleOperations().change, VERSION).count, 1);
});

test("knows the size of a record in the encoding of the file", () => {
  for (const operation of Object.values(sampleOperations())) {
    const record = recordXml(operation, VERSION);
    const alone = encodeGbk(fileXml(1001, [record], VERSION)).length;
    const frame = encodeGbk(fileXml(1001, [{ ...record, bytes: Buffer.alloc(0) }], VERSION)).length;
    assert.is(record.bytes.length, alone - frame, operation.kind);
    assert.is(record.bytes.buffer.byteLength <= Math.max(record.bytes.length, Buffer.poolSize), true);
  }
});

test("is refused above 50 MB of its encoding, where a Chinese character has two bytes", () => {
  const limit = 50 * 1024 * 1024;
  const record = (size: number): UploadRecord => ({
    ...{ element: "ZXBA", count: 1, bytes: Buffer.alloc(size) },
  });
  assert.ok(fitOneFile([record(limit - 512)], VERSION));
  assert.not.ok(fitOneFile([record(limit - 511)], VERSION));
  assert.not.ok(fitOneFile([record(limit / 2), record(limit / 2)], VERSION));
  assert.is(
    refusal(() => fileXml(1001, [record(limit)], VERSION)),
    "too_large",
  );
});

test("is framed in less than is kept free for the frame", () => {
  const records = Object.values(sampleOperations()).map((operation) => recordXml(operation, VERSION));
  const bytes = encodeGbk(fileXml(Number.MAX_SAFE_INTEGER, records, VERSION)).length;
  assert.ok(bytes - records.reduce((sum, one) => sum + one.bytes.length, 0) < 512);
});

test("takes no record that breaks the schema, and no other record suffers", () => {
  const { ispId: _, ...first } = sampleFiling();
  const broken = { ...first, kind: "first" as const, websites: [] };
  assert.throws(
    () => recordXml(broken, VERSION),
    (error: unknown) => error instanceof Unsendable && error.problems[0]?.detail === "order: Wz_xx",
  );
  assert.equal(checkSchema("upload", fileXml(1001, cancellations(2), VERSION)), []);
});

test("is of a version that there is a folder of, and of no other", () => {
  assert.equal(knownVersions(), ["V.3.0"]);
  for (const version of ["V.3.1", "", "..", "V.3.0/..", "v.3.0"]) {
    for (const build of [
      () => recordXml(sampleCancel(), version),
      () => fileXml(1001, cancellations(1), version),
      () => checkSchema("upload", uploadXml({ ispId: 1001, operation: sampleCancel() }), version),
    ]) {
      assert.throws(build, (error: unknown) => error instanceof UnknownVersion, version);
    }
  }
});

test.run();
