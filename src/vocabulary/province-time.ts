import { nationalNumbers, type ProvinceRule } from "./province-rules.ts";
import type { ProvinceRow } from "./province-schema.ts";

const UNITS = { day: "天", week: "周" } as const;

/** 约2周; null where nobody estimated. */
export const estimateText = ({ reviewEstimate }: ProvinceRule): string | null =>
  reviewEstimate && `约${reviewEstimate.value}${UNITS[reviewEstimate.unit]}`;

/** 10–14个工作日; null where the province has no days of its own. */
export function daysText({ reviewDaysMin: least, reviewDaysMax: most }: ProvinceRule): string | null {
  if (least === null) return most === null ? null : `最长${most}个工作日`;
  return most === null ? `${least}个工作日起` : `${least}–${most}个工作日`;
}

/** How long the bureau takes, in a few characters: 约2周，最长30个工作日. */
export const reviewTime = (rule: ProvinceRule, national?: ProvinceRow): string =>
  [estimateText(rule), daysText(rule)].filter(Boolean).join("，") ||
  `最长${nationalNumbers(national).reviewDaysMax}个工作日`;
