import type { Db } from "../../db/client.ts";
import type { FilingKind, Scope } from "../../vocabulary/filing.ts";
import type { Staff } from "../actor.ts";

/** A filing that staff write for its registrant. */
export type DraftOnBehalf = {
  number: string;
  kind: FilingKind;
  scope: Scope | null;
  domain: string | null;
  siteName: string | null;
  /** Who has it: `staff` write it, the registrant confirms it. */
  handedAt: Date | null;
  userName: string;
  author: string;
  updatedAt: Date;
};

const select = (db: Db, actor: Staff) => db`
  select f.number, f.kind, f.scope, f.domain, f.site_name, f.handed_at, a.user_name, s.name as author, f.updated_at
  from filings f join accounts a on a.id = f.account_id join staff s on s.id = f.author_staff_id
  where f.isp_id = ${actor.ispId} and f.state in ('draft', 'returned')`;

/** 代填中的备案单 of the provider, those of the person first, then the newest. */
export const draftsOnBehalf = (db: Db, actor: Staff): Promise<DraftOnBehalf[]> => db<DraftOnBehalf[]>`
  ${select(db, actor)} order by f.author_staff_id <> ${actor.staffId}, f.id desc limit 50`;

/** Those of one account. */
export const draftsForAccount = (db: Db, actor: Staff, accountId: number): Promise<DraftOnBehalf[]> =>
  db<DraftOnBehalf[]>`${select(db, actor)} and f.account_id = ${accountId} order by f.id desc limit 50`;
