import { isIndividual } from "../vocabulary/code-tables.ts";
import { listOf, textOf } from "../vocabulary/fields/index.ts";
import type { FilingData, FilingKind, Section, Values } from "../vocabulary/filing.ts";
import { isOtherPerson, subjectPerson, websitePerson } from "../vocabulary/persons.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import type { WordLists } from "../vocabulary/word-lists.ts";
import { holderDiffers, isAway } from "./material-conditions.ts";
import type { SlotKey } from "./slots.ts";

/** What decides whether a slot is needed; `section` is the subject or the website it belongs to. */
export type Case = {
  filing: FilingData;
  section: Section;
  subject: Values;
  website: Values | undefined;
  province: ProvinceRule;
  ground: Ground;
};

/** What must be known besides the filing and its province: today (YYYY-MM-DD) and the words in force. */
export type Ground = { today: string; words: WordLists };

/** `none`: not listed, unless the province wants it. */
export type Need = "required" | "optional" | "none";

function permit(one: Case): Need {
  if (!isIndividual(one.subject.nature) || !isAway(one)) return "none";
  return one.province.personalResidencePermit === "required" ? "required" : "optional";
}

/** Whether the website has a responsible person of its own. */
export const other = ({ subject, website }: Case): boolean => isOtherPerson(website ?? {}, subject);

const approvals = ({ website }: Case): boolean => listOf(website ?? {}, "preApprovals").length > 0;
const unit = ({ subject }: Case): boolean => !isIndividual(subject.nature);
/** 承诺书, 网络安全责任书, 信息安全管理协议: asked for by the provider, else listed where the province wants them. */
const asked =
  (slot: SlotKey) =>
  ({ province }: Case): Need =>
    wanted(province.providerSlots?.includes(slot) ?? false);

const wanted = (isWanted: boolean): Need => (isWanted ? "required" : "none");

type Needs = Record<SlotKey, (one: Case) => Need>;

const isAppService = ({ website }: Case): boolean =>
  website !== undefined && !["", "1"].includes(textOf(website, "serviceType"));

const never = (): Need => "none";

/** Asked for by provinces alone: see `extraMaterials` of their rows. */
const ofProvince = {
  sitePlan: never,
  changeProof: never,
  passport: never,
  guardian: never,
  employment: never,
  phoneBill: never,
  openingForm: never,
  partyProof: never,
  financePledge: never,
} satisfies Partial<Needs>;

/** A filing of a subject and its websites. */
const whole: Needs = {
  form: () => "required",
  certificate: (one) => wanted(unit(one)),
  leader: () => "required",
  siteLeader: () => "required",
  domain: ({ province }) => ((province.domainCertificateRequired ?? true) ? "required" : "optional"),
  letter: (one) => (unit(one) ? (other(one) ? "required" : "optional") : "none"),
  preApproval: (one) => wanted(approvals(one)),
  residencePermit: permit,
  pledge: asked("pledge"),
  securityPledge: asked("securityPledge"),
  securityAgreement: asked("securityAgreement"),
  cancelLetter: () => "none",
  leaderLetter: (one) => wanted(unit(one) && one.subject.leaderAuthorised === "1"),
  holderProof: (one) => wanted(unit(one) && holderDiffers(one)),
  appIcon: (one) => (isAppService(one) ? "optional" : "none"),
  ...ofProvince,
  other: () => "optional",
  otherSite: () => "optional",
  photo: () => "required",
};

/** Whether a field reads otherwise than on record. */
const changed = ({ section }: Case, keys: readonly string[]): boolean =>
  keys.some((key) => textOf(section.values, key) !== textOf(section.before ?? {}, key));

/** Whether the person responsible is another one than on record. */
function personChanged({ filing, section }: Case): boolean {
  const before = section.before ?? {};
  const subjectBefore = filing.subject.before ?? {};
  const [now, then] =
    section.kind === "subject"
      ? [subjectPerson(section.values), subjectPerson(before)]
      : [websitePerson(section.values, filing.subject.values), websitePerson(before, subjectBefore)];
  return now.idNo !== then.idNo || now.name !== then.name;
}

const isChanged = ({ section }: Case): boolean => section.open !== false;

/** A website that is changed to the subject's person shares that person's document. */
const sharesLeader = ({ filing, subject, ...around }: Case): boolean =>
  filing.websites.some(
    (section) =>
      section.open !== false &&
      personChanged({ ...around, filing, section, subject, website: section.values }) &&
      !isOtherPerson(section.values, subject),
  );

/** A change: papers for what reads otherwise than on record. */
const change: Needs = {
  ...whole,
  form: (one) => wanted(isChanged(one)),
  certificate: (one) => wanted(unit(one) && isChanged(one)),
  leader: (one) => wanted((isChanged(one) && personChanged(one)) || sharesLeader(one)),
  siteLeader: (one) => wanted(isChanged(one) && personChanged(one)),
  domain: (one) => (isChanged(one) && changed(one, ["domains"]) ? whole.domain(one) : "none"),
  letter: (one) => (isChanged(one) && personChanged(one) ? whole.letter(one) : "none"),
  preApproval: (one) => (isChanged(one) && changed(one, ["preApprovals"]) ? whole.preApproval(one) : "none"),
  residencePermit: (one) => (isChanged(one) ? permit(one) : "none"),
  pledge: () => "none",
  securityPledge: () => "none",
  securityAgreement: () => "none",
  leaderLetter: (one) => (isChanged(one) && personChanged(one) ? whole.leaderLetter(one) : "none"),
  holderProof: (one) => (isChanged(one) && changed(one, ["domains"]) ? whole.holderProof(one) : "none"),
  changeProof: (one) => wanted(unit(one) && isChanged(one) && changed(one, ["name", "certNo"])),
  appIcon: () => "none",
  otherSite: (one) => (isChanged(one) ? "optional" : "none"),
  photo: (one) => wanted(isChanged(one) && personChanged(one)),
};

const phoneLost = ({ filing }: Case): boolean => filing.cancellation?.values.phoneLost === "1";

/** A cancellation: papers only where the telephone on record is lost, since the bureau cannot ask by message then. */
const cancel: Needs = {
  ...whole,
  form: () => "none",
  certificate: (one) => wanted(unit(one) && phoneLost(one)),
  leader: (one) => wanted(phoneLost(one)),
  siteLeader: () => "none",
  domain: () => "none",
  letter: () => "none",
  preApproval: () => "none",
  residencePermit: () => "none",
  pledge: () => "none",
  securityPledge: () => "none",
  securityAgreement: () => "none",
  cancelLetter: (one) => (phoneLost(one) ? "required" : "optional"),
  leaderLetter: never,
  holderProof: never,
  appIcon: never,
  otherSite: never,
  photo: () => "none",
};

/** An access of a website that is filed elsewhere: the website itself was examined there. */
const join: Needs = { ...whole, letter: () => "optional", preApproval: () => "none" };

const byKind: Record<FilingKind, Needs> = { first: whole, add: whole, join, change, cancel };

/** Whether a slot is needed, by kind of filing, 性质, the persons and the province. */
export const needOf = (slot: SlotKey, one: Case): Need => byKind[one.filing.kind][slot](one);
