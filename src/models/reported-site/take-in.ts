import type { IllegalAccess, UnfiledSite } from "../../gateways/bureau/lists.ts";
import { registrableOf, toAscii } from "../../vocabulary/domain.ts";
import type { Answer } from "../bureau/answers.ts";
import { noticeOnDuty } from "../notice/staff.ts";
import type { Store } from "../store.ts";
import type { SiteKind } from "./rows.ts";
import { bureauTime } from "./times.ts";

type Facts = {
  number: number | null;
  domain: string;
  registrable: string | null;
  ip: string | null;
  accessProvider: string;
  operator: string;
  province: string;
  firstCheckedAt: Date | null;
  /** Undefined where the bureau gives no time. */
  checkedAt: Date | undefined;
  checks: number | null;
};

/** `new` not seen before · `again` the bureau has looked once more · `repeated` nothing new in it */
export type TakenIn = "new" | "again" | "repeated";

/** What an entry of either list says, as it is kept. */
export function factsOf(item: UnfiledSite | IllegalAccess): Facts {
  const domain = (toAscii(item.domain) || item.domain.trim().toLowerCase()).slice(0, 255);
  const more = "operator" in item ? item : undefined;
  return {
    number: item.id ?? null,
    domain,
    registrable: registrableOf(domain) ?? null,
    ip: item.ip ?? null,
    accessProvider: item.accessProvider.slice(0, 255),
    operator: (more?.operator ?? "").slice(0, 255),
    province: item.province.slice(0, 255),
    firstCheckedAt: bureauTime(more?.firstCheckedAt ?? "") ?? null,
    checkedAt: bureauTime(item.checkedAt),
    checks: more?.checks ?? null,
  };
}

/**
 * Writes an entry of 未备案网站 or 非法接入 down: one row for each, known again by the bureau's Id, else by domain and
 * address. What was dealt with and found once more is open again; an older word never takes the place of a newer one.
 */
export async function takeIn(
  store: Store,
  answer: Pick<Answer, "id" | "ispId" | "bureauId">,
  kind: SiteKind,
  facts: Facts,
): Promise<TakenIn> {
  const { db } = store;
  const [row] = await db<{ id: number }[]>`
    insert into reported_sites (isp_id, bureau_id, kind, number, domain, registrable, ip, access_provider, operator,
      province, first_checked_at, checked_at, checks, answer_id)
    values (${answer.ispId}, ${answer.bureauId}, ${kind}, ${facts.number}, ${facts.domain}, ${facts.registrable},
      ${facts.ip}, ${facts.accessProvider}, ${facts.operator}, ${facts.province}, ${facts.firstCheckedAt},
      coalesce(${facts.checkedAt ?? null}::timestamptz, (select said_at from bureau_answers where id = ${answer.id})),
      ${facts.checks}, ${answer.id})
    on conflict do nothing returning id`;
  const taken = row ? "new" : await renew(store, answer, kind, facts);
  if (taken !== "repeated") await tell(store, answer, kind, facts.ip);
  return taken;
}

async function renew(
  { db }: Store,
  answer: Pick<Answer, "id" | "bureauId">,
  kind: SiteKind,
  facts: Facts,
): Promise<TakenIn> {
  const same =
    facts.number === null
      ? db`number is null and domain = ${facts.domain} and ip is not distinct from ${facts.ip}::inet`
      : db`number = ${facts.number}`;
  const [known] = await db<{ id: number; checkedAt: Date; checks: number | null }[]>`
    update reported_sites set received = received + 1, updated_at = now()
    where bureau_id = ${answer.bureauId} and kind = ${kind} and ${same} returning id, checked_at, checks`;
  if (!known) throw new Error("an entry was neither written nor there");
  const later = facts.checkedAt !== undefined && facts.checkedAt > known.checkedAt;
  const earlier = facts.checkedAt !== undefined && facts.checkedAt < known.checkedAt;
  const more = facts.checks !== null && known.checks !== null && facts.checks > known.checks;
  if (earlier || !(later || more)) return "repeated";
  await db`
    update reported_sites set domain = ${facts.domain}, registrable = ${facts.registrable}, ip = ${facts.ip},
      access_provider = ${facts.accessProvider}, operator = ${facts.operator}, province = ${facts.province},
      first_checked_at = coalesce(${facts.firstCheckedAt}, first_checked_at),
      checked_at = ${facts.checkedAt ?? known.checkedAt}, checks = coalesce(${facts.checks}, checks),
      answer_id = ${answer.id}, state = case when state = 'done' then 'open' else state end,
      taken_by = case when state = 'done' then null else taken_by end
    where id = ${known.id}`;
  return "again";
}

/** Whoever is on duty hears once a file that something in it lies in our address ranges. */
async function tell(
  store: Store,
  answer: Pick<Answer, "id" | "ispId">,
  kind: SiteKind,
  ip: string | null,
): Promise<void> {
  const [inside] = await store.db`
    select 1 from isp_ip_ranges where isp_id = ${answer.ispId} and ${ip}::inet between first_ip and last_ip limit 1`;
  if (!inside) return;
  await noticeOnDuty(
    store,
    { ispId: answer.ispId },
    "sites-reported",
    { kind },
    `reported-sites:${answer.id}:${kind}`,
  );
}
