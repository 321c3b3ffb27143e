import { Hono } from "hono";
import { disclosureReasons } from "../../forms/disclosure.ts";
import { readInquiryAnswer, readNote, readPlace } from "../../forms/inquiry.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { recordLook } from "../../models/audit/log.ts";
import { NotFound } from "../../models/errors.ts";
import {
  answerInquiry,
  askRegistrant,
  closeInquiry,
  releaseInquiry,
  takeInquiryOn,
} from "../../models/inquiry/answer.ts";
import { opinionsFor } from "../../models/inquiry/opinions.ts";
import { findInquiry } from "../../models/inquiry/rows.ts";
import type { Deps } from "../deps.ts";
import { namesValue, openedInquiry, showInquiry, type Typed } from "./inquiry-page.ts";

const AT = "/console/inquiries/:inquiry";

/** One 核实任务: the bureau's record beside ours, taken, answered, or asked of the registrant. */
export function inquiry(deps: Deps): Hono<Env> {
  const app = new Hono<Env>().get(AT, allow("submitter"), (c) => show(c, deps));
  // A page that was shown at the address of a form can be loaded again.
  for (const noun of ["claim", "release", "request", "closing", "disclosures"])
    app.get(`${AT}/${noun}`, allow("submitter"), (c) => c.redirect(pathOf(c), 303));
  return app
    .post(AT, allow("submitter"), (c) => answer(c, deps))
    .post(`${AT}/claim`, allow("submitter"), (c) => claim(c, deps))
    .post(`${AT}/release`, allow("submitter"), async (c) => {
      await releaseInquiry(deps, staffMember(c), idOf(c));
      return c.redirect(pathOf(c), 303);
    })
    .post(`${AT}/request`, allow("submitter"), (c) => request(c, deps))
    .post(`${AT}/closing`, allow("submitter"), (c) => close(c, deps))
    .post(`${AT}/disclosures`, allow("submitter"), (c) => disclose(c, deps));
}

function idOf(c: Ctx): number {
  const id = wholeNumber(c.req.param("inquiry"));
  if (id === undefined) throw new NotFound("no such inquiry");
  return id;
}

const pathOf = (c: Ctx): string => `/console/inquiries/${idOf(c)}`;

const opened = async (c: Ctx, deps: Deps) => {
  const actor = staffMember(c);
  return openedInquiry(deps, actor, await findInquiry(deps, actor, idOf(c)));
};

const DONE: Record<string, string> = {
  answered: "核实结果已排队，将自动上报管局。",
  asked: "已通知主办者核对。",
  closed: "已记为线下答复。",
};

const show = async (c: Ctx, deps: Deps, typed: Typed = {}, status: 200 | 409 | 422 = 200) =>
  showInquiry(
    c,
    deps,
    staffMember(c),
    await opened(c, deps),
    { done: DONE[c.req.query("done") ?? ""], ...typed },
    status,
  );

const OVER = "这个任务已有新的进展，没有按您的选择处理";
const HELD = "别的工作人员正在处理这个任务，请等他放回，或者联系他";

async function answer(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const body = await readBody(c);
  const found = await opened(c, deps);
  const sources = found.choices.filter(({ lacks }) => lacks.length === 0);
  const codes = (await opinionsFor(deps.db, found.row)).map(({ code }) => code);
  const options = { sources: sources.map(({ source }) => source), opinions: codes };
  const form = readInquiryAnswer(body, options, new Date());
  if (form.problems.length > 0) return showInquiry(c, deps, actor, found, { form }, 422);
  const { values } = form;
  const choice = sources.find(({ source }) => source === values.source);
  if (!choice) throw new Error("a source was read that is not offered");
  const reply = {
    ...{ correct: values.result === "right", checkedBy: values.checkedBy, checkedOn: values.checkedOn },
    ...{ opinion: Number(values.opinion), faults: values.faults, source: choice.source, ...choice.data },
  };
  const requestId = requestIdIn(c, body, "answer", String(found.row.id));
  const done = await answerInquiry(deps, actor, found.row.id, { reply, requestId });
  if (done === "answered") return c.redirect(`${pathOf(c)}?done=answered`, 303);
  return show(c, deps, { form, refused: done === "held" ? HELD : OVER }, 409);
}

async function claim(c: Ctx, deps: Deps): Promise<Response> {
  if (await takeInquiryOn(deps, staffMember(c), idOf(c))) return c.redirect(pathOf(c), 303);
  const { state } = await findInquiry(deps, staffMember(c), idOf(c));
  return show(c, deps, { refused: state === "open" ? HELD : OVER }, 409);
}

async function request(c: Ctx, deps: Deps): Promise<Response> {
  const body = await readBody(c);
  const { words, problems } = readNote(body, "words", "请写明要主办者核对什么");
  if (problems.length > 0) return show(c, deps, { words, problems }, 422);
  const requestId = requestIdIn(c, body, "request", String(idOf(c)));
  if (await askRegistrant(deps, staffMember(c), idOf(c), { words, requestId }))
    return c.redirect(`${pathOf(c)}?done=asked`, 303);
  return show(c, deps, { words, refused: "没有通知：任务已经答复，或者这份备案不在任何账号里" }, 409);
}

async function close(c: Ctx, deps: Deps): Promise<Response> {
  const body = await readBody(c);
  const { words: note, problems } = readNote(body, "note", "请写明怎样答复的，例如时间、方式和对方");
  if (problems.length > 0) return show(c, deps, { note, problems }, 422);
  if (await closeInquiry(deps, staffMember(c), idOf(c), note))
    return c.redirect(`${pathOf(c)}?done=closed`, 303);
  return show(c, deps, { note, refused: OVER }, 409);
}

/** 显示: one masked value on both sides, for this view of the page only; written into the audit log with its reason. */
async function disclose(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const body = await readBody(c);
  const found = await opened(c, deps);
  const place = readPlace(body);
  if (!namesValue(deps, found, place)) throw new NotFound(`no value ${place} in inquiry ${found.row.id}`);
  const reason = disclosureReasons.find(({ code }) => code === text(body, "why")) ?? disclosureReasons[0];
  await recordLook(deps.db, actor, "show-value", [null], {
    ...{ inquiry: found.row.id, field: place, reason: reason.code },
  });
  return showInquiry(c, deps, actor, found, { shown: new Set([place]) });
}
