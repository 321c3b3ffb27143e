import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { uploadXml } from "../../../src/gateways/bureau/index.ts";
import { readXml } from "../../../src/gateways/bureau/xml.ts";
import { uploadOf } from "../../../src/models/bureau/operation.ts";
import type { Content } from "../../../src/models/bureau/parts.ts";
import { fieldsOf, type SectionKind } from "../../../src/vocabulary/fields/index.ts";
import type { FilingKind } from "../../../src/vocabulary/filing.ts";
import { contentOf } from "./arbitrary-filings.ts";
import { expectedIn, textsAt } from "./carried-values.ts";

const test = suite("the dictionary and the bureau's elements");

const SECTIONS: SectionKind[] = ["subject", "website", "access", "cancellation"];
const drawn = (kind: FilingKind): Content[] => fc.sample(contentOf(kind), { numRuns: 12, seed: 20_260_101 });
const xmlOf = (content: Content): string => uploadXml({ ispId: 1001, operation: uploadOf(content) });

/** Values of each section with the element that a filing puts them in: the first of each is enough. */
function heldIn(content: Content): [SectionKind, Record<string, string | string[]>, string][] {
  if (content.data.kind === "cancel") return [["cancellation", content.data.cancellation!.values, ""]];
  const [website] = content.data.websites;
  return [
    ["subject", content.data.subject.values, "Zt_xx"],
    ["website", website!.values, "Wz_xx"],
    ["access", website!.accesses[0]!.values, "Wz_xx/Jr_xx"],
  ];
}

test("agree on where each field is carried, and every one of them is", () => {
  const carried = new Set<string>();
  for (const content of [...drawn("first"), ...drawn("cancel")]) {
    const record = readXml(xmlOf(content)).children[0]!.children[0]!.children[0]!;
    for (const [section, values, element] of heldIn(content)) {
      for (const [path, expected] of expectedIn(section, values, content.data.subject.values)) {
        const found = textsAt(record, element === "" ? path : `${element}/${path}`);
        assert.equal(found.slice(0, expected.length), expected, `${section} ${path}`);
        if (expected.length > 0) carried.add(`${section} ${path}`);
      }
    }
  }
  const named = SECTIONS.flatMap((section) =>
    fieldsOf(section)
      .filter(({ bureau, kind }) => bureau !== null && kind !== "fixed")
      .flatMap(({ bureau }) => bureau?.split(", ").map((path) => `${section} ${path}`) ?? []),
  );
  assert.equal([...carried].sort(), [...named].sort());
});

/** Without an element of their own, these decide what stands in those of others. */
const STEERING = ["samePerson", "messengerType", "leaderMessengerType"];

/** Every section of the kind with another value of the field. */
function changed({ data, ...rest }: Content, section: SectionKind, key: string, list: boolean): Content {
  const put = <T extends { kind: SectionKind; values: object }>(one: T): T =>
    one.kind === section ? { ...one, values: { ...one.values, [key]: list ? ["另外"] : "另外的值" } } : one;
  const websites = data.websites.map((site) => ({ ...put(site), accesses: site.accesses.map(put) }));
  const cancellation = data.cancellation && put(data.cancellation);
  return { ...rest, data: { ...data, subject: put(data.subject), websites, cancellation } };
}

test("agree that a field without an element changes nothing of what is sent", () => {
  const contents = [...drawn("first").slice(0, 3), ...drawn("cancel").slice(0, 3)];
  const before = contents.map(xmlOf);
  for (const section of SECTIONS) {
    const kept = fieldsOf(section).filter(({ bureau, key }) => bureau === null && !STEERING.includes(key));
    assert.ok(kept.length > 0, section);
    for (const { key, parts } of kept) {
      const after = contents.map((one) => xmlOf(changed(one, section, key, parts[0]?.list ?? false)));
      assert.ok(
        after.every((xml, index) => xml === before[index] && !xml.includes("另外")),
        `${section} ${key}`,
      );
    }
  }
});

test("agree that a field with an element does change it", () => {
  const [content] = drawn("first");
  const before = xmlOf(content!);
  for (const key of ["name", "address", "remark"])
    assert.is.not(xmlOf(changed(content!, "subject", key, false)), before, key);
});

test.run();
