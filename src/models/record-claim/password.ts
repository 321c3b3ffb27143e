import type { BureauLookups } from "../../gateways/bureau/lookups.ts";
import { parseIcpNumber } from "../../vocabulary/icp-number.ts";
import type { Registrant } from "../actor.ts";
import { bureauAccount } from "../bureau/account.ts";
import { bureauFor } from "../bureau/rows.ts";
import { countHit, type Limit, takeBackHit } from "../rate-limit/rate-limit.ts";
import type { Store } from "../store.ts";
import { failureOf } from "../type-check/sightings.ts";

/**
 * Guesses of an account and at one number, of which the bureau itself allows few; and requests of a network, answered or
 * not.
 */
const limits = {
  account: { name: "password-account", most: 10, seconds: 3600 },
  source: { name: "password-source", most: 60, seconds: 3600 },
  number: { name: "password-number", most: 5, seconds: 3600 },
} satisfies Record<string, Limit>;

/** Somebody waits at a page: milliseconds. */
const TIME = 2000;

/** `source` is the network that it comes from, as far as it is known. */
export type PasswordTry = { number: string; password: string; source?: string };

/** Whose record it is said to be. */
type Asker = Pick<Registrant, "accountId" | "ispId">;

/** What a try is counted by. */
const countsOf = (
  { accountId }: Asker,
  { number, source }: Omit<PasswordTry, "password">,
): [Limit, string][] => [
  [limits.account, String(accountId)],
  ...(source === undefined ? [] : ([[limits.source, source]] as [Limit, string][])),
  [limits.number, number],
];

/** `silent`: the bureau gave no answer in time, or there is none to ask. `too_many`: here or at the bureau. */
export type PasswordAnswer = "right" | "wrong" | "silent" | "too_many";

/**
 * Counts the try, then asks the bureau of the number whether the 备案密码 belongs to it. Nothing of it is kept. Where the
 * bureau was silent nothing was guessed: that counts for the network alone.
 */
export async function askPassword(
  store: Store,
  lookups: Pick<BureauLookups, "verifyBamm">,
  asker: Asker,
  wanted: PasswordTry,
): Promise<PasswordAnswer> {
  const { number, password } = wanted;
  let isOver = false;
  for (const [limit, subject] of countsOf(asker, wanted))
    isOver = (await countHit(store, limit, subject)).over || isOver;
  if (isOver) return "too_many";
  const bureau = await bureauFor(store.db, asker.ispId, parseIcpNumber(number)?.province ?? null);
  if (!bureau) return silent(store, asker, number);
  const account = bureauAccount(store, bureau);
  try {
    const answer = await lookups.verifyBamm(account, { number, password }, { timeoutMs: TIME });
    return answer === "too_many_tries" ? "too_many" : answer;
  } catch (error) {
    failureOf(error);
    return silent(store, asker, number);
  }
}

async function silent(store: Store, asker: Asker, number: string): Promise<"silent"> {
  for (const [limit, subject] of countsOf(asker, { number })) await takeBackHit(store, limit, subject);
  return "silent";
}

/** A right password was no guess: it counts no longer. Not for callers that have more to be guessed behind it. */
export async function takeBackTry(store: Store, asker: Asker, right: PasswordTry): Promise<void> {
  for (const [limit, subject] of countsOf(asker, right)) await takeBackHit(store, limit, subject);
}
