import {
  type DownloadPart,
  type MachineResult,
  type Review,
  readDownload,
  resultAction,
  resultWords,
} from "../../src/gateways/bureau/index.ts";
import type { BureauResult, Decision, ResultCode } from "../../src/models/bureau/results.ts";

/**
 * What a downloaded file says, one entry a request or record, always in the same order for the same file. What the
 * bureau's machine and its person say about the same request is one decision. Throws `XmlUnreadable`.
 */
export const resultsOf = (xml: string): BureauResult[] => readDownload(xml).parts.flatMap(partResults);

function partResults(part: DownloadPart): BureauResult[] {
  if (part.kind === "records") return part.records.map((record) => ({ kind: "numbers", record }));
  if (part.kind === "cancellations") return [{ kind: "other", name: "ICP/ZXSJ", raw: part.raw }];
  if (part.kind === "other") return [{ kind: "other", name: part.name, raw: part.raw }];
  return decisionsOf(part.machine, part.reviews);
}

function decisionsOf(machine: readonly MachineResult[], reviews: readonly Review[]): Decision[] {
  const abouts = [...new Set([...machine, ...reviews].map(({ about }) => about))];
  return abouts.flatMap((about) => {
    const [said, decided] = [
      machine.filter((one) => one.about === about),
      reviews.filter((one) => one.about === about),
    ];
    // Without a subject each entry stands for itself: two rejected files are two results.
    if (about === "") return said.map((one) => decision(about, [one], []));
    return [decision(about, said, decided)];
  });
}

function decision(about: string, machine: readonly MachineResult[], reviews: readonly Review[]): Decision {
  const codes = machine.flatMap((one) => one.codes);
  const at = timeOf(reviews.at(-1)?.at ?? "");
  return {
    kind: kindOf(codes, reviews),
    about,
    codes,
    words: wordsOf(codes, reviews),
    ...(at ? { at } : {}),
  };
}

/** What speaks against it wins: a rejected file, then a refusal, then an approval; the rest is news. */
function kindOf(codes: readonly ResultCode[], reviews: readonly Review[]): Decision["kind"] {
  const actions = codes.map(({ code }) => resultAction(code));
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
