import type { BureauLookups } from "../../gateways/bureau/lookups.ts";
import { countHit, type Limit } from "../rate-limit/rate-limit.ts";
import type { RootStore } from "../store.ts";
import { type NewTypeCheck, questionOf, type TypeCheck, typeCheckOfRequest, writeTypeCheck } from "./rows.ts";
import { lookAround } from "./sightings.ts";

/** Every check asks the bureau twice; nobody files more than this in an hour by hand. */
const limit: Limit = { name: "type-check", most: 60, seconds: 3600 };

/**
 * 验证备案类型: looks at our records, asks the bureau for at most two seconds, keeps what was found. A form that was sent
 * before gives what it made; undefined after too many in an hour.
 */
export async function startTypeCheck(
  store: RootStore,
  lookups: BureauLookups,
  wanted: NewTypeCheck,
): Promise<TypeCheck | undefined> {
  const earlier = await typeCheckOfRequest(store, wanted.accountId, wanted.requestId);
  if (earlier) return earlier;
  if ((await countHit(store, limit, String(wanted.accountId))).over) return undefined;
  return writeTypeCheck(store, wanted, await lookAround(store, lookups, wanted, questionOf(wanted.inputs)));
}
