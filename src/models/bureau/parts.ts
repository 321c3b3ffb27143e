import type { FilingData } from "../../vocabulary/filing.ts";
import type { ProvinceRule } from "../../vocabulary/province-rules.ts";

/** Ids of domains and address ranges, which the bureau echoes; `sectionId` is the website or the access. */
export type FiledIds = {
  domains: readonly { id: number; sectionId: number; domain: string }[];
  ips: readonly { id: number; sectionId: number; first: string; last: string }[];
};

/** The bureau's copy of a picture, opened. */
export type Picture = { slot: string; sectionId: number | null; bytes: Uint8Array };

type Numbered = { id: number; bureauId: number | null; number: string };

/** What is on record of the subject that a filing works on, by our ids with the bureau's; null: never told. */
export type Known = {
  subject: Numbered | undefined;
  websites: readonly Numbered[];
  accesses: readonly { id: number; bureauId: number | null }[];
  domains: readonly { id: number; websiteId: number; bureauId: number | null; domain: string }[];
  ips: readonly { id: number; accessId: number; bureauId: number | null; first: string; last: string }[];
};

/** Nothing is on record. */
export const nothingKnown: Known = { subject: undefined, websites: [], accesses: [], domains: [], ips: [] };

/** Everything an upload is made of. */
export type Content = {
  data: FilingData;
  /** Record of the website or access that a cancellation is about. */
  targetId: number | null;
  ids: FiledIds;
  known: Known;
  pictures: readonly Picture[];
  province: ProvinceRule;
  /** Number of the provider at the bureau. */
  bureauIspId: number;
  /** Version of the interface that the bureau speaks; the first where nothing is said. */
  version?: string;
  /** 代为报备: staff wrote the filing for the registrant. */
  onBehalf: boolean;
  /** MD5 of the 备案密码, where one is kept. */
  passwordHash?: string | undefined;
};

/** Why an operation cannot be made of a filing, beside what the schema says. */
export type Lack = "bureau_ids_missing" | "password_missing" | "record_number_missing" | "access_missing";

const words: Record<Lack, string> = {
  bureau_ids_missing: "备案库里没有管局给的编号（这条备案是手工录入的），接口不能办理，需人工上报",
  password_missing: "缺少备案密码，请主办者补填",
  record_number_missing: "没有填写主体备案号或网站备案号",
  access_missing: "这条备案在本接入商已经没有接入，接口不能办理，需人工上报",
};

/** The operation lacks something that the interface must have; the message is for staff and holds no value. */
export class OperationIncomplete extends Error {
  override name = "OperationIncomplete";
  readonly lack: Lack;
  constructor(lack: Lack) {
    super(words[lack]);
    this.lack = lack;
  }
}
