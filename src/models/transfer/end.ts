import type { Registrant } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";
import { lockMove } from "./accept.ts";
import { isAsked, type Move } from "./rows.ts";
import { recordMoveAct, tellAccount } from "./tell.ts";

type Ending = "declined" | "withdrawn";

const acts = { declined: "decline-record", withdrawn: "withdraw-record" } as const;

/**
 * The side that is asked declines, the side that began withdraws; the other is told. Gives the move as it is then: it
 * may have been settled otherwise in that moment. Throws NotFound for a side that may not.
 */
export const endMove = (root: RootStore, actor: Registrant, id: number, ending: Ending): Promise<Move> =>
  inTransaction(root, async (store) => {
    const { db } = store;
    const move = await lockMove(db, actor, id);
    if (isAsked(move, actor) !== (ending === "declined")) throw new NotFound(`move ${id} is not this side's`);
    if (move.state !== "offered") return move;
    await db`update account_moves set state = ${ending}, settled_at = now() where id = ${id}`;
    const { subjectId, fromAccount: from, toAccount: to, number } = move;
    await recordMoveAct(db, actor, acts[ending], { moveId: id, subjectId, from, to });
    const other = from === actor.accountId ? to : from;
    const variables = { outcome: ending, number, other: "" };
    if (other !== null) await tellAccount(store, other, "record-settled", variables, `move:${id}:${ending}`);
    return { ...move, state: ending };
  });
