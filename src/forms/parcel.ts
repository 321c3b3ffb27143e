import { type FormBody, text } from "../lib/form-body.ts";
import { compact, length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";

/** Carriers offered; another one may be typed. */
export const couriers = [
  "顺丰速运",
  "中国邮政",
  "京东物流",
  "中通快递",
  "圆通速递",
  "申通快递",
  "韵达快递",
  "德邦快递",
];

export type Parcel = { courier: string; trackingNumber: string };

/** 寄出幕布: who carries it and under which number. `id` of a control ends with the filing's number. */
export function readParcel(body: FormBody, number: string): { values: Parcel; problems: Problem[] } {
  const values = {
    courier: normalise(text(body, "courier")),
    trackingNumber: compact(text(body, "trackingNumber")).toUpperCase(),
  };
  return { values, problems: [...courierProblems(values, number), ...trackingProblems(values, number)] };
}

function courierProblems({ courier }: Parcel, number: string): Problem[] {
  if (courier === "") return [{ field: `courier-${number}`, text: "请填写快递公司" }];
  return length(courier) > 20 ? [{ field: `courier-${number}`, text: "快递公司最多20个字" }] : [];
}

function trackingProblems({ trackingNumber }: Parcel, number: string): Problem[] {
  const field = `tracking-${number}`;
  if (trackingNumber === "") return [{ field, text: "请填写快递单号" }];
  return /^[A-Z0-9-]{6,32}$/.test(trackingNumber) ? [] : [{ field, text: "快递单号应为6–32位字母和数字" }];
}
