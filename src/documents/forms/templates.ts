import type { ProvinceRule } from "../../vocabulary/province-rules.ts";
import type { SignLine } from "./sheet.ts";

/** What differs between the 核验单 of units and persons, and from province to province. */
export type Template = {
  title: string;
  /** Beside the signature: the unit's stamp, or a person's fingerprint. */
  mark: SignLine;
  /** To be copied by hand; "" where nothing is. */
  copy: string;
  /** A line for 域名注册商 below the domains. */
  registrar?: true;
  notes: readonly string[];
  advice: string;
};

type Pair = { unit: Template; individual: Template };

const TITLE = "网站备案信息真实性核验单";

const PEN = "请用黑色签字笔和正楷字填写、签名，不要涂改。";
const PHOTO = "签好后平放拍照或扫描上传，四条边和标题都要在画面里。签字后3个月内有效。";
const EMPTY = "核验内容和核验人签字由接入商填写，请留空。";

const unit: Template = {
  title: TITLE,
  mark: { label: "单位盖章", kind: "seal" },
  copy: "",
  notes: [PEN, "由网站负责人本人签名，不能代签；签名旁加盖单位公章。", EMPTY, PHOTO],
  advice: "",
};

const individual: Template = {
  ...unit,
  mark: { label: "本人按手印", kind: "fingerprint" },
  notes: [PEN, "由本人签名，不能代签；签名旁按右手食指手印。", EMPTY, PHOTO],
};

const REGISTRAR = {
  registrar: true,
  advice: "北京管局要求写明域名注册商（2019年前后的要求）。备案单里没有这一项，请在横线上手写。",
} as const;

const COPY =
  "本人承诺：以上备案信息真实有效，网站由本人管理，内容遵守法律法规；信息有变化时，及时办理变更或注销。";

const JIANGSU = "江苏除了核验单，还要签责任告知书和承诺书，在上传材料页的“承诺书”一栏下载。";

/**
 * The form of each variant that a province's rule may name. The national one has the organiser's facts, the four groups
 * the verifier checks, and both pledges, as the ministry's filling instructions of 2010 list them; 广东 has one of its
 * own for units and one for persons, who copy a pledge by hand (sample forms of Tencent Cloud's help, about 2016). 北京
 * wants the registrar written after the domain (Tencent Cloud on returned filings, about 2019). Persons press a
 * fingerprint everywhere, as 江西 and 新疆 say. Of
 * 江西 no text of the form for persons is public: the national one is given, and the page says so.
 */
export const templates: Record<ProvinceRule["formVariant"], Pair> = {
  national: { unit, individual },
  national_with_registrar: { unit: { ...unit, ...REGISTRAR }, individual: { ...individual, ...REGISTRAR } },
  guangdong: {
    unit: { ...unit, title: `${TITLE}（广东单位）` },
    individual: {
      ...individual,
      title: `${TITLE}（广东个人）`,
      copy: COPY,
      notes: [PEN, "承诺由本人照抄，一字不差；签名旁按右手食指手印。", EMPTY, PHOTO],
    },
  },
  national_org_jiangxi_individual: {
    unit,
    individual: {
      ...individual,
      advice: "江西管局对个人网站另有核验单。这里是全国统一的一种，打印前请向接入商确认用哪一种。",
    },
  },
  national_plus_jiangsu_statements: {
    unit: { ...unit, advice: JIANGSU },
    individual: { ...individual, advice: JIANGSU },
  },
};
