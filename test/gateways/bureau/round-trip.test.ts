import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  checkSchema,
  DEFAULT_VERSION,
  fileXml,
  type Operation,
  pack,
  parseUpload,
  recordXml,
  unpack,
  uploadXml,
} from "../../../src/gateways/bureau/index.ts";
import { operationKinds, operationOf, untidy } from "./arbitrary-operations.ts";
import { sampleCancel, sampleOperations } from "./sample-operations.ts";

const test = suite("what is sent and read back");

const KEYS = { encryptAlgorithm: 1, aesKey: "0123456789ABCDEF", aesIv: "0102030405060708" };
const ENTRY = "ROUND1.xml";

/** The text as the bureau has it: encoded, zipped, encrypted and all of it undone. */
function sent(xml: string): string {
  const packed = pack(xml, KEYS, ENTRY);
  return unpack({ ...packed, ...KEYS, hashAlgorithm: 0, compressionFormat: 0 }, KEYS).xml;
}

type Fields = Record<string, unknown>;
const without = (thing: unknown, keys: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(thing as Fields).filter(([key]) => !keys.includes(key)));
const each = (list: unknown, change: (one: Fields) => unknown): unknown => (list as Fields[]).map(change);

/** What an operation has no element for: our ids and numbers where the bureau's stand, and who reports a change. */
const uncarried: Record<
  "change" | "inquiry-answer",
  { subject: string[]; website: string[]; part: string[] }
> = {
  change: { subject: ["id", "reportedBy"], website: ["id"], part: [] },
  "inquiry-answer": {
    subject: ["id", "number", "reportedBy"],
    website: ["id", "number", "languages"],
    part: ["id"],
  },
};

function carried(operation: Operation): Fields {
  if (operation.kind !== "change" && operation.kind !== "inquiry-answer") return { ...operation };
  const { subject, website, part } = uncarried[operation.kind];
  const reportedBy = operation.kind === "inquiry-answer" ? { reportedBy: operation.subject.reportedBy } : {};
  return {
    ...operation,
    subject: without(operation.subject, subject),
    websites: each(operation.websites, (site) => ({
      ...without(site, website),
      domains: each(site.domains, (one) => without(one, part)),
      accesses: each(site.accesses, (access) => ({
        ...without(access, ["id"]),
        ...reportedBy,
        ips: each(access.ips, (one) => without(one, part)),
      })),
    })),
  };
}

/** Undefined keys and kinds of byte arrays apart, as they are compared. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one) => (one?.type === "Buffer" ? Buffer.from(one.data).toString("hex") : one)),
  );

for (const kind of operationKinds)
  test(`is the same for any ${kind}, and valid by the schema`, () => {
    fc.assert(
      fc.property(operationOf(kind), fc.integer({ min: 1, max: 99_999 }), (operation, ispId) => {
        const xml = sent(uploadXml({ ispId, operation }));
        assert.equal(checkSchema("upload", xml), []);
        const read = parseUpload(xml);
        assert.is(read.ispId, ispId);
        assert.equal(comparable(read.operations), comparable([carried(operation)]));
      }),
      { numRuns: 40 },
    );
  });

test("is the same for every record of a file with many", () => {
  const several = fc.array(
    fc
      .constantFrom("first", "add", "join", "change", "cancel", "unfiled-site-answer")
      .chain((kind) => operationOf(kind as Operation["kind"])),
    { minLength: 2, maxLength: 8 },
  );
  fc.assert(
    fc.property(several, (operations) => {
      const records = operations.map((operation) => recordXml(operation, DEFAULT_VERSION));
      const read = parseUpload(sent(fileXml(1001, records, DEFAULT_VERSION))).operations;
      const order = ["first", "add", "join", "change", "cancel", "unfiled-site-answer"];
      const sorted = order.flatMap((kind) => operations.filter((one) => one.kind === kind));
      assert.equal(comparable(read), comparable(sorted.map(carried)));
    }),
    { numRuns: 10 },
  );
});

test("loses blanks at both ends and the kind of line end, and nothing else", () => {
  const explained = untidy(fc.constantFrom("第一行\r\n\r\n第二行\t。", "a \r b", "茶　茶"));
  fc.assert(
    fc.property(explained, (explanation) => {
      const [read] = parseUpload(
        sent(uploadXml({ ispId: 1, operation: sampleCancel({ explanation }) })),
      ).operations;
      const expected = explanation.replace(/\r\n?/g, "\n").trim();
      assert.is(read?.kind === "cancel" && read.explanation, expected);
    }),
  );
});

test("leaves out what is nothing but blanks", () => {
  const xml = uploadXml({ ispId: 1, operation: sampleCancel({ explanation: " \r\n　" }) });
  assert.not.match(xml, /Zxlybz/);
});

test("says what a picture belongs to as it is on record, whatever it was given by", () => {
  const { change } = sampleOperations();
  const [read] = parseUpload(uploadXml({ ispId: 1, operation: change })).operations;
  assert.equal(read?.kind === "change" && read.attachments?.map(({ owner }) => owner), [
    { kind: "website", ref: { bureauId: 9_000_002 } },
    { kind: "subject", ref: { bureauId: 9_000_001 } },
  ]);
});

test("of another version or no upload cannot be read", () => {
  assert.throws(() => parseUpload("<UploadData version='V.9.9'><ICP/></UploadData>"), /unknown version/);
  assert.throws(() => parseUpload("<DownloadData version='V.3.0'><ICP/></DownloadData>"), /no upload/);
  assert.throws(() => parseUpload("<UploadData version='V.3.0'/>"), /no upload/);
  const strange = "<UploadData version='V.3.0'><ICP><NEU><A/></NEU><Qqdwid>7</Qqdwid></ICP></UploadData>";
  assert.equal(parseUpload(strange), { version: "V.3.0", ispId: 7, operations: [] });
});

test.run();
