import { type ProblemOwner, type SendProblem, Unsendable } from "./errors.ts";
import { illegalInXml, notInGbk } from "./gbk.ts";
import { ipv4Number } from "./ipv4.ts";
import { operationElement } from "./operation-blocks.ts";
import type { Operation, Upload } from "./operations.ts";
import { checkSchema, type SchemaProblem } from "./schema.ts";
import { type Element, writeXml } from "./xml.ts";

/** The version that the root carries; anything else is answered with 5004. */
export const INTERFACE_VERSION = "V.3.0";

/**
 * The XML of an upload with one operation, in the order of the interface, checked against our schema. Optional values
 * that are undefined or "" are left out. The text declares GBK and is still to be encoded (`pack`).
 * Throws `Unsendable` with every problem at once, none of which holds a value.
 */
export function uploadXml({ ispId, operation }: Upload): string {
  const root: Element = ["UploadData", [["ICP", [operationElement(operation), ["Qqdwid", String(ispId)]]]]];
  const problems = [...characterProblems(root), ...addressProblems(operation)];
  if (problems.length > 0) throw new Unsendable(problems);
  const xml = writeXml(root, { version: INTERFACE_VERSION });
  const breaches = checkSchema("upload", xml);
  if (breaches.length > 0) throw new Unsendable(breaches.map((breach) => schemaProblem(root, breach)));
  return xml;
}

const WHOLE_FILE: ProblemOwner = { kind: "file", id: 0 };
/** Pictures in base64: large, and never with a character that could be wrong. */
const PICTURES = new Set(["Spwj", "Fjnr"]);

const joined = (path: string, name: string): string => (path === "" ? name : `${path}/${name}`);

type Place = { owner: ProblemOwner; path: string };

/** Where an element stands once it is entered: below the nearest block that has an owner. */
const enter = ({ owner, path }: Place, [name, , own]: Element): Place =>
  own ? { owner: own, path: "" } : { owner, path: joined(path, name) };

function characterProblems(element: Element, at: Place = { owner: WHOLE_FILE, path: "" }): SendProblem[] {
  const [name, content] = element;
  const place = enter(at, element);
  if (PICTURES.has(name)) return [];
  if (typeof content !== "string") return content.flatMap((below) => characterProblems(below, place));
  const illegal = illegalInXml(content);
  if (illegal.length > 0) return [{ ...place, kind: "illegal_character", characters: illegal }];
  const missing = notInGbk(content);
  return missing.length > 0 ? [{ ...place, kind: "not_in_gbk", characters: missing }] : [];
}

function accessesOf(operation: Operation): { id: number; ips: { from: string; to: string }[] }[] {
  if (operation.kind === "join") return [operation.access];
  return "websites" in operation ? operation.websites.flatMap(({ accesses }) => [...accesses]) : [];
}

const addressProblems = (operation: Operation): SendProblem[] => {
  if (operation.kind === "unfiled-site-answer")
    return ipv4Number(operation.ip) === undefined
      ? [{ owner: { kind: "answer", id: 0 }, path: "IP", kind: "not_ipv4" }]
      : [];
  return accessesOf(operation).flatMap(({ id, ips }) =>
    ips.flatMap(({ from, to }) => rangeProblems({ kind: "access", id }, from, to)),
  );
};

function rangeProblems(owner: ProblemOwner, from: string, to: string): SendProblem[] {
  const [first, last] = [ipv4Number(from), ipv4Number(to)];
  if (first === undefined) return [{ owner, path: "Ip_xx/Qsip", kind: "not_ipv4" }];
  if (last === undefined) return [{ owner, path: "Ip_xx/Zzip", kind: "not_ipv4" }];
  return first > last ? [{ owner, path: "Ip_xx/Zzip", kind: "range_reversed" }] : [];
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
