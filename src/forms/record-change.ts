import { type FormBody, text } from "../lib/form-body.ts";
import { length } from "../lib/text.ts";
import type { Problem } from "../view.ts";
import type { Scope } from "../vocabulary/filing.ts";

/** What a change or a cancellation is about: the subject, or a website or an access by its id. */
export type Target = { scope: Scope; targetId: number };

export type RecordChange = {
  /** As posted: add, subject.12, website.13, access.14. */
  what: string;
  target: Target | "add" | undefined;
  /** 备案密码, "" where none was given; never shown back. */
  password: string;
  problems: Problem[];
};

const MOST = 64;

/** Reads subject.12, website.13 or access.14; undefined for anything else. */
export function readTarget(what: string): Target | undefined {
  const [, scope, id] = /^(subject|website|access)\.(\d{1,15})$/.exec(what) ?? [];
  return scope && id ? { scope: scope as Scope, targetId: Number(id) } : undefined;
}

/** What is wrong with a 备案密码 that was typed; nothing where none was. */
const tooLong = (password: string): Problem[] =>
  length(password) > MOST
    ? [{ field: "icpPassword", text: `备案密码最多${MOST}位，现在是${length(password)}位` }]
    : [];

/** One of the four of 变更备案: 变更主体, 变更网站, 变更接入, 新增网站. */
export function readRecordChange(body: FormBody): RecordChange {
  const what = text(body, "what");
  const password = text(body, "icpPassword").trim();
  const target = what === "add" ? "add" : readTarget(what);
  const chosen: Problem[] = target ? [] : [{ field: "what", text: "请选择要变更什么，一次只办一项" }];
  return { what, target, password, problems: [...chosen, ...tooLong(password)] };
}

export type RecordCancellation = { target: Target | undefined; password: string; problems: Problem[] };

/** 注销: what was shown with everything that goes with it must be confirmed. */
export function readRecordCancellation(body: FormBody): RecordCancellation {
  const password = text(body, "icpPassword").trim();
  const confirmed = text(body, "confirmed") === "1";
  const unsure: Problem[] = confirmed ? [] : [{ field: "confirmed", text: "请确认已看过会一并注销的内容" }];
  return { target: readTarget(text(body, "what")), password, problems: [...unsure, ...tooLong(password)] };
}
