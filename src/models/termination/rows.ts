import { openText } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { Registrant, Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";

/** `noticed` the period of grace runs · `upheld` an objection was not followed · `filed` it is a filing. */
export type TerminationState = "noticed" | "objected" | "upheld" | "withdrawn" | "filed";

/** The provider ends an access (取消接入). Times are the database's. */
export type Termination = {
  id: number;
  ispId: number;
  accountId: number;
  subjectId: number;
  accessId: number;
  state: TerminationState;
  /** Code of the table cancel_reason. */
  reason: string;
  explanation: string;
  objection: string;
  answer: string;
  startedAt: Date;
  endsAt: Date;
  objectedAt: Date | null;
  site: string;
  number: string;
  domain: string | null;
  /** 备案单号 of the cancellation, once there is one. */
  filing: string | null;
};

type Sealed = {
  dataKey: Buffer;
  explanationSealed: Buffer;
  objectionSealed: Buffer | null;
  answerSealed: Buffer | null;
};
type Row = Omit<Termination, "explanation" | "objection" | "answer"> & Sealed;

const columns = (db: Db) => db`
  t.id, t.isp_id, t.account_id, t.subject_id, t.access_id, t.state, t.reason, t.data_key, t.explanation_sealed,
  t.objection_sealed, t.answer_sealed, t.started_at, t.ends_at, t.objected_at, w.name as site, w.number,
  (select d.domain from domains d where d.website_id = w.id order by d.id limit 1) as domain,
  (select f.number from filings f where f.id = t.filing_id) as filing
  from terminations t join accesses a on a.id = t.access_id join websites w on w.id = a.website_id`;

/** What the texts of a termination are sealed for. */
export const context = (ispId: number, what: string): string => `isp:${ispId}:termination:${what}`;

function opened({ vault }: Pick<Store, "vault">, row: Row): Termination {
  const { dataKey, explanationSealed, objectionSealed, answerSealed, ...rest } = row;
  const key = vault.unwrap(dataKey);
  const text = (what: string, sealed: Buffer | null) =>
    sealed ? openText(key, sealed, context(row.ispId, what)) : "";
  return {
    ...rest,
    explanation: text("explanation", explanationSealed),
    objection: text("objection", objectionSealed),
    answer: text("answer", answerSealed),
  };
}

/** Open ones wait for a day or a decision; the others are a filing or withdrawn. */
const open = ["noticed", "objected", "upheld"] as const satisfies readonly TerminationState[];

/** All of a provider, newest first: with `before` those begun earlier. */
export async function terminationsOf(
  store: Store,
  { ispId }: Staff,
  { over = false, before = Number.MAX_SAFE_INTEGER, limit = 100 } = {},
): Promise<Termination[]> {
  const which = over ? store.db`and t.state in ('withdrawn', 'filed')` : store.db``;
  const rows = await store.db<Row[]>`
    select ${columns(store.db)} where t.isp_id = ${ispId} and t.id < ${before} ${which} order by t.id desc limit ${limit}`;
  return rows.map((row) => opened(store, row));
}

/** The open ones of a provider: objections first, then by the end of their grace. */
export async function openTerminations(store: Store, { ispId }: Staff, limit = 200): Promise<Termination[]> {
  const rows = await store.db<Row[]>`
    select ${columns(store.db)} where t.isp_id = ${ispId} and t.state = any(${[...open]})
    order by t.state = 'objected' desc, t.ends_at, t.id limit ${limit}`;
  return rows.map((row) => opened(store, row));
}

/** How many wait for staff: objections, and those whose grace is over. */
export async function dueTerminations(db: Db, { ispId }: Staff): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from terminations
    where isp_id = ${ispId} and (state = 'objected' or state in ('noticed', 'upheld') and ends_at <= now())`;
  return row?.count ?? 0;
}

/** One of a provider, as staff see it; throws NotFound. */
export async function findTermination(store: Store, id: number, { ispId }: Staff): Promise<Termination> {
  const [row] = await store.db<Row[]>`select ${columns(store.db)} where t.id = ${id} and t.isp_id = ${ispId}`;
  if (!row) throw new NotFound(`no termination ${id}`);
  return opened(store, row);
}

/** Those of an account that are not withdrawn and not a filing yet, the soonest first. */
export async function terminationsFacing(
  store: Store,
  { accountId, ispId }: Registrant,
  subjectId?: number,
): Promise<Termination[]> {
  const of = subjectId === undefined ? store.db`` : store.db`and t.subject_id = ${subjectId}`;
  const rows = await store.db<Row[]>`
    select ${columns(store.db)} where t.account_id = ${accountId} and t.isp_id = ${ispId}
      and t.state = any(${[...open]}) ${of} order by t.ends_at, t.id limit 50`;
  return rows.map((row) => opened(store, row));
}

/** Locked until the transaction ends; throws NotFound for one that the actor has nothing to do with. */
export async function lockTermination(
  store: Store,
  id: number,
  actor: Registrant | Staff | { kind: "system" },
): Promise<Termination> {
  const mine =
    actor.kind === "registrant"
      ? store.db`t.account_id = ${actor.accountId} and t.isp_id = ${actor.ispId}`
      : actor.kind === "staff"
        ? store.db`t.isp_id = ${actor.ispId}`
        : store.db`true`;
  const [row] = await store.db<
    Row[]
  >`select ${columns(store.db)} where t.id = ${id} and ${mine} for update of t`;
  if (!row) throw new NotFound(`no termination ${id}`);
  return opened(store, row);
}
