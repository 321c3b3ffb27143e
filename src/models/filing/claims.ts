import type { Actor } from "../actor.ts";
import type { Filing } from "./rows.ts";

type Claim = Pick<Filing, "claimedBy" | "claimedUntil">;

/** A claim lives until its time; one that ran out counts as none and needs no clearing. */
export const hasLiveClaim = ({ claimedBy, claimedUntil }: Claim, now: Date): boolean =>
  claimedBy !== null && claimedUntil !== null && claimedUntil > now;

/** Whether the live claim is this person's. */
export const holdsClaim = (filing: Claim, actor: Actor, now: Date): boolean =>
  actor.kind === "staff" && filing.claimedBy === actor.staffId && hasLiveClaim(filing, now);
