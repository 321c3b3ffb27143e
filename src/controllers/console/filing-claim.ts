import type { Staff } from "../../models/actor.ts";
import { hasLiveClaim, holdsClaim } from "../../models/filing/claims.ts";
import type { Filing } from "../../models/filing/rows.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import { staffNames, staffWithRole } from "../../models/staff/names.ts";
import type { Deps } from "../deps.ts";
import { isSupervisor } from "./decisions.ts";

/** Who holds the filing, and what this person may do about it. */
export async function claimOf({ db }: Deps, actor: Staff, filing: Filing, now: Date) {
  const live = hasLiveClaim(filing, now);
  const own = holdsClaim(filing, actor, now);
  const names = await staffNames(db, filing.ispId, live && filing.claimedBy ? [filing.claimedBy] : []);
  const mayHandOver = isSupervisor(actor) && actionsFor(filing.state, actor).includes("hand-over");
  return {
    own,
    holder: live && !own ? (names.get(filing.claimedBy ?? 0) ?? "另一位审核员") : undefined,
    until: live ? filing.claimedUntil : null,
    colleagues: mayHandOver
      ? await staffWithRole(db, filing.ispId, ["initial_reviewer", "verifier", "submitter", "supervisor"])
      : [],
  };
}
