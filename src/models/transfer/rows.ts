import type { Db } from "../../db/client.ts";
import type { Registrant } from "../actor.ts";
import { NotFound } from "../errors.ts";

export type MoveKind = "transfer" | "merge" | "claim";
export type MoveState = "offered" | "accepted" | "declined" | "withdrawn" | "expired";

/** A record on its way from one account to another, or there. What is named of it is public. */
export type Move = {
  id: number;
  ispId: number;
  kind: MoveKind;
  subjectId: number;
  fromAccount: number | null;
  /** Null for a name that is nobody's; the giver never learns that from us. */
  toAccount: number | null;
  /** User names. */
  fromName: string | null;
  toName: string;
  state: MoveState;
  byStaff: boolean;
  /** 主体备案号, and the name of a unit; null for a person (个人). */
  number: string;
  name: string | null;
  websites: number;
  createdAt: Date;
  expiresAt: Date;
  settledAt: Date | null;
};

/** What ran out is over from that moment, whether the sweep has been there or not. */
const stateNow = (db: Db) =>
  db`case when m.state = 'offered' and m.expires_at <= now() then 'expired' else m.state end`;

const columns = (db: Db) => db`
  m.id, m.isp_id, m.kind, m.subject_id, m.from_account, m.to_account, g.user_name as from_name, m.to_name,
  ${stateNow(db)} as state, m.staff_id is not null as by_staff, s.number, s.name,
  (select count(*) from websites w where w.subject_id = s.id and w.cancelled_at is null)::int as websites,
  m.created_at, m.expires_at, m.settled_at`;

const tables = (db: Db) =>
  db`account_moves m join subjects s on s.id = m.subject_id left join accounts g on g.id = m.from_account`;

/** The moves of an account on either side, newest first, those with an id below `before`. */
export const movesOfAccount = (
  db: Db,
  { accountId, ispId }: Registrant,
  before = Number.MAX_SAFE_INTEGER,
  limit = 50,
): Promise<Move[]> => db<Move[]>`
  select ${columns(db)} from ${tables(db)}
  where m.isp_id = ${ispId} and ${accountId} in (m.from_account, m.to_account) and m.id < ${before}
  order by m.id desc limit ${limit}`;

/** The moves of one record, newest first, for its history; the caller may see the record. */
export const movesOfSubject = (db: Db, ispId: number, subjectId: number, limit = 50): Promise<Move[]> => db<
  Move[]
>`
  select ${columns(db)} from ${tables(db)}
  where m.isp_id = ${ispId} and m.subject_id = ${subjectId} order by m.id desc limit ${limit}`;

/** A move of which the account is a side; throws NotFound for any other. */
export async function findMove(db: Db, { accountId, ispId }: Registrant, id: number): Promise<Move> {
  const [move] = await db<Move[]>`
    select ${columns(db)} from ${tables(db)}
    where m.id = ${id} and m.isp_id = ${ispId} and ${accountId} in (m.from_account, m.to_account)`;
  if (!move) throw new NotFound(`no move ${id} for this account`);
  return move;
}

/** Which side is asked to agree: the receiver of a transfer, the owner at a merge. */
export const isAsked = (move: Move, { accountId }: Registrant): boolean =>
  (move.kind === "transfer" ? move.toAccount : move.fromAccount) === accountId;

/** Marks what has run out, of one record or of all; a new offer takes its place. Gives how many those were. */
export async function lapseMoves(db: Db, subjectId?: number): Promise<number> {
  const { count } = await db`
    update account_moves set state = 'expired', settled_at = expires_at
    where state = 'offered' and expires_at <= now()
      and (${subjectId ?? null}::bigint is null or subject_id = ${subjectId ?? null})`;
  return count;
}

/** The records of an account that are in force, newest first. */
export const recordsInForce = (
  db: Db,
  { accountId, ispId }: Registrant,
): Promise<{ id: number; number: string }[]> => db<{ id: number; number: string }[]>`
  select id, number from subjects
  where account_id = ${accountId} and isp_id = ${ispId} and cancelled_at is null order by id desc limit 200`;
