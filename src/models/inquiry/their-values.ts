import type {
  BureauRecord,
  RecordAccess,
  RecordPerson,
  RecordWebsite,
} from "../../gateways/bureau/downloads.ts";
import { codeTable, isIndividual } from "../../vocabulary/code-tables.ts";
import { isMunicipality } from "../../vocabulary/divisions.ts";
import { approvalNumberKey, personKeys } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";

/** A record of the bureau under the keys of the dictionary; a key that is not there was not told. */
export type TheirSite = {
  bureauId: number | undefined;
  number: string | undefined;
  name: string;
  values: Values;
  accesses: { bureauId: number | undefined; values: Values }[];
};
export type TheirRecord = { bureauId: number | undefined; values: Values; websites: TheirSite[] };

/** Reads a record as the dictionary names things, for showing it beside ours. */
export const theirRecord = (record: BureauRecord): TheirRecord => ({
  bureauId: record.subject.bureauId,
  values: subjectValues(record.subject),
  websites: record.websites.map((site) => ({
    ...{ bureauId: site.bureauId, number: site.number, name: site.name, values: websiteValues(site) },
    accesses: site.accesses.map((one) => ({ bureauId: one.bureauId, values: accessValues(one) })),
  })),
});

/** What is known, as text. */
function told(entries: Record<string, string | number | readonly string[] | undefined>): Values {
  const known = Object.entries(entries).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    known.map(([key, value]) => [key, typeof value === "object" ? [...value] : String(value)]),
  );
}

const texts = (codes: readonly number[] | undefined): string[] | undefined => codes?.map(String);

function subjectValues(subject: BureauRecord["subject"]): Values {
  const { certificate, person } = subject;
  return told({
    ...{ number: subject.number, name: subject.name, nature: subject.nature },
    ...{ certType: certificate?.type, certNo: certificate?.number, residence: certificate?.address },
    ...divisionOf(subject.area),
    ...{ address: subject.address, investor: subject.investor, remark: subject.remark },
    ...personValues(person, "subject", isIndividual(String(subject.nature ?? ""))),
  });
}

/** 省, 市, 区县 as they are chosen here: a 直辖市 has no cities. */
function divisionOf(area: BureauRecord["subject"]["area"]) {
  if (!area) return {};
  const province = String(area.province);
  const city = isMunicipality(province) || area.city === 0 ? "" : String(area.city);
  return { province, city, county: area.county === undefined ? "" : String(area.county) };
}

/** A person who files is the subject: name and document stand there. */
function personValues(
  person: RecordPerson | undefined,
  section: keyof typeof personKeys,
  isSubject = false,
): Record<string, string | number | undefined> {
  if (!person) return {};
  const keys = personKeys[section];
  const messenger = person.qq !== undefined ? "qq" : person.msn !== undefined ? "msn" : undefined;
  return {
    ...(isSubject
      ? {}
      : {
          [keys.name]: person.name,
          [keys.idType]: person.certificateType,
          [keys.idNo]: person.certificateNumber,
        }),
    ...{ [keys.mobile]: person.mobile, [keys.phone]: person.officePhone, [keys.email]: person.email },
    ...{ [keys.messengerType]: messenger, [keys.messenger]: person.qq ?? person.msn },
  };
}

function websiteValues(site: RecordWebsite): Values {
  const approvals = site.approvals?.map(({ type, number }) => [approvalNumberKey(String(type)), number]);
  return told({
    ...{ number: site.number, serviceType: "1", siteName: site.name },
    domains: site.domains.map(({ name }) => name.toLowerCase()),
    homePages: site.homePage?.split(/[;；]/).filter((page) => page !== ""),
    ...{ serviceContents: texts(site.serviceContents), languages: texts(site.languages) },
    preApprovals: site.approvals?.map(({ type }) => String(type)),
    ...Object.fromEntries(approvals ?? []),
    ...{ samePerson: "", remark: site.remark },
    ...personValues(site.person, "website"),
  });
}

const accessValues = ({ modes, places, ips }: RecordAccess): Values =>
  told({
    accessModes: texts(modes),
    serverPlaces: places.map(provinceOfPlace),
    ips: ips.flatMap(({ from, to }) => (from === undefined ? [] : from === to ? from : `${from}-${to}`)),
  });

/** 服务器放置地 has codes of its own at the bureau; one that nobody knows is shown as it is. */
const provinceOfPlace = (place: number): string =>
  codeTable("province").rows.find(({ fbdd }) => fbdd === String(place))?.code ?? String(place);
