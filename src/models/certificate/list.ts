import type { Db } from "../../db/client.ts";
import { addMonths } from "../../lib/dates.ts";
import { UNLIMITED } from "../../vocabulary/validity.ts";
import type { Registrant } from "../actor.ts";
import { filingTitle } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { type Certificate, type CertificateRow, certificateColumns, opened, ownRow } from "./rows.ts";

/** All certificates of an account, the newest picture first; there are at most as many as `MOST` of `change.ts`. */
export async function certificatesOf(store: Store, { accountId, ispId }: Registrant): Promise<Certificate[]> {
  const { db } = store;
  const rows = await db<CertificateRow[]>`
    select ${certificateColumns(db)} from certificates c join accounts a on a.id = c.account_id
    where c.account_id = ${accountId} and c.isp_id = ${ispId} order by c.picture_at desc, c.id desc`;
  return rows.map((row) => opened(store, row));
}

/** Whether the account has any that may be chosen. */
export async function hasCertificates(db: Db, { accountId, ispId }: Registrant): Promise<boolean> {
  const rows = await db`
    select 1 from certificates where account_id = ${accountId} and isp_id = ${ispId} and state = 'ready' limit 1`;
  return rows.length > 0;
}

/** One of them; throws NotFound. */
export const findCertificate = async (store: Store, actor: Registrant, id: number): Promise<Certificate> =>
  opened(store, await ownRow(store, actor, id));

/** A filing of the account that has or had the picture; `now`: it is the one that counts there. */
export type Use = { certificateId: number; number: string; title: string; now: boolean };

type UseRow = Omit<Use, "title"> & { siteName: string | null; domain: string | null };

/** Where the account's certificates are used, the newest filing first: in filings of the account alone. */
export async function certificateUses({ db }: Store, { accountId, ispId }: Registrant): Promise<Use[]> {
  const rows = await db<UseRow[]>`
    select u.certificate_id, f.number, f.site_name, f.domain, bool_or(m.retired_at is null) as now
    from certificate_uses u join certificates c on c.id = u.certificate_id join materials m on m.id = u.material_id
      join filings f on f.id = m.filing_id
    where c.account_id = ${accountId} and f.account_id = ${accountId} and f.isp_id = ${ispId}
    group by u.certificate_id, f.id order by f.id desc`;
  return rows.map(({ siteName, domain, ...row }) => ({
    ...row,
    title: filingTitle({ siteName, domain, ...row }),
  }));
}

/** How long a paper still holds; a bureau wants three months (rule F05). */
export type Term = "unknown" | "unlimited" | "good" | "ending" | "over";

/** `today` in Shanghai, YYYY-MM-DD. On its last day a paper still holds. */
export function termOf({ validUntil }: Pick<Certificate, "validUntil">, today: string): Term {
  if (validUntil === "") return "unknown";
  if (validUntil === UNLIMITED) return "unlimited";
  if (validUntil < today) return "over";
  return validUntil < addMonths(today, 3) ? "ending" : "good";
}
