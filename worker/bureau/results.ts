import {
  type BureauRecord,
  DEFAULT_VERSION,
  type DownloadPart,
  type MachineResult,
  operationCodes,
  type Review,
  readDownload,
  resultAction,
  resultWords,
} from "../../src/gateways/bureau/index.ts";
import type { BureauResult, Decision, ResultCode } from "../../src/models/bureau/results.ts";

/**
 * What a downloaded file says, one entry a request or record, always in the same order for the same file. What the
 * bureau's machine and its person say about the same request is one decision; the version says what their codes come to.
 * Throws `XmlUnreadable`.
 */
export const resultsOf = (xml: string, version = DEFAULT_VERSION): BureauResult[] =>
  readDownload(xml).parts.flatMap((part) => partResults(part, version));

type Reader<K> = (part: Extract<DownloadPart, { kind: K }>, version: string) => BureauResult[];

const readers: { [K in DownloadPart["kind"]]: Reader<K> } = {
  results: ({ machine, reviews }, version) => decisionsOf(machine, reviews, version),
  records: ({ records }) => records.map(numbersOf),
  inquiries: ({ records }) => records.map((record) => ({ kind: "inquiry", record })),
  copies: ({ records }) => records.map((record) => ({ kind: "copy", record })),
  cancellations: ({ items }) =>
    items.map(({ of, bureauId, remark }) => ({ kind: "cancelled", of, bureauId, words: remark })),
  lists: ({ items }) => items,
  codes: ({ tables }) => tables.map((table) => ({ kind: "codes", table })),
  other: ({ name, raw }) => [{ kind: "other", name, raw }],
};

const partResults = (part: DownloadPart, version: string): BureauResult[] =>
  (readers[part.kind] as (part: DownloadPart, version: string) => BureauResult[])(part, version);

function numbersOf(record: BureauRecord): BureauResult {
  const times = timesIn(record.raw).map((at) => at.getTime());
  return { kind: "numbers", record, ...(times.length > 0 ? { at: new Date(Math.max(...times)) } : {}) };
}

/** 最近更新时间 and 审核时间 of everything in a record, where they have a time of day. */
function timesIn({ name, text, children }: BureauRecord["raw"]): Date[] {
  const own = name === "Zjxgsj" || name === "Shsj" ? timeOf(text) : undefined;
  return [...(own ? [own] : []), ...children.flatMap(timesIn)];
}

/** What is said about one request: by the machine, by persons, under one or more names. */
type Said = {
  operation: number | undefined;
  names: string[];
  machine: MachineResult[];
  reviews: Review[];
};

function decisionsOf(
  machine: readonly MachineResult[],
  reviews: readonly Review[],
  version: string,
): Decision[] {
  const groups: Said[] = [];
  for (const one of machine) groupOf(groups, one).machine.push(one);
  for (const one of reviews) groupOf(groups, one).reviews.push(one);
  return joined(groups).map((said) => decision(said, version));
}

/** The group of a name, new where there is none. Without a name each entry stands for itself: two rejected files. */
function groupOf(
  groups: Said[],
  { operation, about }: { operation: number | undefined; about: string },
): Said {
  const same = groups.find(
    (one) =>
      about !== "" &&
      one.names.includes(about) &&
      (one.operation === undefined || operation === undefined || one.operation === operation),
  );
  if (same) {
    same.operation ??= operation;
    return same;
  }
  const made: Said = { operation, names: about === "" ? [] : [about], machine: [], reviews: [] };
  groups.push(made);
  return made;
}

/**
 * The machine may call a request otherwise than the person does: 新增网站 by the subject's number and by our websites. Where
 * a file has one such request alone of an operation, both are taken together; otherwise nobody knows which belong.
 */
function joined(groups: readonly Said[]): Said[] {
  const gone = new Set<Said>();
  for (const spoken of groups) {
    const { operation } = spoken;
    if (operation === undefined || operation === operationCodes.first) continue;
    const alike = groups.filter((one) => one.operation === operation && one.names.length > 0);
    const machine = alike.filter((one) => one.reviews.length === 0);
    const persons = alike.filter((one) => one.machine.length === 0);
    const fits = persons.length === 1 || (operation === operationCodes.add && persons.length > 1);
    if (machine.length !== 1 || machine[0] !== spoken || !fits) continue;
    for (const person of persons) {
      spoken.names.push(...person.names);
      spoken.reviews.push(...person.reviews);
      gone.add(person);
    }
  }
  return groups.filter((one) => !gone.has(one));
}

function decision({ operation, names, machine, reviews }: Said, version: string): Decision {
  const codes = machine.flatMap((one) => one.codes);
  const at = timeOf(reviews.at(-1)?.at ?? "");
  const [about = "", ...also] = names;
  return {
    kind: kindOf(codes, reviews, version),
    ...(operation === undefined ? {} : { operation }),
    about,
    ...(also.length > 0 ? { also } : {}),
    codes,
    words: wordsOf(codes, reviews),
    ...(at ? { at } : {}),
  };
}

/** What speaks against it wins: a rejected file, then a refusal, then an approval; the rest is news. */
function kindOf(codes: readonly ResultCode[], reviews: readonly Review[], version: string): Decision["kind"] {
  const actions = codes.map(({ code }) => resultAction(code, version));
  if (actions.includes("file_rejected")) return "file_rejected";
  if (actions.includes("refused") || reviews.some(({ approved }) => !approved)) return "refused";
  return actions.includes("approved") || reviews.length > 0 ? "approved" : "news";
}

/** 管局审核拒绝 says nothing beside what the person wrote. */
const REFUSED = 1002;

function wordsOf(codes: readonly ResultCode[], reviews: readonly Review[]): string {
  const written = reviews.map(({ words }) => words.trim()).filter((words) => words !== "");
  const spoken = codes
    .filter(({ code }) => code !== REFUSED || written.length === 0)
    .map(({ code, words }) => words.trim() || resultWords(code) || `代码${code}`);
  return [...new Set([...written, ...spoken])].join("；");
}

/** Shsj is 10 to 22 characters, in China's time; only one with a time of day can be compared. */
function timeOf(text: string): Date | undefined {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)/.exec(text.trim()) ?? [];
  const at = new Date(`${day}T${clock}+08:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
