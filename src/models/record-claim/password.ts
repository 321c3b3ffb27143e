import type { BureauLookups } from "../../gateways/bureau/lookups.ts";
import { parseIcpNumber } from "../../vocabulary/icp-number.ts";
import type { Registrant } from "../actor.ts";
import { bureauAccount } from "../bureau/account.ts";
import { bureauFor } from "../bureau/rows.ts";
import { countHit, type Limit } from "../rate-limit/rate-limit.ts";
import type { Store } from "../store.ts";
import { failureOf } from "../type-check/sightings.ts";

/** Tries of an account, of a network, and at one number: the bureau itself allows few for a number. */
const limits = {
  account: { name: "password-account", most: 10, seconds: 3600 },
  source: { name: "password-source", most: 60, seconds: 3600 },
  number: { name: "password-number", most: 5, seconds: 3600 },
} satisfies Record<string, Limit>;

/** Somebody waits at a page: milliseconds. */
const TIME = 2000;

export type PasswordTry = { number: string; password: string; source: string };

/** `silent`: the bureau gave no answer in time, or there is none to ask. `too_many`: here or at the bureau. */
export type PasswordAnswer = "right" | "wrong" | "silent" | "too_many";

/** Counts the try, then asks the bureau of the number whether the 备案密码 belongs to it. Nothing of it is kept. */
export async function askPassword(
  store: Store,
  lookups: Pick<BureauLookups, "verifyBamm">,
  actor: Registrant,
  { number, password, source }: PasswordTry,
): Promise<PasswordAnswer> {
  const counts = [
    await countHit(store, limits.account, String(actor.accountId)),
    await countHit(store, limits.source, source),
    await countHit(store, limits.number, number),
  ];
  if (counts.some(({ over }) => over)) return "too_many";
  const bureau = await bureauFor(store.db, actor.ispId, parseIcpNumber(number)?.province ?? null);
  if (!bureau) return "silent";
  const account = bureauAccount(store, bureau);
  try {
    const answer = await lookups.verifyBamm(account, { number, password }, { timeoutMs: TIME });
    return answer === "too_many_tries" ? "too_many" : answer;
  } catch (error) {
    failureOf(error);
    return "silent";
  }
}
