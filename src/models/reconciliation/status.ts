import type { Db } from "../../db/client.ts";
import type { Found } from "./compare.ts";
import { type Reconciliation, reconciliationColumns } from "./reconciliations.ts";

/** A bureau with its newest full copy and what is open. */
export type BureauReconciliation = {
  bureauId: number;
  ispId: number;
  isp: string;
  bureau: string;
  last: Reconciliation | undefined;
  open: Record<Found["kind"], number>;
  kept: number;
};

type Counted = { bureauId: number; kind: Found["kind"]; state: "open" | "kept"; count: number };

/** How the records of each bureau stand, of a provider or of one bureau; the default bureau first. */
export async function reconciliationStatus(
  db: Db,
  { ispId, bureauId }: { ispId?: number; bureauId?: number },
): Promise<BureauReconciliation[]> {
  const which = db`
    ${ispId === undefined ? db`true` : db`b.isp_id = ${ispId}`}
    and ${bureauId === undefined ? db`true` : db`b.id = ${bureauId}`}`;
  const bureaus = await db<{ bureauId: number; ispId: number; isp: string; bureau: string }[]>`
    select b.id as bureau_id, b.isp_id, i.slug as isp, b.name as bureau from isp_bureaus b join isps i on i.id = b.isp_id
    where ${which} order by b.isp_id, b.is_default desc, b.id`;
  const newest = await db<Reconciliation[]>`
    select ${reconciliationColumns(db)} from isp_bureaus b cross join lateral (
      select * from reconciliations where bureau_id = b.id and source = 'copy' order by id desc limit 1) r
    where ${which}`;
  const counts = await db<Counted[]>`
    select d.bureau_id, d.kind, d.state, count(*)::int as count from record_differences d
      join isp_bureaus b on b.id = d.bureau_id and b.isp_id = d.isp_id
    where d.state in ('open', 'kept') and ${which} group by 1, 2, 3`;
  return bureaus.map((row) => {
    const own = counts.filter((one) => one.bureauId === row.bureauId);
    const of = (kind: Found["kind"]) =>
      own.find((one) => one.kind === kind && one.state === "open")?.count ?? 0;
    return {
      ...row,
      last: newest.find((one) => one.bureauId === row.bureauId),
      open: { differs: of("differs"), only_bureau: of("only_bureau"), only_here: of("only_here") },
      kept: own.filter(({ state }) => state === "kept").reduce((sum, { count }) => sum + count, 0),
    };
  });
}
