import type { Actor } from "../../models/actor.ts";
import { packagesOfFiling } from "../../models/bureau/requests.ts";
import { bureauWordsOf, refusalExplanation } from "../../models/bureau/words.ts";
import type { Filing } from "../../models/filing/rows.ts";
import { openUpload } from "../../models/filing/states.ts";
import { seesPersons } from "../../models/filing/subject-name.ts";
import type { Deps } from "../deps.ts";

/** What was sent to the bureau of a filing and what it said. */
export type BureauSide = {
  packages: Awaited<ReturnType<typeof packagesOfFiling>>;
  words: Awaited<ReturnType<typeof bureauWordsOf>>;
  /** Why it may have come back, where the bureau's words do not say. */
  explanation: string | undefined;
};

/** Nothing is read for a filing that never was on its way to the bureau, and for 客服: the bureau's words name persons. */
export async function bureauSide(deps: Deps, actor: Actor, filing: Filing): Promise<BureauSide> {
  const none = { packages: [], words: [], explanation: undefined };
  if (!seesPersons(actor)) return none;
  if (!filing.bureauId && !openUpload.includes(filing.state)) return none;
  const [packages, words] = await Promise.all([
    packagesOfFiling(deps.db, filing.id),
    bureauWordsOf(deps, filing),
  ]);
  const refusal = words.find(({ kind, outcome }) => kind === "refused" && outcome === "applied");
  const acceptedAt = packages.at(-1)?.acceptedAt;
  const explanation =
    refusal && acceptedAt && filing.state === "bureau_returned"
      ? refusalExplanation({
          acceptedAt,
          refusedAt: refusal.receivedAt,
          checkDone: filing.formerState === "at_bureau",
          codes: refusal.codes,
          words: refusal.words,
        })
      : undefined;
  return { packages: packages.toReversed(), words, explanation };
}
