import { seal } from "../../crypto/seal.ts";
import { hasRole, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Forbidden, NotFound } from "../errors.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { noteContext } from "./rows.ts";

export type Closing = { state: "done" | "not_needed"; note: string };

/**
 * Closes a task: it is cut, or need not be, which wants a reason. False when it was closed otherwise meanwhile; throws
 * NotFound for one of another provider.
 */
export async function closeCut(
  root: RootStore,
  actor: Staff,
  id: number,
  closing: Closing,
): Promise<boolean> {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 close a task");
  if (closing.state === "not_needed" && closing.note === "") throw new Error("not_needed without a reason");
  return inTransaction(root, async ({ db, vault }) => {
    const [cut] = await db<{ state: string }[]>`
      select state from cuts where id = ${id} and isp_id = ${actor.ispId} for update`;
    if (!cut) throw new NotFound(`no cut ${id}`);
    if (cut.state !== "open") return false;
    const { key, wrapped } = vault.newDataKey();
    const sealed = closing.note === "" ? null : seal(key, closing.note, noteContext(actor.ispId, id));
    await db`
      update cuts set state = ${closing.state}, closed_at = now(), closed_by = ${actor.staffId},
        data_key = ${sealed && wrapped}, note_sealed = ${sealed}
      where id = ${id}`;
    await recordLook(db, actor, "close-cut", [null], { cut: id, as: closing.state });
    return true;
  });
}

/** The provider's own system says that it is cut; one that is closed stays as it was closed. */
export const closeByHook = ({ db }: Pick<Store, "db">, id: number) => db`
  update cuts set state = 'done', closed_at = now() where id = ${id} and state = 'open'`;
