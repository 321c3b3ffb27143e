import { Hono } from "hono";
import { controlIds, readMaterialForm } from "../../forms/material.ts";
import { isoDate } from "../../lib/dates.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, handover } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import type { Arrived } from "../../models/handover/find.ts";
import { uploadHolder } from "../../models/handover/links.ts";
import { takePicture } from "../../models/handover/take.ts";
import type { Place } from "../../models/material/slots.ts";
import { countHit, type Limit } from "../../models/rate-limit/rate-limit.ts";
import { faultWords } from "../../rules/pictures.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { failureText, readPictures } from "../portal/pictures.ts";
import { type Holder, LOST, takePart, withUploads } from "../uploads.ts";

/** Pictures through one link: enough to try again and again, not enough to fill a disk. */
const perLink: Limit = { name: "handover-uploads", most: 40, seconds: 900 };

/** 用手机拍照上传: the page on the phone. One slot, nobody's data, nothing else; the link is all that it takes. */
export const handoverPages = (deps: Deps) =>
  new Hono<Env>()
    .get("/u/:code", allow("anyone"), (c) => show(c))
    .post("/u/:code/parts", allow("anyone"), (c) => takePart(c, deps, holderOf(c)))
    .post("/u/:code", allow("anyone"), async (c) => {
      const { over, retryAfter } = await countHit(deps, perLink, handover(c).id);
      if (over) throw new TooMany(retryAfter);
      const { slot } = handover(c);
      const { body, lost } = await withUploads(deps, holderOf(c), await readBody(c));
      const form = readMaterialForm(body, slot, isoDate(new Date()));
      if (lost) form.problems.splice(0, form.problems.length, problemAt(slot, LOST));
      if (form.problems.length === 0 && form.files.length === 0) form.problems.push(problemAt(slot, NOTHING));
      const pictures = form.problems.length > 0 ? undefined : await readPictures(form.files, slot);
      const problems = pictures?.problems ?? form.problems;
      if (problems.length > 0 || !pictures?.bytes)
        return show(c, { problems, signedOn: text(body, "formSignedOn") }, form.isTooLong ? 413 : 422);
      const { formSignedOn, requestId } = form;
      await takePicture(deps, deps.files, handover(c), { bytes: pictures.bytes, formSignedOn, requestId });
      return c.redirect(c.req.path, 303);
    });

/** On the phone a date alone is no use. */
const NOTHING = "还没有选择照片，请先拍一张或选一张";

const problemAt = (place: Place, text: string): Problem => ({ field: controlIds(place).picture, text });

const holderOf = (c: Ctx): Holder => ({ ispId: handover(c).ispId, holder: uploadHolder(handover(c).id) });

type Sent = { problems: Problem[]; signedOn: string };

function show(c: Ctx, sent: Sent = { problems: [], signedOn: "" }, status: 200 | 413 | 422 = 200): Response {
  const { slot, expiresAt, arrived, supplementId } = handover(c);
  const ids = controlIds(slot);
  const isSettled = supplementId !== null && arrived !== undefined && arrived.state !== "failed";
  const data = {
    ...{ label: slot.label, hints: [slot.hint, slot.provinceHint].filter((hint) => hint !== "") },
    ...{ path: c.req.path, ids, expiresAt, isSettled, problems: sent.problems, signedOn: sent.signedOn },
    sides: slot.slot === "leader" || slot.slot === "siteLeader",
    signature: slot.slot === "form",
    arrived: arrived && { ...arrived, words: arrivedWords(arrived) },
    error: (field: string) => sent.problems.find((problem) => problem.field === field)?.text,
  };
  return page(c, "public/handover/page", data, status);
}

/** What became of the picture, besides that it is there. */
function arrivedWords({ state, problem, faults, isThere }: Arrived): string[] {
  if (!isThere) return ["这张照片后来在电脑上换掉或删除了。"];
  if (state === "failed") return [failureText(problem)];
  if (state === "processing") return ["系统正在检查照片，通常不到1分钟。"];
  return faults.map((fault) => `${faultWords[fault]}。`);
}
