import { openText } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { hasRole, type Staff } from "../actor.ts";
import { Forbidden, NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { type Answer, answerColumns, resultContext } from "./answer-rows.ts";
import type { BureauResult, Outcome } from "./results.ts";

/** A result that could not be applied and waits for a person. */
export type ParkedResult = {
  id: number;
  bureau: string;
  kind: BureauResult["kind"];
  /** Why it was parked; for staff. */
  note: string | null;
  /** Number of the filing it is about, where there is one. */
  filing: string | null;
  answerId: number;
  fileName: string;
  receivedAt: Date;
  /** What the bureau wrote, or the name of the element that is not handled. */
  words: string;
};

type Row = Omit<ParkedResult, "words"> & { position: number; dataKey: Buffer; sealed: Buffer | null };

type Asked = { bureauId?: number; after?: number; limit?: number };

/** What waits for a person at the reviewer's provider, oldest first; `after` is the id where the page above ended. */
export async function parkedResults(
  store: Store,
  { ispId }: Pick<Staff, "ispId">,
  { bureauId, after = 0, limit = 50 }: Asked = {},
): Promise<ParkedResult[]> {
  const { db } = store;
  const rows = await db<Row[]>`
    select r.id, r.answer_id, r.position, r.kind, r.note, r.sealed, a.data_key, a.file_name, a.received_at,
      b.name as bureau, f.number as filing
    from bureau_results r join bureau_answers a on a.id = r.answer_id join isp_bureaus b on b.id = a.bureau_id
      left join filings f on f.id = r.filing_id
    where r.isp_id = ${ispId} and r.outcome = 'parked' and r.handled_at is null and r.id > ${after}
      ${bureauId ? db`and a.bureau_id = ${bureauId}` : db``}
    order by r.id limit ${limit}`;
  return rows.map(({ position, dataKey, sealed, ...row }) => ({
    ...row,
    words: wordsOf(opened(store, { dataKey, sealed, answerId: row.answerId, position })),
  }));
}

type Sealed = { dataKey: Buffer; sealed: Buffer | null; answerId: number; position: number };

/** A result as it was read from its file. */
function opened({ vault }: Store, { dataKey, sealed, answerId, position }: Sealed): BureauResult {
  if (!sealed) return { kind: "other", name: "", raw: null };
  const text = openText(vault.unwrap(dataKey), sealed, resultContext(answerId, position));
  const result = JSON.parse(text) as BureauResult;
  // A time became text on the way.
  return "at" in result && result.at ? { ...result, at: new Date(result.at) } : result;
}

/** What the bureau wrote; what is shown in a list of its own has no words here. */
export function wordsOf(result: BureauResult): string {
  if (result.kind === "other") return result.name;
  if (result.kind === "numbers") return result.record.subject.number ?? "";
  if (result.kind === "cancelled") return result.words || "管局注销";
  return "words" in result ? result.words : "";
}

/** A result with all that belongs to it. */
export type OpenedResult = {
  id: number;
  position: number;
  outcome: Outcome;
  note: string | null;
  filing: string | null;
  bureau: string;
  handledAt: Date | null;
  handledHow: "assigned" | "retried" | "done" | null;
  handledBy: string | null;
  handledNoteSealed: Buffer | null;
  answer: Answer;
  result: BureauResult;
};

/** A result of the reviewer's provider, opened, and locked where `lock` is asked for. Throws NotFound. */
export async function openResult(
  store: Store,
  actor: Staff,
  id: number,
  { lock = false }: { lock?: boolean } = {},
): Promise<OpenedResult> {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 work on answers");
  const { db } = store;
  const [row] = await db<(Omit<OpenedResult, "answer" | "result"> & { answerId: number; sealed: Buffer })[]>`
    select r.id, r.answer_id, r.position, r.outcome, r.note, r.sealed, r.handled_at, r.handled_how,
      r.handled_note_sealed, s.name as handled_by, f.number as filing, b.name as bureau
    from bureau_results r join bureau_answers a on a.id = r.answer_id join isp_bureaus b on b.id = a.bureau_id
      left join filings f on f.id = r.filing_id left join staff s on s.id = r.handled_by
    where r.id = ${id} and r.isp_id = ${actor.ispId} ${lock ? db`for update of r` : db``}`;
  if (!row) throw new NotFound(`no result ${id}`);
  const { sealed, answerId, ...rest } = row;
  const answer = await answerOf(db, answerId);
  const { dataKey } = answer;
  return { ...rest, answer, result: opened(store, { dataKey, sealed, answerId, position: row.position }) };
}

async function answerOf(db: Db, id: number): Promise<Answer> {
  const [answer] = await db<Answer[]>`select ${answerColumns(db)} from bureau_answers a where a.id = ${id}`;
  if (!answer) throw new NotFound(`no answer ${id}`);
  return answer;
}
