import { openText } from "../../crypto/seal.ts";
import type { Filing } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { resultContext } from "./answers.ts";
import type { BureauResult, Outcome } from "./results.ts";

/** A result about a filing with what the bureau wrote. */
export type BureauWords = {
  id: number;
  kind: BureauResult["kind"];
  outcome: Outcome;
  /** Result codes (Jgdm). */
  codes: number[];
  /** As the bureau wrote it; "" where it wrote nothing. */
  words: string;
  /** What differs from our record, or why it was parked; for staff. */
  note: string | null;
  /** Name of the file it came in. */
  fileName: string;
  receivedAt: Date;
};

type Row = Omit<BureauWords, "codes" | "words"> & {
  answerId: number;
  position: number;
  dataKey: Buffer;
  sealed: Buffer | null;
};

/** Everything the bureau said about a filing, newest first. */
export async function bureauWordsOf(
  store: Store,
  filing: Pick<Filing, "id" | "ispId">,
): Promise<BureauWords[]> {
  const rows = await store.db<Row[]>`
    select r.id, r.answer_id, r.position, r.kind, r.outcome, r.note, r.sealed, a.data_key, a.file_name, a.received_at
    from bureau_results r join bureau_answers a on a.id = r.answer_id
    where r.filing_id = ${filing.id} and r.isp_id = ${filing.ispId} order by r.id desc limit 100`;
  return rows.map(({ answerId, position, dataKey, sealed, ...row }) => {
    const result = sealed && opened(store, dataKey, sealed, resultContext(answerId, position));
    return { ...row, ...said(result || undefined) };
  });
}

function opened(store: Store, dataKey: Buffer, sealed: Buffer, context: string): BureauResult {
  return JSON.parse(openText(store.vault.unwrap(dataKey), sealed, context)) as BureauResult;
}

function said(result: BureauResult | undefined): { codes: number[]; words: string } {
  if (result === undefined || !("codes" in result)) return { codes: [], words: "" };
  return { codes: result.codes.map(({ code }) => code), words: result.words };
}

/** The newest refusal of a filing, in the bureau's words; undefined when it was never refused. */
export const lastRefusal = async (
  store: Store,
  filing: Pick<Filing, "id" | "ispId">,
): Promise<BureauWords | undefined> =>
  (await bureauWordsOf(store, filing)).find(
    ({ kind, outcome }) => kind === "refused" && outcome === "applied",
  );

/** Refused by a person (1002), or with a code of no meaning; everything else names a fault in the data. */
const UNSPECIFIC = [1002, 1999];

/** A refusal within so many hours of the upload may come from the short-message check. */
const CHECK_HOURS = 26;

/**
 * A refusal within about a day is usually a missed short-message check (since 2020-08-17 the code must be entered within
 * 24 hours, or the filing comes back by itself). Gives the sentence to show below the bureau's words, or undefined
 * where the refusal names another reason or the check was done.
 */
export function refusalExplanation(refusal: {
  acceptedAt: Date;
  refusedAt: Date;
  /** The filing left 待短信核验 before it was refused. */
  checkDone: boolean;
  codes: readonly number[];
  words: string;
}): string | undefined {
  const missed = "负责人没有在24小时内完成短信核验，备案会自动退回。重新提交后，请在收到短信后尽快完成核验。";
  if (/短信/.test(refusal.words)) return missed;
  const hours = (refusal.refusedAt.getTime() - refusal.acceptedAt.getTime()) / 3_600_000;
  const specific = refusal.codes.some((code) => !UNSPECIFIC.includes(code));
  if (refusal.checkDone || specific || hours > CHECK_HOURS) return undefined;
  return `提交管局后一天左右就退回的，多半是短信核验没有完成。${missed}`;
}
