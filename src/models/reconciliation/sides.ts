import type { BureauRecord, RecordAccess, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import { isIndividual } from "../../vocabulary/code-tables.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { formatIcpNumber, parseIcpNumber } from "../../vocabulary/icp-number.ts";
import { accessOf, subjectOf, websiteOf } from "../bureau/blocks.ts";
import type { OurAccess, OurRecord, OurWebsite } from "./ours.ts";
import { accessSaid, bureauIdSaid, numberSaid, type Said, subjectSaid, websiteSaid } from "./said.ts";

/** An object of a record: without either id the subject, without an access a website. */
export type At = { websiteId: number | null; accessId: number | null };

export const inForce: Values = { state: "valid" };
export const cancelled: Values = { state: "cancelled" };
export const absent: Values = { state: "absent" };

export const individualOf = (ours: OurRecord, { subject }: BureauRecord): boolean =>
  isIndividual(subject.nature === undefined ? String(ours.values.nature ?? "") : String(subject.nature));

/** What our record says of one of its objects, by place; undefined where it has none such. */
export function ourPlaces(record: OurRecord, { websiteId, accessId }: At): Said | undefined {
  if (websiteId === null) return ourSubject(record, false);
  const site = record.websites.find(({ id }) => id === websiteId);
  if (accessId === null) return site && ourWebsite(record, site);
  const access = site?.accesses.find(({ id }) => id === accessId);
  return access && ourAccess(access);
}

export const ourSubject = (ours: OurRecord, individual: boolean): Said => ({
  ...common(ours),
  ...numbered(ours.number),
  ...subjectSaid(
    subjectOf({ kind: "subject", id: ours.id, position: 0, values: ours.values }, false),
    individual,
  ),
});

export const theirSubject = (ours: OurRecord, theirs: BureauRecord): Said => ({
  ...there(theirs.subject),
  ...subjectSaid(theirs.subject, individualOf(ours, theirs)),
});

const common = ({ cancelled: over, bureauId }: { cancelled: boolean; bureauId: number | null }): Said => ({
  state: over ? cancelled : inForce,
  ...given("bureauId", bureauIdSaid(bureauId)),
});

const there = ({ bureauId, number }: { bureauId?: number; number?: string }): Said => ({
  state: inForce,
  ...given("bureauId", bureauIdSaid(bureauId)),
  ...given("number", numberSaid(number)),
});

/** 主体备案号 as a question for a domain tells it. */
export function holderOf(number: string | undefined): Values | undefined {
  const parsed = parseIcpNumber(number ?? "");
  const usual = parsed ? formatIcpNumber(parsed, true) : (number ?? "").trim();
  return usual === "" ? undefined : { holder: usual };
}

const numbered = (number: string): Said => given("number", numberSaid(number));

const given = (place: string, value: Values | undefined): Said => (value ? { [place]: value } : {});

export function ourWebsite(record: OurRecord, ours: OurWebsite): Said {
  const subject = { kind: "subject", id: record.id, position: 0, values: record.values } as const;
  const section = { kind: "website", id: ours.id, position: 0, values: ours.values, accesses: [] } as const;
  const ids = {
    domains: ours.domains.map(({ id, domain }) => ({ id, sectionId: ours.id, domain })),
    ips: [],
  };
  const built = websiteOf({ data: { subject }, ids, pictures: [] }, { ...section, accesses: [] });
  return {
    ...common(ours),
    ...numbered(ours.number),
    ...websiteSaid({ ...built, name: built.names.join(";") }),
  };
}

export const theirWebsite = (theirs: RecordWebsite): Said => ({ ...there(theirs), ...websiteSaid(theirs) });

export function ourAccess(ours: OurAccess): Said {
  const ips = ours.ips.map(({ id, first, last }) => ({ id, sectionId: ours.id, first, last }));
  const section = { kind: "access", id: ours.id, position: 0, values: ours.values } as const;
  return { ...common(ours), ...accessSaid(accessOf(section, { domains: [], ips })) };
}

export const theirAccess = (theirs: RecordAccess): Said => ({ ...there(theirs), ...accessSaid(theirs) });
