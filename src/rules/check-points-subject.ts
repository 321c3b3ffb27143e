import type { FilingKind } from "../vocabulary/filing.ts";
import type { CheckPoint } from "./check-points.ts";

const subject = { phase: "initial", of: "subject" } as const;

const OPENING: readonly FilingKind[] = ["first", "add", "join"];
const LEADER_CONFLICT =
  "腾讯云备案常见问题：主体信息（约2021年）里，北京等地也收法定代表人以外的人；华为云备案管局咨询（2025年12月）里要法定代表人，按较新的执行";

/** What a person judges about the subject. */
export const subjectPoints: readonly CheckPoint[] = [
  {
    ...subject,
    ...{ id: "type-looked-up", ref: "R01", field: null, kinds: OPENING },
    text: "在工信部系统里查过证件号码和域名，备案类型选对了，别处没有正在办理的备案吗？",
    sources: ["HWREJ", "AL-OVER"],
  },
  {
    ...subject,
    ...{ id: "unit-in-registry", ref: "R02", field: "name", nature: "unit" },
    text: "在登记机关的公示系统里查过，单位存续，没有注销、吊销或经营异常吗？",
    sources: ["HWERR"],
  },
  {
    ...subject,
    ...{ id: "name-as-certificate", ref: "F01", field: "name", slot: "certificate", nature: "unit" },
    text: "单位名称和证件一字不差吗？",
    sources: ["HWERR", "72DNS"],
  },
  {
    ...subject,
    ...{ id: "name-as-card", ref: "F01", field: "name", slot: "leader", nature: "individual" },
    text: "姓名和证件一字不差吗？",
    sources: ["HWERR", "72DNS"],
  },
  {
    ...subject,
    ...{ id: "number-as-certificate", ref: "R02", field: "certNo" },
    text: "证件号码和证件上的一致吗？",
    sources: ["HWERR", "72DNS"],
  },
  {
    ...subject,
    ...{ id: "residence-as-certificate", ref: "F06", field: "residence" },
    text: "证件住所和证件上印的一致吗？",
    sources: ["HWERR", "72DNS"],
  },
  {
    ...subject,
    ...{ id: "address-reachable", ref: "F08", field: "address" },
    text: "通信地址写到了门牌号，确实能找到主办者吗？",
    sources: ["21V", "TSUBJ"],
  },
  {
    ...subject,
    ...{ id: "legal-representative", ref: "P01", field: "person", slot: "certificate", nature: "unit" },
    province: { column: "leaderRule", in: ["legal_rep_only"] },
    text: "主体负责人是证件上的法定代表人吗？{province}要求是法定代表人。",
    sources: ["HWP", "HWPOL"],
    superseded: LEADER_CONFLICT,
  },
  {
    ...subject,
    ...{ id: "leader-authorised", ref: "P02", field: "person", nature: "unit" },
    province: { column: "leaderRule", in: ["legal_rep_or_authorised", "any"] },
    text: "主体负责人是法定代表人吗？不是的，授权书由法定代表人签字、单位盖章了吗？",
    sources: ["HWP", "TSUBJ"],
  },
  {
    ...subject,
    ...{ id: "leader-document", ref: "R04", field: null, slot: "leader" },
    text: "主体负责人的证件正反面齐全，背景一致，姓名、号码和填的一致，有效期至少还有3个月吗？",
    sources: ["HWREJ", "JDY"],
  },
  {
    ...subject,
    ...{ id: "not-temporary", ref: "F05", field: null, slot: "leader" },
    province: { column: "temporaryCardRefused", in: [true] },
    text: "负责人的身份证不是临时身份证吗？{province}不收临时身份证。",
    sources: ["HWP", "T17"],
  },
  {
    ...subject,
    ...{ id: "certificate-original", ref: "R16", field: null, slot: "certificate" },
    text: "证件是原件的彩色照片或扫描件，四个角和国徽完整，没有反光，水印只写“仅供备案使用”且不挡字吗？",
    sources: ["HWMAT", "TREJ"],
  },
  {
    ...subject,
    ...{ id: "persons-called", ref: "R05", field: "mobile" },
    text: "打过负责人的手机，是本人接听并知道这次备案吗？没有人接的，约1小时后再打一次，记下时间。",
    sources: ["TREJ2"],
  },
  {
    ...subject,
    ...{ id: "old-sites-open", ref: "R09", field: null, kinds: ["add", "join", "change"] },
    text: "这个主体已备案的网站都能打开，内容相符，底部有备案号并链接到beian.miit.gov.cn吗？",
    sources: ["HWREJ", "TREJ"],
  },
  {
    ...subject,
    ...{ id: "province-materials", ref: "R14", field: null, slot: "other" },
    text: "{province}另要的材料都有了，而且看得清吗？",
    sources: ["HWMAT", "PROVINCE"],
  },
  {
    ...subject,
    ...{ id: "remark-fit", ref: "R15", field: "remark" },
    text: "提交至管局的备注写了该写的，没有和备案无关的个人信息吗？",
    sources: ["72DNS"],
  },
];
