import type { DataKey } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import type { FilingKind, Scope } from "../../vocabulary/filing.ts";
import type { Actor } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import type { ReturnedFrom, State } from "./states.ts";

/** A row of `filings`; times are the database's. */
export type Filing = {
  id: number;
  /** 备案单号, the public name: 20261118-0042. */
  number: string;
  ispId: number;
  accountId: number;
  authorStaffId: number | null;
  /** 代为备案: since when its registrant has it for confirmation; null while staff write it. */
  handedAt: Date | null;
  kind: FilingKind;
  /** What a change or a cancellation is about, and the record of that. */
  scope: Scope | null;
  targetId: number | null;
  /** The subject on record that it works on. */
  subjectId: number | null;
  state: State;
  returnedFrom: ReturnedFrom | null;
  formerState: State | null;
  formerFrom: ReturnedFrom | null;
  stateSince: Date;
  round: number;
  nature: number;
  province: string | null;
  bureauId: number | null;
  claimedBy: number | null;
  claimedUntil: Date | null;
  dueAt: Date | null;
  smsUntil: Date | null;
  dataKey: Buffer;
  subjectName: string | null;
  subjectNameSealed: Buffer | null;
  siteName: string | null;
  domain: string | null;
  errors: number;
  warnings: number;
  initialReviewerId: number | null;
  declaredAt: Date | null;
  formSignedOn: string | null;
  createdAt: Date;
  submittedAt: Date | null;
  /** From when on the website of a 新增接入 may be opened, see `accessOpening`. */
  accessOpenAt: Date | null;
  updatedAt: Date;
  /** A 备案密码 was given and is kept until the upload is settled. */
  hasPassword: boolean;
};

/** What lists show: without the columns that only a filing's own page needs. Fifty rows of them are a third of a request. */
export type ListedFiling = Omit<
  Filing,
  | "targetId"
  | "subjectId"
  | "formerState"
  | "formerFrom"
  | "bureauId"
  | "declaredAt"
  | "handedAt"
  | "formSignedOn"
  | "createdAt"
  | "submittedAt"
  | "updatedAt"
  | "accessOpenAt"
  | "hasPassword"
  | "dataKey"
> & {
  /** Only of a person, whose name it opens. */
  dataKey: Buffer | null;
};

/** What a filing is called in lists and titles: its website, until there is a name its domain, then its number. */
export const filingTitle = ({
  siteName,
  domain,
  number,
}: Pick<Filing, "siteName" | "domain" | "number">): string => siteName || domain || number;

/** Sealing context of a value that belongs to a filing. */
export const filingContext = (filing: { id: number; ispId: number }, place: string): string =>
  `isp:${filing.ispId}:filing:${filing.id}:${place}`;

export const filingKey = (store: Store, filing: { dataKey: Uint8Array }): DataKey =>
  store.vault.unwrap(filing.dataKey);

const columns = (db: Db) => db`
  f.id, f.number, f.isp_id, f.account_id, f.author_staff_id, f.handed_at, f.kind, f.scope, f.target_id, f.subject_id, f.state, f.returned_from, f.former_state, f.former_from,
  f.state_since, f.round, f.nature, f.province, f.bureau_id, f.claimed_by, f.claimed_until, f.due_at, f.sms_until,
  f.data_key, f.subject_name, f.subject_name_sealed, f.site_name, f.domain, f.errors, f.warnings,
  f.initial_reviewer_id, f.declared_at, f.form_signed_on, f.created_at, f.submitted_at, f.access_open_at, f.updated_at,
  f.icp_password_sealed is not null as has_password`;

const listColumns = (db: Db) => db`
  f.id, f.number, f.isp_id, f.account_id, f.author_staff_id, f.kind, f.scope, f.state, f.returned_from, f.state_since, f.round, f.nature,
  f.province, f.claimed_by, f.claimed_until, f.due_at, f.sms_until, f.subject_name, f.site_name,
  f.domain, f.errors, f.warnings, f.initial_reviewer_id,
  case when f.subject_name is null then f.data_key end as data_key,
  case when f.subject_name is null then f.subject_name_sealed end as subject_name_sealed`;

/** Which filings an actor may see: a registrant their own, staff those of their provider unless they only administer. */
export function visibleTo(db: Db, actor: Actor) {
  if (actor.kind === "registrant") return db`f.account_id = ${actor.accountId} and f.isp_id = ${actor.ispId}`;
  if (actor.kind === "staff")
    return actor.roles.some((role) => role !== "administrator") ? db`f.isp_id = ${actor.ispId}` : db`false`;
  return db`true`;
}

/** The filing with this number if the actor may see it; throws NotFound otherwise. */
export async function findFiling(db: Db, number: string, actor: Actor): Promise<Filing> {
  const [filing] = await db<Filing[]>`
    select ${columns(db)} from filings f where f.number = ${number} and ${visibleTo(db, actor)}`;
  if (!filing) throw new NotFound(`no filing ${number} for this ${actor.kind}`);
  return filing;
}

/** The same by id and locked until the transaction ends. */
export async function lockFiling(db: Db, id: number, actor: Actor): Promise<Filing> {
  const [filing] = await db<Filing[]>`
    select ${columns(db)} from filings f where f.id = ${id} and ${visibleTo(db, actor)} for update`;
  if (!filing) throw new NotFound(`no filing ${id} for this ${actor.kind}`);
  return filing;
}

/** For jobs, which hold an id: the filing, or undefined when it is gone. */
export async function maybeFiling(db: Db, id: number): Promise<Filing | undefined> {
  const [filing] = await db<Filing[]>`select ${columns(db)} from filings f where f.id = ${id}`;
  return filing;
}

/** The filings of an account, newest first, a page at a time: those with an id below `before`. */
export const filingsOfAccount = (
  db: Db,
  actor: Actor,
  before?: number,
  limit = 20,
): Promise<ListedFiling[]> =>
  db<ListedFiling[]>`
    select ${listColumns(db)} from filings f
    where ${visibleTo(db, actor)} and f.id < ${before ?? Number.MAX_SAFE_INTEGER}
    order by f.id desc limit ${limit}`;

/** The returned filings of an account, for 退回处理; an account has few of them at a time. */
export const returnedFilings = (db: Db, actor: Actor): Promise<Filing[]> => db<Filing[]>`
  select ${columns(db)} from filings f
  where ${visibleTo(db, actor)} and f.state = 'returned' order by f.state_since limit 100`;

/** Several filings at once, as far as the actor may see them. */
export async function filingsById(
  db: Db,
  actor: Actor,
  ids: readonly number[],
): Promise<Map<number, Filing>> {
  const rows = await db<Filing[]>`
    select ${columns(db)} from filings f where f.id = any(${[...ids]}::bigint[]) and ${visibleTo(db, actor)}`;
  return new Map(rows.map((row) => [row.id, row]));
}

export { columns as filingColumns, listColumns };
