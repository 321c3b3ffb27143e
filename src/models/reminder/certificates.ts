import { maybeSlot } from "../../rules/slots.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { inTransaction, type RootStore } from "../store.ts";

/** Days before the last day at which the owner is told. */
const NOTICE_DAYS = 30;

type Ending = { id: number; ispId: number; accountId: number; kind: string; validUntil: string };

/** Tells owners of papers in 证件管理 that end within 30 days, once for each day that they give. Gives how many. */
export async function remindCertificates(root: RootStore): Promise<number> {
  const ending = await root.db<Ending[]>`
    select c.id, c.isp_id, c.account_id, c.kind, c.valid_until
    from certificates c join accounts a on a.id = c.account_id and a.state = 'active'
    where c.valid_until between (now() at time zone 'Asia/Shanghai')::date
        and (now() at time zone 'Asia/Shanghai')::date + ${NOTICE_DAYS}::int
      and c.reminded_of is distinct from c.valid_until
    order by c.valid_until, c.id limit 1000`;
  for (const one of ending) await remind(root, one);
  return ending.length;
}

const remind = (root: RootStore, { id, ispId, accountId, kind, validUntil }: Ending): Promise<void> =>
  inTransaction(root, async (store) => {
    const rows = await store.db`
      update certificates set reminded_of = valid_until
      where id = ${id} and valid_until = ${validUntil} and reminded_of is distinct from valid_until returning id`;
    if (rows.length === 0) return;
    const variables = { material: maybeSlot(kind)?.label ?? "证件", expiresOn: validUntil };
    const cause = `certificate-expiring:${id}:${validUntil}`;
    await noticeRegistrant(store, { ispId, accountId }, "certificate-expiring", variables, cause);
  });
