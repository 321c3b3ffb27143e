import type { Actor } from "../actor.ts";
import { mustBeWritable } from "../filing/on-behalf.ts";
import { lockFiling } from "../filing/rows.ts";
import { inTransaction, type RootStore } from "../store.ts";
import { type Binding, bindProduct, type Verified } from "./bind.ts";
import { releaseProduct } from "./places.ts";

/**
 * Puts a draft or returned filing on a product that was verified, in the place of the one it stood on. Throws NotFound
 * and TransitionRefused; where the product is not bound, what was bound before stays.
 */
export async function giveProduct(
  root: RootStore,
  actor: Actor,
  filingId: number,
  verified: Verified,
): Promise<Binding> {
  try {
    return await inTransaction(root, async (store) => {
      const filing = await lockFiling(store.db, filingId, actor);
      mustBeWritable(filing, actor);
      await releaseProduct(store, filing);
      const binding = await bindProduct(store, filing, verified);
      if (!binding.bound) throw new NotBound(binding.reason);
      return binding;
    });
  } catch (error) {
    if (error instanceof NotBound) return { bound: false, reason: error.reason };
    throw error;
  }
}

/** Rolls back; never leaves this file. */
class NotBound extends Error {
  readonly reason: "quota" | "wrong";
  constructor(reason: "quota" | "wrong") {
    super(reason);
    this.reason = reason;
  }
}
