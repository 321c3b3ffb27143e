import { isDate, isoTime } from "../lib/dates.ts";
import { type FormBody, text } from "../lib/form-body.ts";
import { wholeNumber } from "../lib/numbers.ts";
import { length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";

/** 发布, 存为草稿, or only look at it. */
export const announcementActs = ["publish", "draft", "preview"] as const;
export type AnnouncementAct = (typeof announcementActs)[number];

/** What was typed, shown back. `publishAt` is the text of a `datetime-local` input, "" for at once. */
export type AnnouncementValues = { title: string; body: string; publishAt: string; seen: number };

const TITLE = 80;
const BODY = 20_000;

const TIME = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d$/;

/** The moment of a `datetime-local` input, in Asia/Shanghai; undefined for what is none. */
export function readMoment(typed: string): Date | undefined {
  const day = TIME.exec(typed)?.[1];
  return day !== undefined && isDate(day) ? new Date(`${typed}:00+08:00`) : undefined;
}

/** The text of a `datetime-local` input for a moment. */
export const momentText = (when: Date | null): string => (when ? isoTime(when).slice(0, 16) : "");

/** 公告 as it was typed, with what is wrong in the order of the page. */
export function readAnnouncement(body: FormBody): {
  values: AnnouncementValues;
  act: AnnouncementAct;
  problems: Problem[];
} {
  const sent = text(body, "act");
  const values = {
    title: normalise(text(body, "title")).replace(/\s+/g, " "),
    body: normalise(text(body, "body")),
    publishAt: text(body, "publishAt").trim().slice(0, 16),
    seen: wholeNumber(text(body, "seen")) ?? 0,
  };
  return {
    values,
    act: announcementActs.find((act) => act === sent) ?? "preview",
    problems: [
      ...sized("title", "标题", values.title, TITLE),
      ...sized("body", "正文", values.body, BODY),
      ...timeProblems(values.publishAt),
    ],
  };
}

/** Problems of a text that must be there and has a longest form. */
export function sized(field: string, label: string, value: string, most: number): Problem[] {
  if (value === "") return [{ field, text: `请填写${label}` }];
  const long = length(value);
  return long > most ? [{ field, text: `${label}最多${most}个字，现在是${long}个字` }] : [];
}

const timeProblems = (typed: string): Problem[] =>
  typed === "" || readMoment(typed)
    ? []
    : [{ field: "publishAt", text: "发布时间写成2026-12-01T09:00这样，或者不填，马上发布" }];
