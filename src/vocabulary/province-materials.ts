import { z } from "zod";
import type { FilingKind } from "./filing.ts";
import { formNames } from "./form-names.ts";

/**
 * When a bureau wants a material, and what that means. Those with `least` hold from that number on; `hint` is told and
 * decided by nobody, because the filing does not know.
 *
 * | condition | holds when |
 * | --- | --- |
 * | nonLocalIdentity | the identity card of an individual registrant is of another province |
 * | siteLeaderNonLocal | the identity card of 网站负责人 is |
 * | siteLeaderDiffers | 网站负责人 is not 主体负责人 |
 * | entityLeaderNotLegalRep | 主体负责人 is not 法定代表人 |
 * | foreignPerson | 主体负责人 (the registrant, where an individual) has a document of 港澳台 or abroad |
 * | foreigner | the document is that of a foreign country, not of 港澳台 |
 * | underAge | 主体负责人 (the registrant, where an individual) is younger than `least` years |
 * | domainsInOrderAtLeast | this filing brings so many domains |
 * | domainsOfSubjectAtLeast | the subject has so many, those of this filing counted |
 * | sitesOnRecordAtLeast | the subject has so many filed websites already |
 * | sitesAtLeast | the same, those of this filing counted |
 * | domainHolderDiffers | a domain is held by somebody else than the registrant |
 * | financeWords | the name or what the website says of itself is about finance |
 * | nameChanged, certificateChanged | the name, or name or number of the certificate, reads otherwise than on record |
 */
export const materialConditions = {
  always: "总是",
  nonLocalIdentity: "个人的身份证不是本省的",
  siteLeaderNonLocal: "网站负责人的身份证不是本省的",
  siteLeaderDiffers: "网站负责人不是主体负责人",
  entityLeaderNotLegalRep: "主体负责人不是法定代表人",
  foreignPerson: "主体负责人或个人用港澳台、外国的证件",
  foreigner: "主体负责人或个人用外国的证件",
  underAge: "主体负责人或个人不满这个年龄（周岁）",
  domainsInOrderAtLeast: "一单里的域名达到这个数",
  domainsOfSubjectAtLeast: "主体名下的域名达到这个数",
  sitesOnRecordAtLeast: "已备案的网站达到这个数",
  sitesAtLeast: "连同这次，网站达到这个数",
  domainHolderDiffers: "域名的持有者不是主办者",
  financeWords: "名称或内容与金融有关",
  nameChanged: "主办单位名称有变更",
  certificateChanged: "主办单位证件有变更",
  hint: "系统不判断，只提示",
} as const;

export type MaterialCondition = keyof typeof materialConditions;

/** Conditions that hold from a number on, so that they need one. */
const COUNTED: readonly MaterialCondition[] = [
  "underAge",
  "domainsInOrderAtLeast",
  "domainsOfSubjectAtLeast",
  "sitesOnRecordAtLeast",
  "sitesAtLeast",
];

export const isCounted = (condition: MaterialCondition): boolean => COUNTED.includes(condition);

export const materialSlots = [
  "letter",
  "residencePermit",
  "pledge",
  "securityPledge",
  "securityAgreement",
  "preApproval",
  "domain",
  "leaderLetter",
  "holderProof",
  "sitePlan",
  "changeProof",
  "passport",
  "guardian",
  "employment",
  "phoneBill",
  "openingForm",
  "partyProof",
  "financePledge",
  "other",
  "otherSite",
] as const;

/** Whom a material is asked of. */
export const materialOwners = {
  both: "单位和个人",
  unit: "单位",
  individual: "个人",
  publicInstitution: "事业单位",
  stateBody: "党政机关和事业单位",
} as const;

const KINDS: [FilingKind, ...FilingKind[]] = ["first", "add", "join", "change", "cancel"];

const names = <K extends string>(words: Record<K, unknown>) => Object.keys(words) as [K, ...K[]];

/** A paper that one bureau asks for besides the usual ones. */
export const materialSchema = z
  .object({
    /** Slot the file goes to. */
    slot: z.enum(materialSlots),
    name: z.string().trim().min(1).max(200),
    /** The paper that is offered filled in, where there is one. */
    form: z.enum(formNames).optional(),
    condition: z.enum(names(materialConditions)),
    /** From which number on, for the conditions that count. */
    least: z.int().min(1).max(1000).optional(),
    /** Kinds of filing that it is asked in; left out: every one that fills in what the slot belongs to. */
    kinds: z.array(z.enum(KINDS)).min(1).optional(),
    /** The condition as people read it. */
    when: z.string().trim().min(1).max(200),
    appliesTo: z.enum(names(materialOwners)),
    /** Nothing is submitted without it; else it is told and the reviewer decides. */
    required: z.boolean().default(false),
    source: z.string().trim().min(1).max(200),
  })
  .refine(({ condition, least }) => isCounted(condition) === (least !== undefined), {
    path: ["least"],
    error: "a condition that counts needs `least`, the others have none",
  });

export type ProvinceMaterial = z.infer<typeof materialSchema>;
