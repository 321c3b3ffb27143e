import { isDate } from "../lib/dates.ts";
import { type FormBody, text } from "../lib/form-body.ts";
import { wholeNumber } from "../lib/numbers.ts";
import type { Wish } from "../models/appointment/appointment.ts";
import type { Problem } from "../view.ts";

/** 预约面签: a half hour of a place. What no page offers is refused by the model; here only what was not chosen. */
export function readAppointment(body: FormBody): { values: Wish; problems: Problem[] } {
  const [day = "", time = ""] = text(body, "start").split("T");
  const values = { placeId: wholeNumber(text(body, "place")) ?? 0, day, time };
  const isChosen = isDate(day) && /^\d\d:\d\d$/.test(time);
  return { values, problems: isChosen ? [] : [{ field: "start", text: "请选一个时间" }] };
}
