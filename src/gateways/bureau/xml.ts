import { ParseOption, XmlDocument, XmlElement } from "libxml2-wasm";
import { type ProblemOwner, XmlUnreadable } from "./errors.ts";

/**
 * An element to be written: its name and either its text or its children, in order. `owner` is not written: it says whose
 * block this is, so that a problem in it can be told.
 */
export type Element = readonly [name: string, content: string | readonly Element[], owner?: ProblemOwner];

/** An element as read. `text` is all text below it, trimmed. */
export type Tree = { name: string; attributes: Record<string, string>; text: string; children: Tree[] };

/** Nothing outside the text is ever loaded: no entity, no DTD, no network. */
const SAFE =
  ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_SYS_CATALOG;
const DECLARATION = /^\ufeff?\s*<\?xml[^>]*\?>/;

/** A text with the declaration that the interface wants, and everything below `root` escaped. */
export function writeXml(root: Element, attributes: Record<string, string> = {}): string {
  const document = XmlDocument.create();
  try {
    const top = document.createRoot(root[0]);
    for (const [name, value] of Object.entries(attributes)) top.setAttr(name, value);
    fill(top, root[1]);
    const text = document.toString({ format: false }).replace(DECLARATION, "").trim();
    return `<?xml version="1.0" encoding="GBK"?>\n${text}`;
  } finally {
    document.dispose();
  }
}

function fill(parent: XmlElement, content: Element[1]): void {
  if (typeof content === "string") {
    parent.addText(content);
    return;
  }
  for (const [name, below] of content) fill(parent.addElement(name), below);
}

/**
 * Calls `use` with a parsed text that is already decoded: the encoding that the text declares is ignored, as the
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
export const readXml = (text: string): Tree => withXml(text, ({ root }) => treeOf(root));

function treeOf(element: XmlElement): Tree {
  const children: Tree[] = [];
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) children.push(treeOf(node));
  }
  const attributes = Object.fromEntries(element.attrs.map((attribute) => [attribute.name, attribute.value]));
  const text = children.length > 0 ? "" : element.content.trim();
  return { name: element.name, attributes, text, children };
}

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
