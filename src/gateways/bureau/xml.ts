import { ParseOption, XmlDocument } from "libxml2-wasm";
import { type ProblemOwner, type SendProblem, XmlUnreadable } from "./errors.ts";
import { scanXml } from "./scan.ts";

/**
 * An element to be written: its name and either its text or its children, in order. `owner` is not written: it says whose
 * block this is, so that a problem in it can be told, and neither is `problem`: what is wrong with its value.
 */
export type Element = readonly [
  name: string,
  content: string | readonly Element[],
  owner?: ProblemOwner | undefined,
  problem?: Pick<SendProblem, "kind" | "most">,
];

/** An element as read. `text` is all text below it, trimmed. */
export type Tree = { name: string; attributes: Record<string, string>; text: string; children: Tree[] };

/** Nothing outside the text is ever loaded: no entity, no DTD, no network. */
const SAFE =
  ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_SYS_CATALOG;
const DECLARATION = /^\ufeff?\s*<\?xml[^>]*\?>/;

/** A text with the declaration that the interface wants, and everything below `root` escaped. */
export function writeXml([name, content]: Element, attributes: Record<string, string> = {}): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<?xml version="1.0" encoding="GBK"?>\n${tagged(`${name}${given.join("")}`, name, content)}`;
}

/** An element as text, without a declaration. */
export const elementText = ([name, content]: Element): string => tagged(name, name, content);

function tagged(opening: string, name: string, content: Element[1]): string {
  const below = typeof content === "string" ? escaped(content) : content.map(elementText).join("");
  return below === "" ? `<${opening}/>` : `<${opening}>${below}</${name}>`;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** A carriage return that stands as it is would be read as the end of a line. */
const escaped = (text: string): string => text.replace(/[&<>"\r]/g, (sign) => ENTITIES[sign] ?? sign);

/**
 * For the schema, of what we write ourselves: calls `use` with a parsed text that is already decoded: the encoding that the text declares is ignored, as the
 * bureau writes GBK into strings that arrive decoded. Throws `XmlUnreadable`, without any of the text.
 */
export function withXml<T>(text: string, use: (document: XmlDocument) => T): T {
  const document = parse(text);
  try {
    if (document.dtd) throw new XmlUnreadable("document type declaration");
    return use(document);
  } finally {
    document.dispose();
  }
}

function parse(text: string): XmlDocument {
  try {
    return XmlDocument.fromString(text.replace(DECLARATION, ""), { option: SAFE });
  } catch {
    throw new XmlUnreadable("not well formed");
  }
}

/** The root element of a text and all below it. Throws `XmlUnreadable`. */
export const readXml = (text: string): Tree => scanXml(text);

/** The first child of this name. */
export const child = (tree: Tree | undefined, name: string): Tree | undefined =>
  tree?.children.find((one) => one.name === name);

/** All children of this name, in order. */
export const childrenOf = (tree: Tree | undefined, name: string): Tree[] =>
  tree?.children.filter((one) => one.name === name) ?? [];

/** Text of the element under a path such as `Zj/Zjlx`; undefined where it is missing or empty. */
export function textAt(tree: Tree | undefined, path: string): string | undefined {
  const found = path.split("/").reduce<Tree | undefined>((at, name) => child(at, name), tree);
  return found?.text || undefined;
}

/** The same as a whole number; undefined where it is missing or no safe integer. */
export function numberAt(tree: Tree | undefined, path: string): number | undefined {
  const text = textAt(tree, path);
  const number = Number(text);
  return text !== undefined && Number.isSafeInteger(number) ? number : undefined;
}
