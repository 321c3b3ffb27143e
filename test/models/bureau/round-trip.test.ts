import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkSchema, pack, unpack, uploadXml } from "../../../src/gateways/bureau/index.ts";
import { childrenOf, readXml, type Tree } from "../../../src/gateways/bureau/xml.ts";
import { uploadOf } from "../../../src/models/bureau/operation.ts";
import type { Content } from "../../../src/models/bureau/parts.ts";
import type { SectionKind, Values } from "../../../src/vocabulary/fields/index.ts";
import type { FilingKind } from "../../../src/vocabulary/filing.ts";
import { contentOf } from "./arbitrary-filings.ts";
import { expectedIn, textsAt } from "./carried-values.ts";

const test = suite("the values of a filing at the bureau");

const KEYS = { encryptAlgorithm: 1, aesKey: "0123456789ABCDEF", aesIv: "0102030405060708" };

/** The record of a filing as the bureau reads it, after encoding, zip and encryption. */
function recordOf(content: Content): Tree {
  const packed = pack(uploadXml({ ispId: 1001, operation: uploadOf(content) }), KEYS, "ROUND2.xml");
  const { xml } = unpack({ ...packed, ...KEYS, hashAlgorithm: 0, compressionFormat: 0 }, KEYS);
  assert.equal(checkSchema("upload", xml), []);
  return readXml(xml).children[0]!.children[0]!.children[0]!;
}

type Held = { section: SectionKind; values: Values; tree: Tree | undefined };

/** The sections that an operation carries, each with its element. */
const heldBy: Record<FilingKind, (content: Content, record: Tree) => Held[]> = {
  first: ({ data }, record) => [subjectIn(data, record), ...websitesIn(data, record)],
  add: ({ data }, record) => websitesIn(data, record),
  join: ({ data }, record) => [
    { section: "access", values: data.websites[0]!.accesses[0]!.values, tree: record },
  ],
  change: ({ data }, record) => [subjectIn(data, record), ...websitesIn(data, record)],
  cancel: ({ data }, record) => [
    { section: "cancellation", values: data.cancellation!.values, tree: record },
  ],
};

const subjectIn = ({ subject }: Content["data"], record: Tree): Held => ({
  section: "subject",
  values: subject.values,
  tree: childrenOf(record, "Zt_xx")[0],
});

const websitesIn = ({ websites }: Content["data"], record: Tree): Held[] =>
  websites.flatMap(({ values, accesses }, at) => {
    const tree = childrenOf(record, "Wz_xx")[at];
    const below = accesses.map(
      (access, index): Held => ({
        section: "access",
        values: access.values,
        tree: childrenOf(tree, "Jr_xx")[index],
      }),
    );
    return [{ section: "website" as const, values, tree }, ...below];
  });

for (const kind of ["first", "add", "join", "change", "cancel"] as const)
  test(`are those that were filled in, for any filing of the kind ${kind}`, () => {
    fc.assert(
      fc.property(contentOf(kind), (content) => {
        for (const { section, values, tree } of heldBy[kind](content, recordOf(content))) {
          assert.ok(tree, section);
          for (const [path, expected] of expectedIn(section, values, content.data.subject.values))
            assert.equal(textsAt(tree, path), expected, `${section} ${path}`);
        }
      }),
      { numRuns: 40 },
    );
  });

test("name the record by its number, and after a change also the website", () => {
  fc.assert(
    fc.property(contentOf("change"), contentOf("add"), contentOf("join"), (change, add, join) => {
      const changed = recordOf(change);
      assert.equal(textsAt(changed, "Zt_xx/Baxh"), [change.known.subject!.number]);
      assert.equal(
        textsAt(changed, "Wz_xx/Baxh"),
        change.known.websites.map(({ number }) => number),
      );
      assert.equal(textsAt(recordOf(add), "Zt_xx/Ztbah"), [add.data.subject.values.number]);
      assert.equal(textsAt(recordOf(join), "Wz_xx/Wzbah"), [join.data.websites[0]!.values.number]);
    }),
    { numRuns: 10 },
  );
});

test.run();
