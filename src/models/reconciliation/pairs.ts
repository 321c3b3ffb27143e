import type { BureauRecord, RecordAccess, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import { usualNumber } from "../record/writing.ts";
import type { OurAccess, OurRecord, OurWebsite } from "./ours.ts";

/** What both sides have, and what one of them has alone. */
export type Paired<Ours, Theirs> = { both: { ours: Ours; theirs: Theirs }[]; ours: Ours[]; theirs: Theirs[] };

type Same<Ours, Theirs> = (ours: Ours, theirs: Theirs) => boolean;

/**
 * Pairs each of theirs with one of ours, by the first of the tests that finds one: each of ours is taken once, those in
 * force before those that were cancelled. Later tests never take what an earlier one would give to another.
 */
function pairUp<Ours, Theirs>(
  ours: readonly Ours[],
  theirs: readonly Theirs[],
  tests: readonly Same<Ours, Theirs>[],
): Paired<Ours, Theirs> {
  const found = new Map<Theirs, Ours>();
  const taken = new Set<Ours>();
  for (const same of tests)
    for (const their of theirs) {
      if (found.has(their)) continue;
      const our = ours.find((one) => !taken.has(one) && same(one, their));
      if (our === undefined) continue;
      found.set(their, our);
      taken.add(our);
    }
  return {
    both: theirs.flatMap((their) => {
      const our = found.get(their);
      return our === undefined ? [] : [{ ours: our, theirs: their }];
    }),
    ours: ours.filter((one) => !taken.has(one)),
    theirs: theirs.filter((one) => !found.has(one)),
  };
}

const sameBureauId = (
  ours: { bureauId: number | null },
  { bureauId }: { bureauId?: number | undefined },
): boolean => bureauId !== undefined && ours.bureauId === bureauId;

const sameOwnId = (ours: { id: number }, { ourId }: { ourId?: number | undefined }): boolean =>
  ours.id === ourId;

/** By the bureau's id, by the number, by our id, by a domain. */
export const pairWebsites = (
  ours: OurRecord,
  theirs: Pick<BureauRecord, "websites">,
): Paired<OurWebsite, RecordWebsite> =>
  pairUp(ours.websites, theirs.websites, [
    sameBureauId,
    (our, { number }) => Boolean(number) && usualNumber(number ?? "") === usualNumber(our.number),
    sameOwnId,
    (our, { domains }) =>
      !our.cancelled &&
      our.domains.some(({ domain }) => domains.some((one) => one.name.toLowerCase() === domain)),
  ]);

/** Accesses of this provider: by the bureau's id, by our id, by the same addresses; one that is alone on both sides. */
export function pairAccesses(
  ours: readonly OurAccess[],
  theirs: readonly RecordAccess[],
): Paired<OurAccess, RecordAccess> {
  const inForce = ours.filter(({ cancelled }) => !cancelled);
  return pairUp(ours, theirs, [
    sameBureauId,
    sameOwnId,
    (our, { ips }) =>
      our.ips.length > 0 &&
      our.ips.every(({ first, last }) => ips.some((one) => one.from === first && one.to === last)),
    (our) => inForce.length === 1 && theirs.length === 1 && our === inForce[0],
  ]);
}

/** Accesses that the bureau has of this provider; one without a provider is taken for its own. */
export const ownAccesses = (site: RecordWebsite, ispNumber: number): RecordAccess[] =>
  site.accesses.filter(({ ispId }) => ispId === undefined || ispId === ispNumber);

/** A website that other providers alone give access to is no matter of this one. */
export const isElsewhere = (site: RecordWebsite, ispNumber: number): boolean =>
  site.accesses.length > 0 && ownAccesses(site, ispNumber).length === 0;
