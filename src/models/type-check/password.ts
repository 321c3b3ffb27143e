import type { BureauLookups } from "../../gateways/bureau/lookups.ts";
import { askPassword, type PasswordAnswer, type PasswordTry, takeBackTry } from "../record-claim/password.ts";
import type { Store } from "../store.ts";

/** `unchecked`: nobody answered in time, the filing goes on and the reviewer is told. */
export type PasswordCheck = "right" | "unchecked" | "wrong" | "too_many_tries";

const outcomes: Record<PasswordAnswer, PasswordCheck> = {
  right: "right",
  wrong: "wrong",
  silent: "unchecked",
  too_many: "too_many_tries",
};

/**
 * Asks the bureau within two seconds whether a 备案密码 belongs to a 备案号. Keeps nothing of it; wrong ones are counted by
 * account, network and number, those of 认领 with them.
 */
export async function checkPassword(
  store: Store,
  lookups: Pick<BureauLookups, "verifyBamm">,
  { ispId, accountId }: { ispId: number; accountId: number },
  record: PasswordTry,
): Promise<PasswordCheck> {
  const answer = await askPassword(store, lookups, { ispId, accountId }, record);
  if (answer === "right") await takeBackTry(store, { ispId, accountId }, record);
  return outcomes[answer];
}
