import { operationElement } from "./build.ts";
import { PackagingFailed, type ProblemOwner, type SendProblem, Unsendable } from "./errors.ts";
import { decodeGbk, encodeGbk, illegalInXml, notInGbk } from "./gbk.ts";
import type { Operation, Upload } from "./operations.ts";
import { checkSchema, type SchemaProblem } from "./schema.ts";
import { DEFAULT_VERSION, versionData } from "./versions.ts";
import { type Element, elementText } from "./xml.ts";

/** One operation as it stands below its element (such as XZBA); `count` of the records that a file may hold. */
export type UploadRecord = {
  element: string;
  /** Its text in the encoding of the file, in which a thousand of them need least room. */
  bytes: Buffer;
  count: number;
};

/**
 * One operation as a record of a file, in the order of the interface and valid by our schema of the version. Optional
 * values that are undefined or "" are left out. Throws `Unsendable` with every problem at once, none of which holds a
 * value, and `UnknownVersion`.
 */
export function recordXml(operation: Operation, version: string): UploadRecord {
  const built = operationElement(operation, version);
  const root: Element = ["UploadData", [["ICP", [built, ["Qqdwid", "1"]]]]];
  const problems = problemsIn(root);
  if (problems.length > 0) throw new Unsendable(problems);
  const [element, content] = built;
  const parts = typeof content === "string" ? [] : content;
  const xml = parts.map(elementText).join("");
  const [head, tail] = frame(1, version);
  const breaches = checkSchema("upload", `${head}<${element}>${xml}</${element}>${tail}`, version);
  if (breaches.length > 0) throw new Unsendable(breaches.map((breach) => schemaProblem(root, breach)));
  // Copied: an encoder that gives a part of what it made room for would keep all of that.
  return { element, bytes: Buffer.from(encodeGbk(xml)), count: parts.length };
}

/** What stands before and behind the operations of a file. */
const frame = (ispId: number, version: string): [head: string, tail: string] => [
  `<?xml version="1.0" encoding="GBK"?>\n<UploadData version="${version}"><ICP>`,
  `<Qqdwid>${ispId}</Qqdwid></ICP></UploadData>`,
];

/** Room for everything around the records: declaration, root, every operation's element, number of the provider. */
const FRAME_BYTES = 512;

/** True when these records fit into one file of the version. */
export function fitOneFile(
  records: readonly Pick<UploadRecord, "count" | "bytes">[],
  version: string,
): boolean {
  const { maxRecords, maxBytes } = versionData(version).file;
  const count = records.reduce((sum, record) => sum + record.count, 0);
  const size = records.reduce((sum, { bytes }) => sum + bytes.length, FRAME_BYTES);
  return count >= 1 && count <= maxRecords && size <= maxBytes;
}

/**
 * The bytes of a file: records of one operation under its element, each element once, in the order of the version. Every
 * record was validated when it was made, so they only follow each other, and are never joined: that would be a second
 * 50 MB. Throws `PackagingFailed` for no record, and for more than one file may hold (`fitOneFile`).
 */
export function fileChunks(ispId: number, records: readonly UploadRecord[], version: string): Buffer[] {
  if (records.length === 0) throw new PackagingFailed("record_count");
  if (!fitOneFile(records, version)) throw new PackagingFailed("too_large");
  const below = versionData(version).file.order.flatMap((element) => {
    const own = records.filter((record) => record.element === element).map(({ bytes }) => bytes);
    return own.length === 0 ? [] : [Buffer.from(`<${element}>`), ...own, Buffer.from(`</${element}>`)];
  });
  const [head, tail] = frame(ispId, version);
  return [Buffer.from(head), ...below, Buffer.from(tail)];
}

/** The same as text. It declares GBK and is still to be encoded (`pack`). Throws as `fileChunks` does. */
export const fileXml = (ispId: number, records: readonly UploadRecord[], version: string): string =>
  decodeGbk(Buffer.concat(fileChunks(ispId, records, version)));

/** The text of a file with one operation. Throws as `recordXml` and `fileXml` do. */
export const uploadXml = ({ ispId, operation, version = DEFAULT_VERSION }: Upload): string =>
  fileXml(ispId, [recordXml(operation, version)], version);

const WHOLE_FILE: ProblemOwner = { kind: "file", id: 0 };

const joined = (path: string, name: string): string => (path === "" ? name : `${path}/${name}`);

type Place = { owner: ProblemOwner; path: string };

/** Where an element stands once it is entered: below the nearest block that has an owner. */
const enter = ({ owner, path }: Place, [name, , own]: Element): Place =>
  own ? { owner: own, path: "" } : { owner, path: joined(path, name) };

/** What is wrong with the values: found when they were built, or a character that cannot be sent. */
function problemsIn(element: Element, at: Place = { owner: WHOLE_FILE, path: "" }): SendProblem[] {
  const [, content, , problem] = element;
  const place = enter(at, element);
  if (problem) return [{ ...place, ...problem }];
  if (typeof content !== "string") return content.flatMap((below) => problemsIn(below, place));
  const illegal = illegalInXml(content);
  if (illegal.length > 0) return [{ ...place, kind: "illegal_character", characters: illegal }];
  const missing = notInGbk(content);
  return missing.length > 0 ? [{ ...place, kind: "not_in_gbk", characters: missing }] : [];
}

/** A breach of the schema in words of the operation. An element that stands wrongly is a fault of what it stands in. */
function schemaProblem(root: Element, { xpath, rule, expected }: SchemaProblem): SendProblem {
  const places = placesOf(root, xpath);
  const [last, above] = [places.at(-1), places.at(-2)];
  const name =
    xpath
      .split("/")
      .at(-1)
      ?.replace(/\[\d+\]/g, "") ?? "";
  const misplaced = rule === "order" && last?.path === "" && above;
  const place = misplaced ? { owner: above.owner, path: joined(above.path, name) } : last;
  const found = place && place.owner.kind !== "file" ? place : { owner: WHOLE_FILE, path: xpath };
  return {
    ...found,
    kind: "schema",
    detail: expected.length > 0 ? `${rule}: ${expected.join(", ")}` : rule,
  };
}

/** The places on the way to an XPath of libxml2: positions count from 1 and are left out for the only one. */
function placesOf(root: Element, xpath: string): Place[] {
  const places: Place[] = [];
  let [at, level]: [Place, readonly Element[]] = [{ owner: WHOLE_FILE, path: "" }, [root]];
  for (const step of xpath.split("/").filter(Boolean)) {
    const [, name, position = "1"] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const element = level.filter(([other]) => other === name)[Number(position) - 1];
    if (!element) return places;
    at = enter(at, element);
    places.push(at);
    level = typeof element[1] === "string" ? [] : element[1];
  }
  return places;
}
