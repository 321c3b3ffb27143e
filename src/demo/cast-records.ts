import type { Scope, Values } from "../vocabulary/filing.ts";
import type { DemoFiling } from "./cast.ts";
import type { Reach } from "./steps.ts";

/** What was begun on a record, and how far it has come. */
export type Errand =
  | { kind: "add"; site: string; domain: string; to: Reach }
  | { kind: "change"; scope: Scope; values: Values; to: Reach }
  | { kind: "cancel"; scope: "website" | "access"; to: Reach }
  /** 取消接入 by the provider, in its period of grace. */
  | { kind: "terminate" };

/** A first filing that has its numbers, and what is under way on its record. */
export type OnRecord = { filing: DemoFiling; errand?: Errand };

const hangzhou = { province: "330000", city: "330100", county: "330108" };
const ningbo = { province: "330000", city: "330200", county: "330203" };

type Named = Pick<DemoFiling, "subject" | "person" | "site" | "domain" | "street"> & Partial<DemoFiling>;

const numbered = (named: Named): DemoFiling => ({
  ...{ to: "numbered", nature: "4", division: hangzhou, content: "8", reuses: true },
  ...named,
});

/** What demo01 has on record beside its first filings, and a filing of each other kind on it. */
export const recordCast: readonly OnRecord[] = [
  {
    filing: numbered({
      ...{ subject: "示例竹编工艺有限公司", person: "施大三", site: "示例竹编馆" },
      ...{ domain: "zhubian-demo.cn", street: "竹林路16号" },
    }),
    errand: { kind: "add", site: "示例竹编课堂", domain: "zhubian-ketang-demo.cn", to: "initial_review" },
  },
  {
    filing: numbered({
      ...{ subject: "示例丝绸有限公司", person: "张大四", site: "示例丝绸馆" },
      ...{ domain: "sichou-demo.cn", street: "桑园路27号" },
    }),
    errand: { kind: "change", scope: "subject", values: { address: "桑园路29号2楼" }, to: "returned" },
  },
  {
    filing: numbered({
      ...{ subject: "示例扇业有限公司", person: "孔大五", site: "示例纸扇铺" },
      ...{ domain: "zhishan-demo.cn", street: "清风巷11号", division: ningbo },
    }),
    errand: { kind: "change", scope: "website", values: { siteName: "示例折扇铺" }, to: "draft" },
  },
  {
    filing: numbered({
      ...{ subject: "示例印刷有限公司", person: "曹大六", site: "示例活字坊" },
      ...{ domain: "huozi-demo.cn", street: "活字路30号" },
    }),
    errand: { kind: "change", scope: "website", values: { siteName: "示例活字工坊" }, to: "ready" },
  },
  {
    filing: numbered({
      ...{ subject: "示例伞业有限公司", person: "严大七", site: "示例油纸伞" },
      ...{ domain: "yousan-demo.cn", street: "雨巷3号" },
    }),
    errand: { kind: "change", scope: "access", values: { ips: ["203.0.113.231"] }, to: "at_bureau" },
  },
  {
    filing: numbered({
      ...{ subject: "示例木雕有限公司", person: "华大八", site: "示例木雕馆" },
      ...{ domain: "mudiao-demo.cn", street: "雕花路52号" },
    }),
    errand: {
      ...{ kind: "change", scope: "website", values: { siteName: "示例木雕展" } },
      to: "recall_requested",
    },
  },
  {
    filing: numbered({
      ...{ subject: "示例制笔有限公司", person: "金大九", site: "示例毛笔庄" },
      ...{ domain: "maobi-demo.cn", street: "笔墨路9号" },
    }),
    errand: { kind: "change", scope: "subject", values: { address: "笔墨路9号3楼" }, to: "numbered" },
  },
  {
    filing: numbered({
      ...{ subject: "示例酒具有限公司", person: "魏二一", site: "示例酒器铺" },
      ...{ domain: "jiuqi-demo.cn", street: "酒坊路6号", division: ningbo },
    }),
    errand: { kind: "cancel", scope: "website", to: "ready" },
  },
  {
    filing: numbered({
      ...{ subject: "示例刺绣有限公司", person: "陶二二", site: "示例刺绣坊" },
      ...{ domain: "cixiu-demo.cn", street: "绣花弄14号", accesses: 2 },
    }),
    errand: { kind: "cancel", scope: "access", to: "initial_review" },
  },
  {
    filing: numbered({
      ...{ subject: "示例剪纸有限公司", person: "姜二三", site: "示例剪纸馆" },
      ...{ domain: "jianzhi-demo.cn", street: "红纸路18号" },
    }),
    errand: { kind: "terminate" },
  },
];

/** What another account at the same provider has on record and offers to demo01. */
export const offered: OnRecord = {
  filing: numbered({
    ...{ subject: "示例漆画有限公司", person: "戚二四", site: "示例漆画馆" },
    ...{ domain: "qihua-demo.cn", street: "漆树路20号" },
  }),
};
