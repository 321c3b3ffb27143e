import type { BureauRecord, CodeTable, ListItem } from "../../gateways/bureau/downloads.ts";
import type { Scope } from "../../vocabulary/filing.ts";

export type ResultCode = { code: number; words: string };

/**
 * What the bureau says about one request of ours, its machine and its person taken together (BAJG).
 * - `news` decides nothing (1060, 1062); `file_rejected`: the whole file or our right to send it (5001 …)
 * - `operation` is Czlx; without it any operation may be meant
 * - `about` is one name of the request, `also` further ones: a number, an id of ours or of the bureau, see `namesIn`;
 *   empty where the words name a file
 */
export type Decision = {
  kind: "approved" | "refused" | "news" | "file_rejected";
  operation?: number | undefined;
  about: string;
  also?: string[];
  codes: ResultCode[];
  /** What the bureau wrote, as the reviewer and the registrant read it. */
  words: string;
  /** When a person at the bureau decided; undefined where the bureau gives no time of day. */
  at?: Date | undefined;
};

/** One thing in a downloaded file. `other` is kept and shown to a person: nothing is dropped. */
export type BureauResult =
  | Decision
  /** `at`: the newest time that the record carries. */
  | { kind: "numbers"; record: BureauRecord; at?: Date | undefined }
  /** 注销数据: the bureau cancelled it by itself, or for another provider; `bureauId` is the bureau's id. */
  | { kind: "cancelled"; of: Scope | undefined; bureauId: number | undefined; words: string }
  /** 核实任务: a record that the provider has to look at, by the bureau's ids. */
  | { kind: "inquiry"; record: BureauRecord }
  | ListItem
  /** 基础代码: one of the bureau's tables. */
  | { kind: "codes"; table: CodeTable }
  /** 数据同步: a record as it stands at the bureau, for 对账. */
  | { kind: "copy"; record: BureauRecord }
  | { kind: "other"; name: string; raw: unknown };

/** Answers to what we sent. */
export type Answered = Decision | Extract<BureauResult, { kind: "numbers" }>;
/** What comes by itself. */
export type Unasked = Exclude<BureauResult, Answered>;

const ANSWERED: readonly BureauResult["kind"][] = ["approved", "refused", "news", "file_rejected", "numbers"];

export const isUnasked = (result: BureauResult): result is Unasked => !ANSWERED.includes(result.kind);

/** `parked`: for a person, never applied by guess. */
export type Outcome = "applied" | "repeated" | "parked";

/** What became of a result; the note is for staff and holds places and codes, never a value of a person. */
export type Applied = { outcome: Outcome; filingId: number | null; note: string | null };
