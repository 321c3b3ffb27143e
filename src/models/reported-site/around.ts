import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import type { ReportedSite } from "./rows.ts";

export type ProductThere = { id: number; name: string; keyShown: string; customerAccount: string | null };
export type AccessThere = { recordId: number; number: string; site: string; domains: string[] };

/** Products whose addresses hold this one: whose it may be. Ranges stand in them as `start-end`. */
export const productsAt = (db: Db, { ispId }: Staff, { ip }: Pick<ReportedSite, "ip">) =>
  db<ProductThere[]>`
    select p.id, p.name, p.key_shown, p.customer_account from products p
    where p.isp_id = ${ispId} and p.state = 'active' and ${ip}::inet is not null and exists (
      select 1 from jsonb_array_elements_text(p.ips) t (text)
      where ${ip}::inet between split_part(t.text, '-', 1)::inet
        and coalesce(nullif(split_part(t.text, '-', 2), ''), t.text)::inet)
    order by p.id desc limit 20`;

/** What is on record over this address, whatever its domain. */
export const accessesAt = (db: Db, { ispId }: Staff, { ip }: Pick<ReportedSite, "ip">) =>
  db<AccessThere[]>`
    select w.subject_id as record_id, w.number, w.name as site,
      array(select d.domain from domains d where d.website_id = w.id and d.cancelled_at is null order by d.id limit 5) as domains
    from access_ips i join accesses a on a.id = i.access_id join websites w on w.id = a.website_id
    where i.isp_id = ${ispId} and inet_range(i.first_ip, i.last_ip, '[]') @> ${ip}::inet
      and a.cancelled_at is null and w.cancelled_at is null
    order by a.id desc limit 20`;
