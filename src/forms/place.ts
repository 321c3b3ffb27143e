import { type FormBody, text } from "../lib/form-body.ts";
import { wholeNumber } from "../lib/numbers.ts";
import { length, normalise } from "../lib/text.ts";
import type { PlaceKind, PlaceText } from "../models/place/place.ts";
import type { Problem } from "../view.ts";
import { sized } from "./announcement.ts";

const kinds: readonly PlaceKind[] = ["post", "on_site"];

/** What may be left out, with its longest form. */
const optional = { hours: ["时间", 100], phone: ["电话", 40], note: ["说明", 500] } as const;

const HIGHEST = 999;

/** An address as it was typed. */
export function readPlace(body: FormBody): { values: PlaceText; seen: number; problems: Problem[] } {
  const line = (field: string): string => normalise(text(body, field)).replace(/\s+/g, " ");
  const kind = kinds.find((one) => one === text(body, "kind"));
  const values = {
    kind: kind ?? "post",
    name: line("name"),
    address: line("address"),
    hours: line("hours"),
    phone: line("phone"),
    note: normalise(text(body, "note")),
    position: Math.min(wholeNumber(text(body, "position").trim()) ?? 0, HIGHEST),
  };
  return {
    values,
    seen: wholeNumber(text(body, "seen")) ?? 0,
    problems: [
      ...(kind ? [] : [{ field: "kind", text: "请选择是邮寄地址还是面签地址" }]),
      ...sized("name", "名称", values.name, 60),
      ...sized("address", "地址", values.address, 200),
      ...Object.entries(optional).flatMap(([field, [label, most]]) => {
        const long = length(values[field as keyof typeof optional]);
        return long > most ? [{ field, text: `${label}最多${most}个字，现在是${long}个字` }] : [];
      }),
    ],
  };
}
