import type {
  RecordPerson,
  RecordWebsite,
  SubjectDetails,
  WebsiteDetails,
} from "../../gateways/bureau/downloads.ts";
import { codeTable, isIndividual } from "../../vocabulary/code-tables.ts";
import { isMunicipality } from "../../vocabulary/divisions.ts";
import { approvalNumberKey, personKeys } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { formatIcpNumber, parseIcpNumber } from "../../vocabulary/icp-number.ts";
import { cleanIpRange } from "../../vocabulary/ip-address.ts";

/**
 * What one side says of an object, by place: a key of the dictionary, or `number` and `bureauId`. Each value is in the
 * shape of the dictionary, so that it can be shown and taken over; a place that is missing was not told.
 */
export type Said = Record<string, Values>;

const text = (value: string | undefined): string => (value ?? "").replaceAll("\r\n", "\n").trim();
const sorted = (values: readonly (string | number)[]): string[] => [...new Set(values.map(String))].sort();

/** Entries that were told. */
const told = (entries: Record<string, Values | undefined>): Said =>
  Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, Values] => entry[1] !== undefined),
  );

const one = (key: string, value: string | number | undefined): Values | undefined =>
  value === undefined || text(String(value)) === "" ? undefined : { [key]: text(String(value)) };

/** As `one` where the block that holds it came: what is left out of it is empty. */
const within = (block: unknown, key: string, value: string | undefined): Values | undefined =>
  block === undefined ? undefined : { [key]: text(value) };

/** A number in its usual form; one that is none as it is. */
export const numberSaid = (number: string | undefined): Values | undefined => {
  const parsed = parseIcpNumber(number ?? "");
  return one("number", parsed ? formatIcpNumber(parsed) : number);
};

export const bureauIdSaid = (id: number | null | undefined): Values | undefined =>
  one("bureauId", id ?? undefined);

type SubjectSide = SubjectDetails & { name: string; nature?: number };

/** A subject as either side has it, without remarks: whose they are in a record of the bureau is not told; a 个人 is the person, who is then not named again. */
export function subjectSaid(side: SubjectSide, individual = isIndividual(String(side.nature ?? ""))): Said {
  const { certificate, area, person } = side;
  return {
    ...told({
      name: one("name", side.name),
      nature: one("nature", side.nature),
      certType: one("certType", certificate?.type || undefined),
      certNo: one("certNo", certificate?.number),
      residence: one("residence", certificate?.address),
      division: area && divisionSaid(area),
      address: within(area, "address", side.address),
      investor: individual ? undefined : within(area, "investor", side.investor),
    }),
    ...personSaid("subject", person, individual),
  };
}

/** A municipality has no cities here; the bureau has a grouping code there. */
function divisionSaid({ province, city, county }: NonNullable<SubjectDetails["area"]>): Values {
  const code = (value: number | undefined) => (value ? String(value) : "");
  const town = isMunicipality(code(province)) ? "" : code(city);
  return { province: code(province), city: town, county: code(county) };
}

/** Where no office telephone was given the mobile number is sent in its place. */
function personSaid(
  section: "subject" | "website",
  person: RecordPerson | undefined,
  isSubject: boolean,
): Said {
  if (!person) return {};
  const keys = personKeys[section];
  const office = text(person.officePhone) === text(person.mobile) ? "" : person.officePhone;
  const kind = person.qq ? "qq" : person.msn ? "msn" : "";
  return told({
    ...(isSubject
      ? {}
      : {
          [keys.name]: one(keys.name, person.name),
          [keys.idType]: one(keys.idType, person.certificateType),
          [keys.idNo]: one(keys.idNo, person.certificateNumber),
        }),
    [keys.mobile]: one(keys.mobile, person.mobile),
    [keys.phone]: within(person, keys.phone, office),
    [keys.email]: one(keys.email, person.email),
    [keys.messenger]: { [keys.messengerType]: kind, [keys.messenger]: text(person.qq ?? person.msn) },
  });
}

type WebsiteSide = WebsiteDetails &
  Pick<RecordWebsite, "name" | "homePage"> & { domains: { name: string }[] };

/** A website as either side has it. */
export function websiteSaid(side: WebsiteSide): Said {
  const { serviceContents, languages, approvals, person } = side;
  const block = serviceContents ?? person;
  const domains = sorted(side.domains.map(({ name }) => name.toLowerCase()));
  return {
    ...told({
      siteName: one("siteName", side.name),
      domains: domains.length > 0 ? { domains } : undefined,
      homePages: block && { homePages: text(side.homePage).split(";").filter(Boolean) },
      serviceContents: serviceContents && { serviceContents: sorted(serviceContents) },
      languages: languages && { languages: sorted(languages) },
      preApprovals: block && approvalsSaid(approvals ?? []),
    }),
    ...personSaid("website", person, false),
  };
}

const approvalsSaid = (approvals: readonly { type: number; number: string }[]): Values => ({
  preApprovals: sorted(approvals.map(({ type }) => type)),
  ...Object.fromEntries(approvals.map(({ type, number }) => [approvalNumberKey(String(type)), text(number)])),
});

type AccessSide = {
  places: readonly number[];
  modes: readonly number[];
  ips: readonly { from?: string; to?: string }[];
};

/** An access as either side has it. Version V.3.0 has no IPv6, so only ranges of IPv4 are compared. */
export const accessSaid = ({ places, modes, ips }: AccessSide): Said =>
  told({
    serverPlaces: places.length > 0 ? { serverPlaces: sorted(places.map(provinceOf)) } : undefined,
    accessModes: modes.length > 0 ? { accessModes: sorted(modes) } : undefined,
    ips: rangesOf(ips).length > 0 ? { ips: sorted(rangesOf(ips)) } : undefined,
  });

const rangesOf = (ips: AccessSide["ips"]): string[] =>
  ips.flatMap(({ from, to }) => (from && to && !from.includes(":") ? [cleanIpRange(`${from}-${to}`)] : []));

/** 服务器放置地 has codes of its own at the bureau. */
export const provinceOf = (place: number): string =>
  codeTable("province").rows.find(({ code, fbdd }) => (fbdd ?? code) === String(place))?.code ??
  String(place);
