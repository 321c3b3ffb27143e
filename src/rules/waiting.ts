import { nationalDefaults, type ProvinceRule, provinceRule } from "../vocabulary/province-rules.ts";
import { reviewTime } from "../vocabulary/province-words.ts";
import type { Work } from "./readiness.ts";

/** One stretch of the way, who has it, and how long it takes; `source` is the key of the page that says so. */
export type Stretch = { title: string; time: string; source: string };

/** What the provider's settings say: working days of its stages, and whether it makes the second check at all. */
export type Pace = {
  reviewDays: { initial_review: number; verification: number; ready: number };
  verifies: boolean;
};

/** A cancellation is decided faster than the rest. */
const CANCELLATION = { time: "1–5个工作日", source: "TCAN" };

const workingDays = (most: number): string => `${most}个工作日内`;

const smsCheck = (province: ProvinceRule | null): Stretch => ({
  title: "短信核验",
  time: `收到短信后${province?.smsHours ?? nationalDefaults.smsHours}小时内完成`,
  source: "HWSMS",
});

/**
 * How long a filing takes, stage after stage. The provider's own times are what its settings promise; the bureau's come
 * from the row of the province, where none is chosen from the national one.
 */
export function waiting({ kind }: Work, province: ProvinceRule | null, pace: Pace): Stretch[] {
  const { reviewDays, verifies } = pace;
  const cancels = kind === "cancel";
  const bureau = cancels
    ? CANCELLATION
    : { time: reviewTime(province ?? provinceRule("")), source: province?.reviewEstimate?.source ?? "" };
  const photo = {
    title: "拍照和信息核验",
    time: `照片上传后${workingDays(reviewDays.verification)}`,
    source: "",
  };
  return [
    { title: "信息初审", time: workingDays(reviewDays.initial_review), source: "" },
    ...(verifies && !cancels ? [photo] : []),
    { title: "提交管局", time: workingDays(reviewDays.ready), source: "" },
    ...(province?.smsVerification === false ? [] : [smsCheck(province)]),
    { title: "管局审核", ...bureau },
  ];
}
