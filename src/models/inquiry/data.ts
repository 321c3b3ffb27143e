import type { BureauRecord, RecordPerson, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import type { ChangedSubject, ChangedWebsite, Person } from "../../gateways/bureau/operations.ts";
import type { ProvinceRule } from "../../vocabulary/province-rules.ts";
import { uploadOf } from "../bureau/operation.ts";
import type { Known } from "../bureau/parts.ts";
import type { WholeWebsite } from "../record/whole.ts";
import { type OurRecord, ourAccess, sitesAsked } from "./ours.ts";

/** The full data that an answer carries, scans left out. */
export type AnswerData = { subject: ChangedSubject; websites: ChangedWebsite[] };

/** An id that the bureau did not tell: the answer cannot be sent with it, which the schema says then. */
const NONE = 0;

/** The record as the bureau sent it, to be sent back. */
export const theirData = (record: BureauRecord): AnswerData => ({
  subject: theirSubject(record),
  websites: record.websites.map(theirWebsite),
});

const personOf = (person: RecordPerson = {}): Person => ({
  ...person,
  name: person.name ?? "",
  mobile: person.mobile ?? "",
  email: person.email ?? "",
});

function theirSubject({ subject, raw }: BureauRecord): ChangedSubject {
  const mode = raw.children
    .find(({ name }) => name === "Zt_xx")
    ?.children.find(({ name }) => name === "Bbyhlx")?.text;
  return {
    id: NONE,
    bureauId: subject.bureauId ?? NONE,
    number: subject.number ?? "",
    name: subject.name,
    nature: subject.nature ?? NONE,
    ...(subject.investor ? { investor: subject.investor } : {}),
    area: subject.area ?? { province: NONE, city: NONE },
    ...(subject.address ? { address: subject.address } : {}),
    certificate: subject.certificate ?? { type: NONE, number: "", address: "" },
    person: personOf(subject.person),
    reportedBy: mode === "1" ? 1 : 0,
    ...(subject.remark ? { remark: subject.remark } : {}),
  };
}

const theirWebsite = (site: RecordWebsite): ChangedWebsite => ({
  id: NONE,
  bureauId: site.bureauId ?? NONE,
  number: site.number ?? "",
  names: [site.name],
  approvals: (site.approvals ?? []).map((one) => ({ ...one, scans: [] })),
  serviceContents: site.serviceContents ?? [],
  languages: site.languages ?? [],
  domains: site.domains.map(({ bureauId = NONE, name }) => ({ id: NONE, bureauId, name })),
  accesses: site.accesses.map(({ bureauId = NONE, places, modes, ips }) => ({
    ...{ id: NONE, bureauId, places, modes },
    ips: ips.map((one) => ({
      ...{ id: NONE, bureauId: one.bureauId ?? NONE, from: one.from ?? "", to: one.to ?? one.from ?? "" },
    })),
  })),
  person: personOf(site.person),
  ...(site.homePage ? { homePage: site.homePage } : {}),
  ...(site.remark ? { remark: site.remark } : {}),
});

/**
 * What an answer lacks, in words for staff; empty where it can be sent. Everything in it must have an id of the bureau.
 */
export function lacksOf({ subject, websites }: AnswerData): string[] {
  const without = (is: boolean, what: string) => (is ? [`${what}没有管局的编号`] : []);
  return [
    ...without(!subject.bureauId, "主体"),
    ...(subject.certificate.number === "" ? ["没有主体证件"] : []),
    ...(websites.length === 0 ? ["没有网站"] : []),
    ...websites.flatMap((site) => [
      ...without(!site.bureauId, `网站“${site.names.join("、")}”`),
      ...(site.accesses.length === 0 ? [`网站“${site.names.join("、")}”没有接入`] : []),
      ...site.domains.flatMap(({ bureauId, name }) => without(!bureauId, `域名${name}`)),
      ...site.accesses.flatMap((access) => [
        ...without(!access.bureauId, `网站“${site.names.join("、")}”的接入`),
        ...access.ips.flatMap(({ bureauId, from, to }) =>
          without(!bureauId, `IP地址${from === to ? from : `${from}-${to}`}`),
        ),
      ]),
    ]),
  ];
}

/**
 * The same as it stands with us: our values under the bureau's ids, which the asked record completes. A website that we
 * do not have goes back as the bureau sent it.
 */
export function ourData(record: BureauRecord, ours: OurRecord, province: ProvinceRule): AnswerData {
  const pairs = sitesAsked(ours, record);
  const own = pairs.flatMap(({ own: site }) => site ?? []);
  const known = completed(record, ours);
  const operation = uploadOf({
    data: {
      kind: "change",
      subject: { kind: "subject", position: 1, id: ours.record.id, values: ours.record.values },
      websites: own.filter(({ accesses }) => accesses.length > 0).map(sectionOf),
      materials: [],
    },
    targetId: null,
    ids: {
      domains: known.domains.map((one) => ({ ...one, sectionId: one.websiteId })),
      ips: known.ips.map((one) => ({ ...one, sectionId: one.accessId })),
    },
    ...{ known, pictures: [], province, bureauIspId: NONE },
    onBehalf: theirSubject(record).reportedBy === 1,
  });
  if (operation.kind !== "change") throw new Error("a change became something else");
  const websites = pairs.map(
    ({ theirs, own: site }) => operation.websites.find(({ id }) => id === site?.id) ?? theirWebsite(theirs),
  );
  return { subject: operation.subject, websites };
}

const sectionOf = ({ id, values, accesses }: WholeWebsite, at: number) => ({
  ...{ kind: "website" as const, id, position: at + 1, values },
  accesses: accesses.map((access, place) => ({
    ...{ kind: "access" as const, id: access.id, position: place + 1, values: access.values },
  })),
});

/** What we know of the bureau's ids, completed from what it asks about. */
function completed(record: BureauRecord, ours: OurRecord): Known {
  const { known } = ours;
  const sites = sitesAsked(ours, record).flatMap(({ theirs, own }) => (own ? [{ theirs, own }] : []));
  const siteOf = (id: number) => sites.find(({ own }) => own.id === id)?.theirs;
  const accesses = sites.flatMap(({ theirs, own }) =>
    theirs.accesses.map((theirAccess, at) => ({ theirAccess, own: ourAccess(ours, own, theirs, at) })),
  );
  const accessOf = (id: number) => accesses.find(({ own }) => own?.id === id)?.theirAccess;
  return {
    subject: {
      id: ours.record.id,
      number: ours.record.number,
      bureauId: known.subject?.bureauId ?? record.subject.bureauId ?? NONE,
    },
    websites: known.websites.map((one) => ({
      ...one,
      bureauId: one.bureauId ?? siteOf(one.id)?.bureauId ?? NONE,
    })),
    accesses: known.accesses.map((one) => ({
      ...one,
      bureauId: one.bureauId ?? accessOf(one.id)?.bureauId ?? NONE,
    })),
    domains: known.domains.map((one) => ({
      ...one,
      bureauId:
        one.bureauId ??
        siteOf(one.websiteId)?.domains.find(({ name }) => name.toLowerCase() === one.domain)?.bureauId ??
        NONE,
    })),
    ips: known.ips.map((one) => ({
      ...one,
      bureauId:
        one.bureauId ??
        accessOf(one.accessId)?.ips.find(({ from, to }) => from === one.first && to === one.last)?.bureauId ??
        NONE,
    })),
  };
}
