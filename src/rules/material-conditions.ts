import { IDENTITY_CARD, isIndividual } from "../vocabulary/code-tables.ts";
import { listOf, textOf } from "../vocabulary/fields/index.ts";
import type { FilingKind } from "../vocabulary/filing.ts";
import { ageOfIdentity, parseIdentityCard } from "../vocabulary/identity-card.ts";
import { isOtherPerson, type Person, subjectPerson, websitePerson } from "../vocabulary/persons.ts";
import type { MaterialCondition, ProvinceMaterial } from "../vocabulary/province-materials.ts";
import { wordsIn } from "../vocabulary/word-lists.ts";
import type { Case } from "./material-needs.ts";

/** Documents of Hong Kong, Macao, Taiwan and foreign persons (code table cert_type). */
const FOREIGN = new Set(["7", "11", "14", "30", "41", "42"]);

/** Those of foreigners alone: 护照, 外国人永久居留身份证. */
const FOREIGNERS = new Set(["7", "30"]);

const isElsewhere = ({ idType, idNo }: Person, province: string): boolean => {
  const card = parseIdentityCard(idNo);
  return idType === IDENTITY_CARD && card.ok && card.province !== "" && card.province !== province;
};

/** 主体负责人, of an individual the registrant, has an identity card of another province than the filing's. */
export const isAway = ({ subject, province }: Pick<Case, "subject" | "province">): boolean =>
  isElsewhere(subjectPerson(subject), province.code);

const ofWebsite = ({ website, subject }: Case): Person => websitePerson(website ?? {}, subject);

const isNew = ({ recordId }: { recordId?: number | null }): boolean => !recordId;

/** Domains that this filing brings. */
const newDomains = ({ filing }: Case): number =>
  filing.websites.filter(isNew).reduce((sum, { values }) => sum + listOf(values, "domains").length, 0);

const newSites = ({ filing }: Case): number => filing.websites.filter(isNew).length;

/** Differs from what is on record; without a record nothing does. */
const reads = ({ filing }: Case, keys: readonly string[]): boolean => {
  const { before, values } = filing.subject;
  return Boolean(before) && keys.some((key) => textOf(values, key) !== textOf(before ?? {}, key));
};

const tells = ({ website }: Case): string =>
  ["siteName", "remark"].map((key) => textOf(website ?? {}, key)).join(" ");

/** The holder of the domain as filled in, where it is somebody else than the subject. */
export function holderDiffers({ subject, website }: Case): boolean {
  const holder = textOf(website ?? {}, "domainHolder");
  return holder !== "" && holder !== textOf(subject, "name");
}

type Holds = (one: Case, least: number) => boolean;

/** Whether a condition of a province's row holds for a slot; what the filing does not know holds for nobody. */
const holds: Record<MaterialCondition, Holds> = {
  always: () => true,
  nonLocalIdentity: (one) => isIndividual(one.subject.nature) && isAway(one),
  siteLeaderNonLocal: (one) => isElsewhere(ofWebsite(one), one.province.code),
  siteLeaderDiffers: ({ website, subject }) => website === undefined || isOtherPerson(website, subject),
  entityLeaderNotLegalRep: ({ subject }) => subject.leaderAuthorised === "1",
  foreignPerson: ({ subject }) => FOREIGN.has(subjectPerson(subject).idType),
  foreigner: ({ subject }) => FOREIGNERS.has(subjectPerson(subject).idType),
  underAge: ({ subject, ground }, least) => {
    const { idType, idNo } = subjectPerson(subject);
    const age = idType === IDENTITY_CARD ? ageOfIdentity(idNo, ground.today) : undefined;
    return age !== undefined && age < least;
  },
  domainsInOrderAtLeast: (one, least) => newDomains(one) >= least,
  domainsOfSubjectAtLeast: (one, least) => (one.filing.filed?.domains ?? 0) + newDomains(one) >= least,
  sitesOnRecordAtLeast: ({ filing }, least) => (filing.filed?.websites ?? 0) >= least,
  sitesAtLeast: (one, least) => (one.filing.filed?.websites ?? 0) + newSites(one) >= least,
  domainHolderDiffers: holderDiffers,
  financeWords: (one) => wordsIn(tells(one), one.ground.words.finance).length > 0,
  nameChanged: (one) => reads(one, ["name"]),
  certificateChanged: (one) => reads(one, ["name", "certType", "certNo"]),
  hint: () => true,
};

const PUBLIC = ["3"];
const STATE = ["2", "3"];

const isAsked = (appliesTo: ProvinceMaterial["appliesTo"], nature: string): boolean =>
  ({
    both: true,
    unit: !isIndividual(nature),
    individual: isIndividual(nature),
    publicInstitution: PUBLIC.includes(nature),
    stateBody: STATE.includes(nature),
  })[appliesTo];

/** Whether a province's material belongs to this filing: whom it is asked of, in which kinds, and when. */
export function applies(material: ProvinceMaterial, one: Case): boolean {
  const { appliesTo, kinds, condition, least = 0 } = material;
  if (!isAsked(appliesTo, textOf(one.subject, "nature"))) return false;
  return (kinds ?? [one.filing.kind]).includes(one.filing.kind) && holds[condition](one, least);
}

/** What a province may want of this 性质 in this kind of filing, whatever decides about it. */
export const mayApply = ({ appliesTo, kinds }: ProvinceMaterial, nature: string, kind: FilingKind): boolean =>
  isAsked(appliesTo, nature) && (kinds ?? usualKinds).includes(kind);

/** Where a row does not say in which kinds: those that bring something new. */
const usualKinds: readonly FilingKind[] = ["first", "add", "join"];

/** Whether it must be there: asked for as a rule, on a condition that the filing itself decides. */
export const isDemanded = ({ required, condition }: ProvinceMaterial): boolean =>
  required && condition !== "hint";
