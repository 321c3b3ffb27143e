import type { ProblemOwner } from "./errors.ts";
import type { Operation } from "./operations.ts";
import { readVersionFile } from "./versions.ts";

/**
 * How one element is made of our data and read back. `key` is a path below the value in scope (`area.city`).
 * - without `items`: a value, written as `as` says; undefined and "" are left out, as the schema has lower limits
 * - with `items`: elements below it, in this order; with a `key` they speak of the value there, otherwise of the same
 * - `many`: the value is a list, and each of it an element; `optional`: left out where nothing is below
 */
export type Item = {
  element: string;
  key?: string;
  many?: boolean;
  /** `joined`: several texts with `;` between; `picture`: bytes in base64; `flag`: true or false, by `codes`. */
  as?: "text" | "number" | "ipv4" | "picture" | "joined" | "flag";
  /** Our word to the interface's code. */
  codes?: Record<string, string>;
  /** Key of an address that this one may not lie below. */
  notBelow?: string;
  /** Most characters in base64, by the value under the key `by`; under "" for every other. */
  most?: Record<string, number | string>;
  optional?: boolean;
  /** Whose problems those below are, and the key of its id (a place in the list, or 0, where there is none). */
  owner?: [kind: ProblemOwner["kind"], id?: string];
  items?: Item[];
};

/** The element of an operation, and what a record of it is made of. */
export type OperationItem = { element: string; items: Item[] };
export type Elements = Record<Operation["kind"], OperationItem>;

type Written = Omit<Item, "items"> & { items?: string | (Written | { use: string })[]; use?: undefined };
type Blocks = Record<string, (Written | { use: string })[]>;

/** Names of blocks stand for their items: below an element, or (`use`) in the middle of others. */
function resolved(items: string | (Written | { use: string })[], blocks: Blocks): Item[] {
  const list = typeof items === "string" ? blocks[items] : items;
  if (!list) throw new Error(`no block ${items}`);
  return list.flatMap((item): Item[] => {
    if (item.use !== undefined) return resolved(item.use, blocks);
    const { items: below, ...own } = item;
    return [below === undefined ? own : { ...own, items: resolved(below, blocks) }];
  });
}

const read = new Map<string, Elements>();

/** The elements of a version, from its `elements.json`; throws `UnknownVersion`. */
export function elementsOf(version: string): Elements {
  const known = read.get(version);
  if (known) return known;
  const { operations, blocks } = JSON.parse(readVersionFile(version, "elements.json")) as {
    operations: Record<string, { element: string; items: Written[] }>;
    blocks: Blocks;
  };
  const entries = Object.entries(operations).map(([kind, { element, items }]) => [
    kind,
    { element, items: resolved(items, blocks) },
  ]);
  const elements = Object.fromEntries(entries) as Elements;
  read.set(version, elements);
  return elements;
}

/** A thing of our data by its keys. */
export type Fields = Record<string, unknown>;

/** The value under a path such as `area.city`. */
export const valueAt = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((at, key) => (at as Fields | undefined)?.[key], value);
