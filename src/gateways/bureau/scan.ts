import { XmlUnreadable } from "./errors.ts";
import type { Tree } from "./xml.ts";

/**
 * Reads XML from outside in one pass over the text, within fixed limits: no document type, so no entity but the five of
 * XML itself, nothing loaded, and nothing built for what is too much. A file of 50 MB of records has some two million
 * elements, ten levels deep, and next to no attributes.
 */
const LIMITS = { elements: 3_000_000, depth: 64, attributes: 32, tag: 16_384 };

const NAME = /[A-Za-z_:\u0080-\uffff][-.\w:\u00b7\u0080-\uffff]*/y;
const ATTRIBUTE = /\s+([A-Za-z_:\u0080-\uffff][-.\w:\u00b7\u0080-\uffff]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for here
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const REFERENCE = /&(?:(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[a-z]{2,4});)?/g;
const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

const NONE: readonly never[] = Object.freeze([]);
const NO_ATTRIBUTES: Record<string, string> = Object.freeze({});

type Open = { name: string; tree: Tree; text: string };

type State = { text: string; at: number; open: Open[]; root: Tree | undefined; elements: number };

/** The root element of a text and all below it. Throws `XmlUnreadable`, without any of the text. */
export function scanXml(text: string): Tree {
  if (ILLEGAL.test(text)) throw broken();
  const state: State = {
    text,
    at: text.startsWith("\ufeff") ? 1 : 0,
    open: [],
    root: undefined,
    elements: 0,
  };
  while (state.at < text.length) step(state);
  if (!state.root || state.open.length > 0) throw broken();
  return state.root;
}

const broken = (why = "not well formed"): XmlUnreadable => new XmlUnreadable(why);

/** One run of text, or one mark. */
function step(state: State): void {
  const { text, at } = state;
  const mark = text.indexOf("<", at);
  const end = mark === -1 ? text.length : mark;
  if (end > at) addText(state, unescaped(text.slice(at, end)));
  state.at = end;
  if (mark === -1) return;
  const next = text[mark + 1];
  if (next === "/") closeElement(state);
  else if (next === "?") state.at = after(text, "?>", mark + 2);
  else if (next === "!") readMarked(state);
  else openElement(state);
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  if (found === -1) throw broken();
  return found + mark.length;
}

/** A comment or CDATA; anything else that begins so belongs to a document type. */
function readMarked(state: State): void {
  const { text, at } = state;
  if (text.startsWith("<!--", at)) {
    state.at = after(text, "-->", at + 4);
  } else if (text.startsWith("<![CDATA[", at)) {
    state.at = after(text, "]]>", at + 9);
    addText(state, text.slice(at + 9, state.at - 3));
  } else throw broken("document type declaration");
}

/** Outside the root there may be white space alone; beside other elements text is of no interest. */
function addText({ open }: State, text: string): void {
  const parent = open.at(-1);
  if (!parent) {
    if (text.trim() !== "") throw broken();
  } else if (parent.tree.children.length === 0) parent.text += text;
}

function openElement(state: State): void {
  const name = matched(state, NAME, state.at + 1)?.[0];
  if (name === undefined) throw broken();
  if (++state.elements > LIMITS.elements || state.open.length >= LIMITS.depth) throw broken("too large");
  const tree: Tree = {
    name: localName(name),
    attributes: readAttributes(state, state.at),
    text: "",
    children: NONE as unknown as Tree[],
  };
  hang(state, tree);
  const ending = matched(state, TAG_END, state.at);
  if (!ending) throw broken();
  if (ending[1] === "") state.open.push({ name, tree, text: "" });
}

function hang(state: State, tree: Tree): void {
  const parent = state.open.at(-1);
  if (parent) {
    if (parent.tree.children.length === 0) parent.tree.children = [];
    parent.tree.children.push(tree);
  } else if (state.root) throw broken();
  else state.root = tree;
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

function readAttributes(state: State, from: number): Record<string, string> {
  let found: Record<string, string> | undefined;
  for (let count = 0; ; count++) {
    const match = matched(state, ATTRIBUTE, state.at);
    if (!match) return found ?? NO_ATTRIBUTES;
    if (count >= LIMITS.attributes || state.at - from > LIMITS.tag) throw broken("too large");
    const [, name = "", quoted, single = ""] = match;
    if (/^xmlns(:|$)/.test(name)) continue;
    found ??= {};
    const local = localName(name);
    if (Object.hasOwn(found, local)) throw broken();
    Object.defineProperty(found, local, {
      value: unescaped(quoted ?? single),
      enumerable: true,
    });
  }
}

function closeElement(state: State): void {
  const name = matched(state, NAME, state.at + 2)?.[0];
  const ending = matched(state, TAG_END, state.at);
  const closed = state.open.pop();
  if (!closed || !ending || ending[1] !== "" || closed.name !== name) throw broken();
  if (closed.tree.children.length === 0) closed.tree.text = closed.text.trim();
}

/** What a sticky expression finds at a place; the place moves behind it. */
function matched(state: State, expression: RegExp, at: number): RegExpExecArray | undefined {
  expression.lastIndex = at;
  const match = expression.exec(state.text);
  if (!match) return undefined;
  state.at = expression.lastIndex;
  return match;
}

/** Text with line ends as XML has them and what is written by reference; an ampersand alone is none. */
function unescaped(raw: string): string {
  const text = raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw;
  return text.includes("&") ? text.replace(REFERENCE, (_, name: string = "") => characterOf(name)) : text;
}

function characterOf(name: string): string {
  const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  if (named !== undefined) return named;
  if (!name.startsWith("#")) throw broken();
  const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (!(code > 0 && code <= 0x10ffff) || isSurrogate || ILLEGAL.test(String.fromCodePoint(code)))
    throw broken();
  return String.fromCodePoint(code);
}
