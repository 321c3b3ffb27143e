import type { Access, Approval, Person, Subject, Website } from "../../gateways/bureau/index.ts";
import { codeRow, isIndividual } from "../../vocabulary/code-tables.ts";
import { bureauDivision } from "../../vocabulary/divisions.ts";
import { approvalNumberKey, listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { Section, Values, WebsiteSection } from "../../vocabulary/filing.ts";
import { DEFAULT_VERSION, versionData } from "../../vocabulary/interface-version.ts";
import { type Person as FiledPerson, subjectPerson, websitePerson } from "../../vocabulary/persons.ts";
import type { Content, FiledIds, Picture } from "./parts.ts";

/** Zt_xx under our id of the section. */
export function subjectOf({ id, values }: Section, onBehalf: boolean): Subject {
  const text = (key: string) => textOf(values, key);
  const { province, city, county } = bureauDivision(text("province"), text("city"), text("county"));
  return {
    id,
    name: text("name"),
    nature: Number(text("nature")),
    ...given("investor", isIndividual(text("nature")) ? "" : text("investor")),
    area: { province: Number(province), city: Number(city), ...(county ? { county: Number(county) } : {}) },
    ...given("address", text("address")),
    certificate: {
      type: Number(text("certType")),
      number: text("certNo"),
      address: text("residence"),
    },
    person: personOf(subjectPerson(values), values),
    reportedBy: onBehalf ? 1 : 0,
    ...given("remark", text("remark")),
  };
}

/** What a website is made of beside its own section. */
type Around = Pick<Content, "ids" | "pictures" | "version"> & { data: Pick<Content["data"], "subject"> };

/** Wz_xx under our id of the section, with its domains and accesses. */
export function websiteOf(
  { data, ids, pictures, version }: Around,
  { id, values, accesses }: WebsiteSection,
): Website {
  const homePage = homePageOf(listOf(values, "homePages"), carriedBy(version).homePageLength);
  const codes = (key: string) => listOf(values, key).map(Number);
  return {
    id,
    names: [textOf(values, "siteName")],
    approvals: approvalsOf(values, scansOf(pictures, id)),
    serviceContents: codes("serviceContents"),
    languages: codes("languages"),
    domains: ids.domains
      .filter(({ sectionId }) => sectionId === id)
      .map(({ id: domainId, domain }) => ({ id: domainId, name: domain })),
    accesses: accesses.map((access) => accessOf(access, ids, version)),
    person: personOf(websitePerson(values, data.subject.values), data.subject.values),
    ...given("homePage", homePage),
    ...given("remark", textOf(values, "remark")),
  };
}

const carriedBy = (version = DEFAULT_VERSION) => versionData(version).carries;

/** Where a version carries IPv4 alone, other ranges stay with us, unless there is nothing else to send. */
export function accessOf({ id, values }: Section, ids: FiledIds, version?: string): Access {
  const own = ids.ips.filter(({ sectionId }) => sectionId === id);
  const version4 = carriedBy(version).ipv6 ? own : own.filter(({ first }) => !first.includes(":"));
  return {
    id,
    places: listOf(values, "serverPlaces").map(placeCode),
    modes: listOf(values, "accessModes").map(Number),
    ips: (version4.length > 0 ? version4 : own).map(({ id: ipId, first, last }) => ({
      id: ipId,
      from: first,
      to: last,
    })),
  };
}

/** 服务器放置地 has codes of its own at the bureau. */
export const placeCode = (province: string): number =>
  Number(codeRow("province", province)?.fbdd ?? province);

/** Units must give an office telephone (1010, 1031); one that has none is reached at the mobile number. */
function personOf(person: FiledPerson, subject: Values): Person {
  const office = person.phone || (isIndividual(subject.nature) ? "" : person.mobile);
  const messenger =
    person.messengerType === "qq" || person.messengerType === "msn" ? person.messengerType : "";
  return {
    name: person.name,
    ...given("officePhone", office),
    mobile: person.mobile,
    email: person.email,
    ...(messenger ? given(messenger, person.messenger) : {}),
    ...(person.idType ? { certificateType: Number(person.idType) } : {}),
    ...given("certificateNumber", person.idNo),
  };
}

/** Several addresses are joined as names are; what does not fit is left out, the first is always there. */
function homePageOf(pages: readonly string[], homePageLength: number): string {
  return pages.reduce((joined, page) => {
    const longer = joined === "" ? page : `${joined};${page}`;
    return joined !== "" && longer.length > homePageLength ? joined : longer;
  }, "");
}

const approvalsOf = (values: Values, scans: Uint8Array[]): Approval[] =>
  listOf(values, "preApprovals").map((code) => ({
    type: Number(code),
    number: textOf(values, approvalNumberKey(code)),
    scans,
  }));

const scansOf = (pictures: readonly Picture[], websiteId: number): Uint8Array[] =>
  pictures
    .filter(({ slot, sectionId }) => slot === "preApproval" && sectionId === websiteId)
    .map(({ bytes }) => bytes);

/** An entry, or nothing where there is no text. */
const given = <Key extends string>(key: Key, text: string): Partial<Record<Key, string>> =>
  text === "" ? {} : ({ [key]: text } as Record<Key, string>);
