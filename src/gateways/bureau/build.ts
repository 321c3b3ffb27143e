import { elementsOf, type Fields, type Item, valueAt } from "./elements.ts";
import type { ProblemOwner, SendProblem } from "./errors.ts";
import { ipv4Number } from "./ipv4.ts";
import type { Operation } from "./operations.ts";
import { withOwners } from "./owners.ts";
import type { Element } from "./xml.ts";

/** The element of an operation, such as XZBA or BGBA, with whom each block belongs to and what is wrong in it. */
export function operationElement(operation: Operation, version: string): Element {
  const { element, items } = elementsOf(version)[operation.kind];
  return [element, below(items, withOwners(operation))];
}

const below = (items: readonly Item[], value: unknown): Element[] =>
  items.flatMap((item) => elementsFor(item, value));

function elementsFor(item: Item, value: unknown): Element[] {
  const own = item.key === undefined ? value : valueAt(value, item.key);
  if (own === undefined || own === null) return [];
  const each = item.many && item.key !== undefined ? (own as unknown[]) : [own];
  return each.flatMap((one, index) =>
    item.items ? branch(item, item.items, one, index) : leaf(item, one, value as Fields),
  );
}

function branch(item: Item, items: Item[], value: unknown, index: number): Element[] {
  const content = below(items, value);
  if (item.optional && content.length === 0) return [];
  return item.owner
    ? [[item.element, content, ownerOf(item.owner, value, index)]]
    : [[item.element, content]];
}

/** An attachment has its place, counted from 1; what goes without an id has 0. */
function ownerOf([kind, id]: NonNullable<Item["owner"]>, value: unknown, index: number): ProblemOwner {
  if (kind === "attachment") return { kind, id: index + 1 };
  return { kind, id: id === undefined ? 0 : (valueAt(value, id) as number) };
}

function leaf(item: Item, value: unknown, beside: Fields): Element[] {
  const text = textOf(item, value);
  if (text === "") return [];
  const problem = problemOf(item, value, text, beside);
  return problem ? [[item.element, text, undefined, problem]] : [[item.element, text]];
}

/**
 * A text as it comes through XML and back: without blanks at both ends, and with one sign for the end of a line. A
 * parser would not keep either.
 */
export const plain = (text: string): string => text.replace(/\r\n?/g, "\n").trim();

function textOf({ as, codes }: Item, value: unknown): string {
  if (codes) return codes[String(value)] ?? "";
  if (as === "picture") return Buffer.from(value as Uint8Array).toString("base64");
  if (as === "joined") return plain((value as string[]).map(plain).join(";"));
  if (as === "ipv4") return String(ipv4Number(value as string) ?? value);
  return plain(String(value));
}

type Problem = Pick<SendProblem, "kind" | "most">;

function problemOf(item: Item, value: unknown, text: string, beside: Fields): Problem | undefined {
  if (item.as === "ipv4") return addressProblem(item, value as string, beside);
  if (!item.most) return undefined;
  const most = Number(item.most[String(beside[String(item.most.by)])] ?? item.most[""]);
  return text.length > most ? { kind: "too_large", most } : undefined;
}

/** A range is told once: where it begins with no address, nothing is said of its end. */
function addressProblem({ notBelow }: Item, address: string, beside: Fields): Problem | undefined {
  const first = notBelow === undefined ? 0 : ipv4Number(String(beside[notBelow]));
  if (first === undefined) return undefined;
  const number = ipv4Number(address);
  if (number === undefined) return { kind: "not_ipv4" };
  return number < first ? { kind: "range_reversed" } : undefined;
}
