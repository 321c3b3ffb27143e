import type { BureauLookups } from "../../gateways/bureau/lookups.ts";
import { derivedId } from "../../lib/ids.ts";
import { GatewayFailed } from "../errors.ts";
import { maybeFiling } from "../filing/rows.ts";
import { ended } from "../filing/states.ts";
import { transition } from "../filing/transition.ts";
import type { RootStore } from "../store.ts";
import { pathFor } from "./paths.ts";
import { maybeTypeCheck, questionOf } from "./rows.ts";
import { lookAround } from "./sightings.ts";

/**
 * Asks the bureau again that gave no answer when the filing was opened. What contradicts the way it went becomes a line
 * of its history and a note for the reviewer; the filing itself stays. Throws GatewayFailed while the bureau is silent.
 */
export async function recheckType(
  store: RootStore,
  lookups: BureauLookups,
  checkId: string,
): Promise<"nothing to do" | "agrees" | "contradicts"> {
  const check = await maybeTypeCheck(store, checkId);
  const filing = check?.filingId ? await maybeFiling(store.db, check.filingId) : undefined;
  if (!check || !filing || ended.includes(filing.state)) return "nothing to do";
  const { evidence, bureau } = await lookAround(store, lookups, check, questionOf(check.inputs));
  if (bureau === "silent") throw new GatewayFailed("the bureau said nothing about a filing's type");
  const path = pathFor(evidence);
  // A 备案密码 that the bureau found right shows that it is filed, whatever the document says.
  const agrees = path === check.chosen || check.password === "right";
  if (agrees) {
    await store.db`update type_checks set rechecked_at = now(), bureau = ${bureau} where id = ${check.id}`;
    return "agrees";
  }
  await transition(store, {
    filingId: filing.id,
    action: "doubt-type",
    actor: { kind: "system" },
    requestId: derivedId("recheck-type", check.id),
    input: { detail: { path } },
    within: async ({ store: { db } }) => {
      await db`
        update type_checks set rechecked_at = now(), bureau = ${bureau}, contradicted = ${path} where id = ${check.id}`;
    },
  });
  return "contradicts";
}
