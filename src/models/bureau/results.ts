import type { BureauRecord } from "../../gateways/bureau/downloads.ts";

export type ResultCode = { code: number; words: string };

/**
 * What the bureau says about one request of ours, its machine and its person taken together (BAJG).
 * - `news` decides nothing (1060, 1062); `file_rejected`: the whole file or our right to send it (5001 …)
 * - `about` is our subject id for a first filing, or empty where the words name a file
 */
export type Decision = {
  kind: "approved" | "refused" | "news" | "file_rejected";
  about: string;
  codes: ResultCode[];
  /** What the bureau wrote, as the reviewer and the registrant read it. */
  words: string;
  /** When a person at the bureau decided; undefined where the bureau gives no time of day. */
  at?: Date | undefined;
};

/** One thing in a downloaded file. `other` is kept and shown to a person: nothing is dropped. */
export type BureauResult =
  | Decision
  | { kind: "numbers"; record: BureauRecord }
  | { kind: "other"; name: string; raw: unknown };

/** `parked`: for a person, never applied by guess. */
export type Outcome = "applied" | "repeated" | "parked";

/** What became of a result; the note is for staff and holds places and codes, never a value of a person. */
export type Applied = { outcome: Outcome; filingId: number | null; note: string | null };
