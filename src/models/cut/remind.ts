import { newId } from "../../lib/ids.ts";
import { noticeStaff } from "../notice/staff.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";

/** Most tasks named in one mail. */
const LIMIT = 200;

type Overdue = { id: number; number: string | null; domains: string[]; openedAt: Date };

/** Tells 上报 and 主管 about tasks that are open for more than a day, each once. Gives how many. */
export async function remindCuts(root: RootStore): Promise<number> {
  const isps = await root.db<{ ispId: number }[]>`
    select distinct isp_id from cuts
    where state = 'open' and reminded_at is null and opened_at < now() - interval '1 day' order by isp_id`;
  let reminded = 0;
  for (const { ispId } of isps) reminded += await inTransaction(root, (store) => remindIsp(store, ispId));
  return reminded;
}

async function remindIsp(store: Store, ispId: number): Promise<number> {
  const overdue = await store.db<Overdue[]>`
    update cuts set reminded_at = now() where id in (
      select id from cuts where isp_id = ${ispId} and state = 'open' and reminded_at is null
        and opened_at < now() - interval '1 day' order by id limit ${LIMIT} for update)
    returning id, number, domains, opened_at`;
  if (overdue.length === 0) return 0;
  const cuts = overdue
    .sort((a, b) => a.id - b.id)
    .map(({ number, domains, openedAt }) => ({ name: domains[0] ?? number ?? "", openedAt }));
  // The rows above make it once; the cause only has to be one of its own.
  const cause = `cuts-overdue:${newId()}`;
  for (const role of ["submitter", "supervisor"] as const)
    await noticeStaff(store, { ispId, role }, "cuts-overdue", { cuts }, cause);
  return overdue.length;
}
