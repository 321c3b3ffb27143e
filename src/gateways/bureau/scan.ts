import { SaxesParser } from "saxes";
import { XmlUnreadable } from "./errors.ts";
import type { Tree } from "./xml.ts";

/**
 * What of XML from outside is too much. A file of 50 MB of records has some two million elements, ten levels deep, and
 * next to no attributes.
 */
const LIMITS = { elements: 3_000_000, depth: 64, attributes: 32 };

/** Signs that are given to the parser at a time. */
const AT_ONCE = 64 * 1024;

const NONE: readonly never[] = Object.freeze([]);
const NO_ATTRIBUTES: Record<string, string> = Object.freeze({});

const broken = (why = "not well formed"): XmlUnreadable => new XmlUnreadable(why);

/**
 * The root element of a text and all below it, without the prefixes of names. No document type is taken, so there is no
 * entity but the five of XML itself, and nothing is loaded. At most so many `elements`. Throws `XmlUnreadable`, without any of the text.
 */
export function scanXml(raw: string, { elements = LIMITS.elements } = {}): Tree {
  const grown = grower({ ...LIMITS, elements });
  // Some put an empty line before the declaration, where none may be.
  const text = raw.trimStart();
  for (let at = 0; at < text.length; at += AT_ONCE) grown.parser.write(text.slice(at, at + AT_ONCE));
  grown.parser.close();
  const root = grown.root();
  if (!root) throw broken();
  return root;
}

/** A parser that lets a tree grow. */
function grower(limits: typeof LIMITS): { parser: SaxesParser; root(): Tree | undefined } {
  const parser = new SaxesParser();
  const open: Tree[] = [];
  let [root, elements, attributes]: [Tree | undefined, number, number] = [undefined, 0, 0];
  parser.on("error", () => {
    throw broken();
  });
  parser.on("doctype", () => {
    throw broken("document type declaration");
  });
  parser.on("opentagstart", () => {
    attributes = 0;
    if (++elements > limits.elements || open.length >= limits.depth) throw broken("too large");
  });
  parser.on("attribute", () => {
    if (++attributes > limits.attributes) throw broken("too large");
  });
  parser.on("opentag", (tag) => {
    const tree: Tree = {
      ...{ name: localName(tag.name), attributes: attributesOf(tag.attributes) },
      ...{ text: "", children: NONE as unknown as Tree[] },
    };
    hang(open.at(-1), tree);
    root ??= tree;
    open.push(tree);
  });
  const addText = (text: string): void => {
    const parent = open.at(-1);
    if (parent && parent.children.length === 0) parent.text += text;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const closed = open.pop();
    if (closed) closed.text = closed.children.length === 0 ? closed.text.trim() : "";
  });
  return { parser, root: () => root };
}

function hang(parent: Tree | undefined, tree: Tree): void {
  if (!parent) return;
  if (parent.children.length === 0) parent.children = [];
  parent.children.push(tree);
}

/** Names are interned: a file repeats some hundred of them a million times. */
const names = new Map<string, string>();
const INTERNED = 2000;

function localName(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  // Copied: a piece of a text keeps all of the text in memory.
  const copy = Buffer.from(name).toString();
  const local = copy.slice(copy.indexOf(":") + 1);
  if (names.size < INTERNED && name.length <= 64) names.set(copy, local);
  return local;
}

function attributesOf(given: Record<string, string>): Record<string, string> {
  const own = Object.entries(given).filter(([name]) => !/^xmlns(:|$)/.test(name));
  if (own.length === 0) return NO_ATTRIBUTES;
  return Object.fromEntries(own.map(([name, value]) => [localName(name), value]));
}
