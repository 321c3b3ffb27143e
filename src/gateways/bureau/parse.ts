import { elementsOf, type Fields, type Item } from "./elements.ts";
import { XmlUnreadable } from "./errors.ts";
import { ipv4Text } from "./ipv4.ts";
import type { Operation } from "./operations.ts";
import { child, childrenOf, numberAt, readXml, type Tree } from "./xml.ts";

/** What was read of something: anything may be missing, and what the interface does not carry always is. */
export type Read<T> = T extends Uint8Array
  ? Uint8Array
  : T extends (infer One)[]
    ? Read<One>[]
    : T extends object
      ? { [Key in keyof T]?: Read<T[Key]> }
      : T;

type Kind = Operation["kind"];
/** An operation as read from a file; a supplement holds every picture of the file that stands for itself. */
export type ReadOperation = {
  [One in Kind]: { kind: One } & Read<Omit<Extract<Operation, { kind: One }>, "kind">>;
}[Kind];

export type ReadUpload = { version: string; ispId: number | undefined; operations: ReadOperation[] };

/**
 * The operations of a file that was sent, by the same description that builds them. Elements that the version does not
 * know are passed over. Throws `XmlUnreadable` and, for a version that nobody described, `UnknownVersion`.
 */
export function parseUpload(xml: string): ReadUpload {
  const root = readXml(xml);
  const icp = child(root, "ICP");
  if (root.name !== "UploadData" || !icp) throw new XmlUnreadable("no upload");
  const version = root.attributes.version ?? "";
  const kinds = Object.entries(elementsOf(version)) as [Kind, { element: string; items: Item[] }][];
  const operations = icp.children.flatMap((tree) => {
    const found = kinds.find(([, { element }]) => element === tree.name);
    return found ? recordsOf(found[0], found[1].items, tree) : [];
  });
  return { version, ispId: numberAt(icp, "Qqdwid"), operations };
}

/** Each element below that of the operation is a record; of one that is a list, all of them together are. */
function recordsOf(kind: Kind, items: Item[], tree: Tree): ReadOperation[] {
  const [record] = items;
  const alone = record?.many ? [tree] : tree.children.map((one) => ({ ...tree, children: [one] }));
  return alone.map((one) => ({ kind, ...fieldsOf(items, one) }) as ReadOperation);
}

function fieldsOf(items: readonly Item[], tree: Tree): Fields {
  const fields: Fields = {};
  for (const item of items) take(item, tree, fields);
  return fields;
}

function take(item: Item, tree: Tree, fields: Fields): void {
  if (item.items && item.key === undefined) {
    const [one] = childrenOf(tree, item.element);
    for (const below of item.items) take(below, one ?? { ...tree, children: [] }, fields);
    return;
  }
  const values = childrenOf(tree, item.element)
    .map((one) => (item.items ? fieldsOf(item.items, one) : readValue(item, one.text)))
    .filter((value) => value !== undefined);
  const value = item.many ? values : values[0];
  if (item.key !== undefined && value !== undefined) put(fields, item.key.split("."), value);
}

function put(fields: Fields, [key = "", ...further]: string[], value: unknown): void {
  if (further.length === 0) {
    fields[key] = value;
    return;
  }
  fields[key] ??= {};
  put(fields[key] as Fields, further, value);
}

function readValue({ as, codes }: Item, text: string): unknown {
  if (text === "") return undefined;
  if (codes) {
    const word = Object.entries(codes).find(([, code]) => code === text)?.[0];
    return as === "flag" && word !== undefined ? word === "true" : word;
  }
  if (as === "picture") return Buffer.from(text, "base64");
  if (as === "joined") return text.split(";");
  if (as === "ipv4") return ipv4Text(Number(text));
  return as === "number" ? Number(text) : text;
}
