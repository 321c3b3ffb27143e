import type { BureauRecord, RecordAccess, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import type { Values } from "../../vocabulary/filing.ts";
import type { OurAccess, OurRecord, OurWebsite } from "./ours.ts";
import { isElsewhere, ownAccesses, pairAccesses, pairWebsites } from "./pairs.ts";
import type { Said } from "./said.ts";
import {
  type At,
  absent,
  individualOf,
  inForce,
  ourAccess,
  ourSubject,
  ourWebsite,
  theirAccess,
  theirSubject,
  theirWebsite,
} from "./sides.ts";

/** A place where both sides differ; without `theirs` the bureau has nothing there, without `ours` we have not. */
export type Found = {
  kind: "differs" | "only_bureau" | "only_here";
  websiteId: number | null;
  accessId: number | null;
  /** What the bureau calls something that is not here, "" otherwise. */
  key: string;
  place: string;
  ours: Values | null;
  /** Values of the dictionary, or the whole of a website, an access or a record that only the bureau has. */
  theirs: Values | RecordWebsite | RecordAccess | BureauRecord | null;
};

const SUBJECT: At = { websiteId: null, accessId: null };

/** `partial`: what the record leaves out was not told, as in an answer to a filing. `ispNumber` is our id at the bureau. */
export type How = { ispNumber: number; partial: boolean };

/** Everything that a record of the bureau says otherwise than ours. */
export function compareRecord(ours: OurRecord, theirs: BureauRecord, how: How): Found[] {
  const { both, ours: lost, theirs: strange } = pairWebsites(ours, theirs);
  return [
    ...differing(SUBJECT, ourSubject(ours, individualOf(ours, theirs)), theirSubject(ours, theirs)),
    ...both.flatMap((pair) => compareWebsite(ours, pair, how)),
    ...(how.partial ? [] : lost.filter(isServed).map(({ id }) => lostAt({ websiteId: id, accessId: null }))),
    ...(how.partial ? [] : strange.filter((site) => !isElsewhere(site, how.ispNumber)).map(strangeWebsite)),
  ];
}

/** A website on record here that has an access here; others are no matter between this provider and the bureau. */
const isServed = (site: OurWebsite): boolean =>
  !site.cancelled && site.accesses.some((access) => !access.cancelled);

const lostAt = (at: At): Found => ({
  ...{ kind: "only_here", ...at, key: "", place: "state" },
  ...{ ours: inForce, theirs: absent },
});

const strangeWebsite = (theirs: RecordWebsite, at: number): Found => ({
  ...{ kind: "only_bureau", ...SUBJECT, place: "website" },
  ...{ key: keyOf(theirs, at), ours: null, theirs },
});

/** What the bureau calls it: its id, its number, else the place in the record. */
export const keyOf = ({ bureauId, number }: { bureauId?: number; number?: string }, at = 0): string =>
  bureauId === undefined ? (number ? `number:${number}` : `at:${at}`) : `bureau:${bureauId}`;

function compareWebsite(
  record: OurRecord,
  { ours, theirs }: { ours: OurWebsite; theirs: RecordWebsite },
  how: How,
): Found[] {
  const {
    both,
    ours: lost,
    theirs: strange,
  } = pairAccesses(ours.accesses, ownAccesses(theirs, how.ispNumber));
  const at = { websiteId: ours.id, accessId: null };
  const ids = idsOfParts(
    ours.domains.map(({ domain, bureauId }) => ({ name: domain, bureauId })),
    theirs.domains.map(({ name, bureauId }) => ({ name: name.toLowerCase(), bureauId })),
  );
  return [
    ...differing(
      at,
      { ...ourWebsite(record, ours), ...ids.ours },
      { ...theirWebsite(theirs), ...ids.theirs },
    ),
    ...both.flatMap((pair) => compareAccess(ours.id, pair)),
    ...(how.partial
      ? []
      : [
          ...lost
            .filter((one) => !one.cancelled)
            .map(({ id }) => lostAt({ websiteId: ours.id, accessId: id })),
          ...strange.map((one, index) => strangeAccess(ours.id, one, index)),
        ]),
  ];
}

const strangeAccess = (websiteId: number, theirs: RecordAccess, at: number): Found => ({
  ...{ kind: "only_bureau", websiteId, accessId: null, place: "access" },
  ...{ key: keyOf(theirs, at), ours: null, theirs },
});

function compareAccess(
  websiteId: number,
  { ours, theirs }: { ours: OurAccess; theirs: RecordAccess },
): Found[] {
  const ids = idsOfParts(
    ours.ips.map(({ first, last, bureauId }) => ({ name: `${first}-${last}`, bureauId })),
    theirs.ips.map(({ from, to, bureauId }) => ({ name: `${from}-${to}`, bureauId })),
  );
  return differing(
    { websiteId, accessId: ours.id },
    { ...ourAccess(ours), ...ids.ours },
    { ...theirAccess(theirs), ...ids.theirs },
  );
}

type Named = { name: string; bureauId?: number | null | undefined };

/** The bureau's ids of domains or ranges that both have, as far as it tells them. */
function idsOfParts(ours: readonly Named[], theirs: readonly Named[]): { ours: Said; theirs: Said } {
  const shared = theirs.filter((one) => one.bureauId && ours.some(({ name }) => name === one.name));
  const written = (parts: readonly Named[]): Said => ({
    partIds: {
      partIds: parts
        .filter(({ name, bureauId }) => bureauId && shared.some((one) => one.name === name))
        .map(({ name, bureauId }) => `${name}=${bureauId}`)
        .sort(),
    },
  });
  return shared.length > 0 ? { ours: written(ours), theirs: written(shared) } : { ours: {}, theirs: {} };
}

/** Places that the bureau told and that read otherwise here. */
const differing = (at: At, ours: Said, theirs: Said): Found[] =>
  Object.entries(theirs).flatMap(([place, value]) =>
    canonical(ours[place]) === canonical(value)
      ? []
      : [{ kind: "differs" as const, ...at, key: "", place, ours: ours[place] ?? null, theirs: value }],
  );

/** The same text for the same value: keys in order, what is empty left out. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value ?? {}, (_, one: unknown) =>
    one !== null && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(
          Object.entries(one)
            .filter(([, part]) => part !== "" && !(Array.isArray(part) && part.length === 0))
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : one,
  );
