import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { type Answer, type AnswerState, answerColumns } from "./answer-rows.ts";
import type { BureauResult, Outcome } from "./results.ts";

/** A downloaded file as the console lists it, with how many results are in it. */
export type AnswerEntry = Omit<Answer, "dataKey" | "file"> & {
  bureau: string;
  results: number;
  /** Results that still wait for a person. */
  parked: number;
};

type Asked = { bureauId?: number; state?: AnswerState; before?: number; limit?: number };

const entryColumns = (db: Db) => db`
  ${answerColumns(db)}, b.name as bureau,
  (select count(*) from bureau_results r where r.answer_id = a.id) as results,
  (select count(*) from bureau_results r
    where r.answer_id = a.id and r.outcome = 'parked' and r.handled_at is null) as parked`;

/** Files that the bureaus of the reviewer's provider sent, newest first; `before` is the id where the page above ended. */
export const answerPage = (
  db: Db,
  { ispId }: Pick<Staff, "ispId">,
  { bureauId, state, before, limit = 50 }: Asked = {},
): Promise<AnswerEntry[]> => db<AnswerEntry[]>`
  select ${entryColumns(db)} from bureau_answers a join isp_bureaus b on b.id = a.bureau_id
  where a.isp_id = ${ispId} ${state ? db`and a.state = ${state}` : db``}
    ${bureauId ? db`and a.bureau_id = ${bureauId}` : db``} ${before ? db`and a.id < ${before}` : db``}
  order by a.id desc limit ${limit}`;

/** One of them. Throws NotFound for one of another provider. */
export async function findAnswer(db: Db, { ispId }: Pick<Staff, "ispId">, id: number): Promise<AnswerEntry> {
  const [answer] = await db<AnswerEntry[]>`
    select ${entryColumns(db)} from bureau_answers a join isp_bureaus b on b.id = a.bureau_id
    where a.id = ${id} and a.isp_id = ${ispId}`;
  if (!answer) throw new NotFound(`no answer ${id}`);
  return answer;
}

/** A result as the list of its file shows it. */
export type ResultLine = {
  id: number;
  position: number;
  kind: BureauResult["kind"];
  outcome: Outcome;
  note: string | null;
  handledAt: Date | null;
  filing: string | null;
};

/** What is in a file, in its order; `after` is the position where the page above ended. */
export const resultsOfAnswer = (
  db: Db,
  answerId: number,
  { after = -1, limit = 50 }: { after?: number; limit?: number } = {},
): Promise<ResultLine[]> => db<ResultLine[]>`
  select r.id, r.position, r.kind, r.outcome, r.note, r.handled_at, f.number as filing
  from bureau_results r left join filings f on f.id = r.filing_id
  where r.answer_id = ${answerId} and r.position > ${after} order by r.position limit ${limit}`;

/** Files of the reviewer's provider that cannot be read. */
export async function unreadableAnswers(db: Db, { ispId }: Pick<Staff, "ispId">): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*) as count from bureau_answers where isp_id = ${ispId} and state = 'unreadable'`;
  return row?.count ?? 0;
}

/** Results at the reviewer's provider that wait for a person. */
export async function parkedCount(db: Db, { ispId }: Pick<Staff, "ispId">): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*) as count from bureau_results
    where isp_id = ${ispId} and outcome = 'parked' and handled_at is null`;
  return row?.count ?? 0;
}

/** What waits for a person at the reviewer's provider. */
export const waitingCounts = async (
  db: Db,
  actor: Pick<Staff, "ispId">,
): Promise<{ unreadable: number; parked: number }> => ({
  unreadable: await unreadableAnswers(db, actor),
  parked: await parkedCount(db, actor),
});
