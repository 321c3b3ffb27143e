import type { BureauLookups } from "../../gateways/bureau/lookups.ts";
import { bureauAccount } from "../bureau/account.ts";
import { bureausOf } from "../bureau/rows.ts";
import { clearCount, countHit, type Limit } from "../rate-limit/rate-limit.ts";
import type { Store } from "../store.ts";
import { failureOf } from "./sightings.ts";

/** Wrong passwords of an account in an hour; the bureau itself allows few for a number. */
const limit: Limit = { name: "icp-password", most: 8, seconds: 3600 };

/** `unchecked`: nobody answered in time, the filing goes on and the reviewer is told. */
export type PasswordCheck = "right" | "unchecked" | "wrong" | "too_many_tries";

/**
 * Asks the bureau within two seconds whether a 备案密码 belongs to a 备案号. Keeps nothing of it; wrong ones are counted.
 */
export async function checkPassword(
  store: Store,
  lookups: BureauLookups,
  { ispId, accountId }: { ispId: number; accountId: number },
  record: { number: string; password: string },
): Promise<PasswordCheck> {
  const bureau = (await bureausOf(store.db, ispId))[0];
  if (!bureau) return "unchecked";
  if ((await countHit(store, limit, String(accountId))).over) return "too_many_tries";
  const account = bureauAccount(store, bureau);
  const answer = await lookups.verifyBamm(account, record, { timeoutMs: 2000 }).catch((error: unknown) => {
    failureOf(error);
    return "unchecked" as const;
  });
  if (answer === "right") await clearCount(store, limit, String(accountId));
  return answer;
}
