import type { Db } from "../../db/client.ts";
import { namedOrder } from "./file-order.ts";
import type { Bureau } from "./rows.ts";

/**
 * `stored` kept as it came, to be read and applied · `unreadable` waits for a person · `applied` · `acknowledged`: the
 * bureau does not send it again. One that was skipped is acknowledged without having been applied.
 */
export type AnswerState = "stored" | "unreadable" | "applied" | "acknowledged";

/** A row of `bureau_answers`: one downloaded file, kept as it came. */
export type Answer = {
  id: number;
  ispId: number;
  bureauId: number;
  /** Unique at the bureau: the name that it gave, with a mark of the content where that alone does not tell. */
  fileName: string;
  /** As the bureau gave it; "" where it gave none. */
  givenName: string;
  /** Id in the file store; sealed under the answer's own key. */
  file: string;
  dataKey: Buffer;
  /** As the bureau states it. */
  contentHash: string | null;
  /** Of what was received; null where an earlier release kept the zip inside. */
  receivedHash: string | null;
  bytes: number | null;
  state: AnswerState;
  /** Why it cannot be read, a code (see `answerProblems`). */
  problem: string | null;
  /** How often it came. */
  times: number;
  receivedAt: Date;
  lastReceivedAt: Date;
  appliedAt: Date | null;
  acknowledgedAt: Date | null;
  /** A person has it acknowledged although it cannot be read. */
  skippedAt: Date | null;
};

export const answerColumns = (db: Db) => db`
  a.id, a.isp_id, a.bureau_id, a.file_name, coalesce(a.given_name, a.file_name) as given_name, a.file, a.data_key,
  a.content_hash, a.received_hash, a.bytes, a.state, a.problem, a.times, a.received_at, a.last_received_at, a.applied_at,
  a.acknowledged_at, a.skipped_at`;

/** Sealing context of a kept answer, and of one result in it. */
export const answerContext = (bureau: { id: number; ispId: number }, fileName: string): string =>
  `isp:${bureau.ispId}:bureau:${bureau.id}:answer:${fileName}`;

export const resultContext = (answerId: number, position: number): string =>
  `answer:${answerId}:result:${position}`;

/** The answer of this name, if it was taken before. */
export async function maybeAnswer(db: Db, bureauId: number, fileName: string): Promise<Answer | undefined> {
  const [row] = await db<Answer[]>`
    select ${answerColumns(db)} from bureau_answers a where a.bureau_id = ${bureauId} and a.file_name = ${fileName}`;
  return row;
}

type Kept = Pick<Answer, "fileName" | "file" | "dataKey" | "contentHash"> &
  Partial<Pick<Answer, "givenName" | "receivedHash" | "bytes">>;

/**
 * Writes the row of an answer whose file is safe; one that is there already is given as it is. A name that speaks of days
 * to come says nothing of when the file was made.
 */
export async function keepAnswer(db: Db, bureau: Bureau, kept: Kept): Promise<Answer> {
  const { givenName = kept.fileName, receivedHash = null, bytes = null } = kept;
  const { at, number } = namedOrder(givenName);
  await db`
    insert into bureau_answers (isp_id, bureau_id, file_name, given_name, file, data_key, content_hash, received_hash,
      bytes, said_at, said_number)
    values (${bureau.ispId}, ${bureau.id}, ${kept.fileName}, ${givenName}, ${kept.file}, ${kept.dataKey},
      ${kept.contentHash}, ${receivedHash}, ${bytes},
      case when ${at}::timestamptz < now() + interval '1 day' then ${at}::timestamptz else now() end, ${number})
    on conflict do nothing`;
  const answer = await maybeAnswer(db, bureau.id, kept.fileName);
  if (!answer) throw new Error("an answer was not written");
  return answer;
}

/** The same file came once more. */
export async function countAgain(db: Db, answerId: number): Promise<void> {
  await db`update bureau_answers set times = times + 1, last_received_at = now() where id = ${answerId}`;
}

/** How many files of a bureau wait for a person because they cannot be read. */
export async function unreadableCount(db: Db, bureauId: number): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*) as count from bureau_answers where bureau_id = ${bureauId} and state = 'unreadable'`;
  return row?.count ?? 0;
}

/** Whether a person wants files of this name that cannot be read to be acknowledged, and it was not done yet. */
export async function isSkipped(db: Db, { bureauId, givenName }: Answer): Promise<boolean> {
  const [row] = await db`
    select 1 from bureau_answers
    where bureau_id = ${bureauId} and given_name = ${givenName} and state = 'unreadable' and skipped_at is not null`;
  return row !== undefined;
}
