import { type FormBody, text, texts } from "../lib/form-body.ts";
import { wholeNumber } from "../lib/numbers.ts";
import { length, normalise } from "../lib/text.ts";
import type { PlaceKind, PlaceText } from "../models/place/place.ts";
import type { Problem } from "../view.ts";
import { sized } from "./announcement.ts";
import { hours } from "./setting-readers.ts";

const kinds: readonly PlaceKind[] = ["post", "on_site"];

/** What may be left out, with its longest form. */
const optional = { hours: ["时间", 100], phone: ["电话", 40], note: ["说明", 500] } as const;

const HIGHEST = 999;
const MOST_PEOPLE = 50;

type Reception = Pick<PlaceText, "weekdays" | "spans" | "capacity">;

/** When a 面签地址 receives people; 0 people: it takes no bookings, and the rest may be empty. */
function readReception(body: FormBody): Reception & { problems: Problem[] } {
  const weekdays = [1, 2, 3, 4, 5, 6, 7].filter((day) => texts(body, "weekdays").includes(String(day)));
  const capacity = wholeNumber(text(body, "capacity").trim() || "0") ?? -1;
  const read = hours.read([text(body, "spans")]);
  const problems: Problem[] = [];
  if (capacity < 0 || capacity > MOST_PEOPLE)
    problems.push({ field: "capacity", text: `请填写0–${MOST_PEOPLE}的整数，0是不接受预约` });
  if (capacity > 0 && weekdays.length === 0) problems.push({ field: "weekdays", text: "请选每周哪几天接待" });
  if (capacity > 0 && !read.ok) problems.push({ field: "spans", text: `${read.problem}` });
  const spans = read.ok ? (read.value as Reception["spans"]) : [];
  return { weekdays, spans, capacity: Math.max(0, capacity), problems };
}

/** An address as it was typed. */
export function readPlace(body: FormBody): { values: PlaceText; seen: number; problems: Problem[] } {
  const { problems: closed, ...reception } = readReception(body);
  const line = (field: string): string => normalise(text(body, field)).replace(/\s+/g, " ");
  const kind = kinds.find((one) => one === text(body, "kind"));
  const values: PlaceText = {
    ...reception,
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
      ...(kind === "on_site" ? closed : []),
    ],
  };
}
