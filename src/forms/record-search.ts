import { isIP } from "node:net";
import { length, normalise } from "../lib/text.ts";
import type { Lookup } from "../models/filing/lookups.ts";
import type { RecordFilter } from "../models/record/filter.ts";
import type { Problem } from "../view.ts";
import { clean } from "../vocabulary/fields/clean.ts";
import { readNumber } from "./query.ts";
import { domainOf, isPersonal, readSearch } from "./search.ts";

/** What records are searched by, in the order of the form. `personal` never stands in an address. */
export const recordSearchFields = [
  { key: "number", label: "备案号", personal: false },
  { key: "name", label: "主办单位名称", personal: false },
  { key: "siteName", label: "网站名称", personal: false },
  { key: "domain", label: "域名", personal: false },
  { key: "homePage", label: "首页网址", personal: false },
  { key: "ip", label: "IP地址", personal: false },
  { key: "certNo", label: "证件号码", personal: true },
  { key: "person", label: "负责人姓名", personal: true },
  { key: "phone", label: "负责人电话", personal: true },
] as const;

type Key = (typeof recordSearchFields)[number]["key"];

/** What was typed, "" where nothing was; to be shown back. */
export type RecordSearchValues = Record<Key | "state", string>;

export type RecordSearch = {
  values: RecordSearchValues;
  filter: RecordFilter;
  problems: Problem[];
  /** Something of it must not stand in an address. */
  personal: boolean;
  /** Whether anything is searched by. */
  any: boolean;
};

export const recordStates = [
  { code: "valid", text: "有效" },
  { code: "cancelled", text: "已注销" },
] as const;

const MOST = 100;

const wrong: Partial<Record<Key, string>> = {
  number: "备案号不完整，例如京ICP备12345678号，或者京ICP备12345678号-1",
  domain: "域名应写到注册的那一级，例如example.cn",
  ip: "IP地址应是一个地址，例如203.0.113.18",
};

/** Each field in the spelling in which records hold it; undefined for what cannot be one. */
const readers: Record<Key, (text: string) => string | undefined> = {
  number: readNumber,
  name: (text) => text,
  siteName: (text) => text,
  domain: domainOf,
  homePage: (text) => clean("url", text),
  ip: (text) => (isIP(text) ? text : undefined),
  certNo: (text) => text,
  person: (text) => text,
  phone: (text) => text,
};

const kinds: Partial<Record<Key, Lookup["kind"]>> = { certNo: "document", person: "name", phone: "phone" };

const typed = (value: unknown): string =>
  typeof value === "string" ? [...normalise(value)].slice(0, MOST).join("") : "";

/** Reads a search for records, from a form, an address or a stored search. */
export function readRecordSearch(from: Readonly<Record<string, unknown>>): RecordSearch {
  const own = (key: string): unknown => (Object.hasOwn(from, key) ? from[key] : undefined);
  const state = recordStates.find(({ code }) => code === own("state"))?.code;
  const entries = recordSearchFields.map(({ key }) => [key, typed(own(key))] as const);
  const values = { ...Object.fromEntries(entries), state: state ?? "" } as RecordSearchValues;
  const given = entries.filter(([, text]) => text !== "");
  const read = given.map(([key, text]) => ({ key, value: readers[key](text) }));
  const problems = read
    .filter(({ value }) => value === undefined)
    .map(({ key }) => ({ field: key, text: wrong[key] ?? "" }));
  const known = read.flatMap(({ key, value }) => (value === undefined ? [] : [{ key, value }]));
  const persons = known.flatMap(({ key, value }) => {
    const kind = kinds[key];
    return kind ? [{ kind, value }] : [];
  });
  const filter: RecordFilter = {
    ...Object.fromEntries(known.filter(({ key }) => !kinds[key]).map(({ key, value }) => [key, value])),
    ...(state ? { state } : {}),
    ...(persons.length > 0 ? { persons } : {}),
  };
  const personal = persons.length > 0 || mayBePerson(values.name) || mayBePerson(values.siteName);
  return { values, filter, problems, personal, any: given.length > 0 || state !== undefined };
}

/** A name of a few characters may be somebody's, and so may numbers and mailboxes in any field of words. */
function mayBePerson(text: string): boolean {
  const wanted = length(text) > 0 ? readSearch(text) : undefined;
  return wanted !== undefined && isPersonal(wanted);
}

/** The search as it stands in an address, without "?"; what is personal never does. */
export const recordSearchQuery = (values: RecordSearchValues, more: Record<string, string> = {}): string =>
  new URLSearchParams(Object.entries({ ...values, ...more }).filter(([, value]) => value !== "")).toString();
