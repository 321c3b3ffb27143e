import type { FirstFiling } from "../../gateways/bureau/first-filing.ts";
import type { Access, Approval, Attachment, Person, Subject, Website } from "../../gateways/bureau/index.ts";
import { materialState, requiredMaterials } from "../../rules/materials.ts";
import { codeRow, isIndividual } from "../../vocabulary/code-tables.ts";
import { bureauDivision } from "../../vocabulary/divisions.ts";
import { approvalNumberKey, listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { FilingData, Section, Values, WebsiteSection } from "../../vocabulary/filing.ts";
import { type Person as FiledPerson, subjectPerson, websitePerson } from "../../vocabulary/persons.ts";
import type { ProvinceRule } from "../../vocabulary/province-rules.ts";

/** Ids of domains and address ranges, which the bureau echoes; `sectionId` is the website or the access. */
export type FiledIds = {
  domains: readonly { id: number; sectionId: number; domain: string }[];
  ips: readonly { id: number; sectionId: number; first: string; last: string }[];
};

/** The bureau's copy of a picture, opened. */
export type Picture = { slot: string; sectionId: number | null; bytes: Uint8Array };

export type Content = {
  data: FilingData;
  ids: FiledIds;
  pictures: readonly Picture[];
  province: ProvinceRule;
  /** Number of the provider at the bureau. */
  bureauIspId: number;
  /** 代为报备: staff wrote the filing for the registrant. */
  onBehalf: boolean;
};

/** A filing as the bureau takes it (新增备案). Pure: values and pictures in, the shape of the interface out. */
export function firstFilingOf(content: Content): FirstFiling {
  const { data } = content;
  return {
    ispId: content.bureauIspId,
    subject: subjectOf(data.subject, content.onBehalf),
    websites: data.websites.map((website) => websiteOf(content, website)),
    attachments: attachmentsOf(content),
  };
}

function subjectOf({ id, values }: Section, onBehalf: boolean): Subject {
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

function websiteOf({ data, ids, pictures }: Content, { id, values, accesses }: WebsiteSection): Website {
  const homePage = homePageOf(listOf(values, "homePages"));
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
    accesses: accesses.map((access) => accessOf(access, ids)),
    person: personOf(websitePerson(values, data.subject.values), data.subject.values),
    ...given("homePage", homePage),
    ...given("remark", textOf(values, "remark")),
  };
}

/** Version V.3.0 carries IPv4 alone: other ranges stay with us, unless there is nothing else to send. */
function accessOf({ id, values }: Section, ids: FiledIds): Access {
  const own = ids.ips.filter(({ sectionId }) => sectionId === id);
  const version4 = own.filter(({ first }) => !first.includes(":"));
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

/** Most characters of Syurl in a first filing. */
const HOME_PAGE_LENGTH = 255;

/** Several addresses are joined as names are; what does not fit is left out, the first is always there. */
function homePageOf(pages: readonly string[]): string {
  return pages.reduce((joined, page) => {
    const longer = joined === "" ? page : `${joined};${page}`;
    return joined !== "" && longer.length > HOME_PAGE_LENGTH ? joined : longer;
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

/** Slots that the bureau has a purpose for, each with its picture; one file may serve two slots. */
function attachmentsOf({ data, province, pictures }: Content): Attachment[] {
  return requiredMaterials(data, province)
    .filter((slot) => slot.purpose !== null && materialState(slot, data.materials) === "ready")
    .flatMap((slot) => {
      const place = slot.sameAs ?? slot;
      const picture = pictures.find(
        ({ slot: key, sectionId }) =>
          key === place.slot && (sectionId === null || sectionId === place.sectionId),
      );
      const kind = slot.sectionId === data.subject.id ? ("subject" as const) : ("website" as const);
      if (!picture) return [];
      return [
        {
          format: formatOf(picture.bytes),
          purpose: Number(slot.purpose),
          bytes: picture.bytes,
          owner: { kind, id: slot.sectionId },
        },
      ];
    });
}

/** Fjwjgs: 1 JPG, 2 PNG, by the first bytes. */
const formatOf = (bytes: Uint8Array): number => (bytes[0] === 0x89 && bytes[1] === 0x50 ? 2 : 1);

/** An entry, or nothing where there is no text. */
const given = <Key extends string>(key: Key, text: string): Partial<Record<Key, string>> =>
  text === "" ? {} : ({ [key]: text } as Record<Key, string>);
