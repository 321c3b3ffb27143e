import { hasRole, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { recordOperator } from "../audit/operator.ts";
import { Forbidden, NotFound } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";

export type CodeDecision = "adopted" | "dismissed";

/** Who decides: a 管理员 or 主管 of the provider, or the operator. */
export type Decider = Staff | { kind: "operator"; ispId: number };

const audited = { adopted: "adopt-code-table", dismissed: "dismiss-code-table" } as const;

/**
 * Adopts a table that waits, from now on in force for its bureau, or dismisses it. False when it was decided meanwhile or a
 * newer version took its place. Throws NotFound for one of another provider.
 */
export async function decideCodeTable(
  root: RootStore,
  actor: Decider,
  id: number,
  decision: CodeDecision,
): Promise<boolean> {
  if (actor.kind === "staff" && !hasRole(actor, "administrator", "supervisor"))
    throw new Forbidden("only 管理员 and 主管 adopt tables of codes");
  return inTransaction(root, async ({ db }) => {
    const [table] = await db<{ name: string; version: number; bureauId: number; state: string }[]>`
      select name, version, bureau_id, state from bureau_code_tables
      where id = ${id} and isp_id = ${actor.ispId} for update`;
    if (!table) throw new NotFound(`no table of codes ${id}`);
    if (table.state !== "proposed") return false;
    const by = actor.kind === "staff" ? actor.staffId : null;
    await db`
      update bureau_code_tables set state = ${decision}, decided_at = now(), decided_by = ${by} where id = ${id}`;
    const { name, version, bureauId } = table;
    const detail = { table: id, name, version, bureau: bureauId };
    if (actor.kind === "staff") await recordLook(db, actor, audited[decision], [null], detail);
    else await recordOperator(db, audited[decision], { ispId: actor.ispId, detail });
    return true;
  });
}
