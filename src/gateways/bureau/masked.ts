import { codeTable } from "../../vocabulary/code-tables.ts";
import { divisionName } from "../../vocabulary/divisions.ts";
import { maskEmail, maskIdentity, maskName, maskPhone } from "../../vocabulary/masking.ts";
import { ipv4Text } from "./ipv4.ts";
import { DEFAULT_VERSION, readVersionFile } from "./versions.ts";
import type { Tree } from "./xml.ts";

/** What an element holds of a person; `organisation`: a name that may be a person's, `text`: words of people. */
type Personal =
  | "organisation"
  | "identity"
  | "address"
  | "name"
  | "phone"
  | "email"
  | "account"
  | "text"
  | "picture"
  | "secret";

/** `versions/<version>/labels.json`: what elements are called, what is masked, which are codes of a table or addresses. */
type Labels = {
  labels: Record<string, string>;
  personal: Record<string, Personal>;
  codes: Record<string, string>;
  addresses: string[];
};

/** A line of a file as people may read it; `depth` from 0. `hidden`: something of it is masked or left out. */
export type MaskedRow = { depth: number; name: string; label: string; value: string; hidden: boolean };

const versions = new Map<string, Labels>();

function labelsOf(version: string): Labels {
  const read = versions.get(version);
  if (read) return read;
  const data = JSON.parse(readVersionFile(version, "labels.json")) as Labels;
  versions.set(version, data);
  return data;
}

/**
 * A file, or a part of one, as lines with Chinese labels: numbers of documents, phones, mail addresses, names of persons
 * and postal addresses are masked, pictures, passwords and remarks are left out, and so is everything that the version
 * does not know. At most `limit` lines after the first `from`; `more` is how many were left.
 */
export function maskedRows(
  tree: Tree,
  {
    version = DEFAULT_VERSION,
    from = 0,
    limit = 1000,
  }: { version?: string; from?: number; limit?: number } = {},
): { rows: MaskedRow[]; more: number } {
  const known = labelsOf(version);
  const rows: MaskedRow[] = [];
  let [more, passed] = [0, 0];
  const walk = (one: Tree, above: Tree | undefined, depth: number): void => {
    if (passed < from) passed++;
    else if (rows.length < limit) rows.push({ depth, ...rowOf(known, one, above) });
    else more++;
    for (const below of one.children) walk(below, one, depth + 1);
  };
  walk(tree, undefined, 0);
  return { rows, more };
}

/** Names of the elements that hold pictures. */
export const picturesOf = (version: string): string[] =>
  Object.entries(labelsOf(version).personal)
    .filter(([, kind]) => kind === "picture")
    .map(([name]) => name);

function rowOf(known: Labels, tree: Tree, above: Tree | undefined): Omit<MaskedRow, "depth"> {
  const { name, text, children } = tree;
  const label = known.labels[name];
  if (children.length > 0 || text === "") return { name, label: label ?? name, value: "", hidden: false };
  if (label === undefined) return { name, label: name, value: `${text.length}个字，不显示`, hidden: true };
  const personal = known.personal[name];
  if (personal === undefined) return { name, label, value: plain(known, name, text), hidden: false };
  const value = masks[personal](text, above);
  return { name, label, value, hidden: value !== text };
}

const AREAS = ["Shengid", "Shiid", "Xianid"];

/** What is no person's, with the words of its code or as an address. */
function plain(known: Labels, name: string, text: string): string {
  if (known.addresses.includes(name)) return ipv4Text(Number(text)) ?? text;
  if (AREAS.includes(name)) return withWords(text, divisionName(text));
  // 服务器放置地 has numbers of its own for the provinces.
  if (name === "Fbdd")
    return withWords(text, codeTable("province").rows.find(({ fbdd }) => fbdd === text)?.zh);
  const table = known.codes[name];
  return withWords(text, table && codeTable(table).rows.find(({ code }) => code === text)?.zh);
}

const withWords = (code: string, words: string | undefined): string =>
  words && words !== code ? `${code} ${words}` : code;

/** The province and the city may be read, the rest not; of a short address no more than half. */
const AREA_SIGNS = 6;
const areaOf = (text: string): string => {
  const signs = [...text];
  return signs.slice(0, Math.min(AREA_SIGNS, Math.floor(signs.length / 2))).join("");
};

const masks: Record<Personal, (text: string, above: Tree | undefined) => string> = {
  organisation: (text, above) => (mayBePerson(text, above) ? maskName(text) : text),
  identity: maskIdentity,
  name: maskName,
  phone: maskPhone,
  email: maskEmail,
  address: (text) => `${areaOf(text)}****`,
  account: (text) => `${text.slice(0, 2)}****`,
  text: (text) => `${[...text].length}个字，不显示`,
  // One sign stands for a picture that was taken out beforehand.
  picture: (text) =>
    text.length < 2
      ? "图片，不显示"
      : `图片，约${Math.max(1, Math.round((text.length * 3) / 4 / 1024))} KB，不显示`,
  secret: () => "不显示",
};

const SHORT = 4;

/** Of a subject whose nature is 个人 the name is a person's; without its nature a short name may be one, as a 投资者's may. */
function mayBePerson(text: string, above: Tree | undefined): boolean {
  const nature = above?.children.find(({ name }) => name === "Dwxz")?.text;
  const row = codeTable("unit_nature").rows.find(({ code }) => code === nature);
  const length = [...text].length;
  return row?.individual === true || length < SHORT || (!row && (length === SHORT || /[·•]/.test(text)));
}
