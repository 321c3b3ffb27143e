import { Hono } from "hono";
import { placeValue, readSupplement, type SupplementForm } from "../../forms/supplement.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { statusOf } from "../../models/filing/states.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import { slotsOf } from "../../models/material/slots.ts";
import { type Supplement, supplementsOf } from "../../models/supplement/rows.ts";
import { sendSupplement } from "../../models/supplement/send.ts";
import type { Deps } from "../deps.ts";
import { holderOf, LOST, withUploads } from "../uploads.ts";
import { phonesOf } from "./handover.ts";
import { countUpload } from "./materials.ts";
import { failureText, readPictures } from "./pictures.ts";

/** 补传资料: further papers for a filing that is locked; nothing of what is under review is changed by them. */
export const supplements = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/:id/supplements", allow("registrant"), async (c) =>
      show(c, deps, await filingOf(c, deps), blank),
    )
    .post("/filings/:id/supplements", allow("registrant"), async (c) => {
      const filing = await filingOf(c, deps);
      await countUpload(c, deps);
      const { body, lost } = await withUploads(deps, holderOf(c), await readBody(c), ["picture"]);
      const form = readSupplement(body);
      if (lost) form.problems.splice(0, form.problems.length, { field: "picture", text: LOST });
      const { place, file, wanted } = form;
      if (form.problems.length > 0 || !place || !file)
        return show(c, deps, filing, form, form.isTooLong ? 413 : 422);
      const { bytes, problems } = await readPictures([file], place);
      if (!bytes || problems.length > 0) {
        const wrong = problems.map(({ text }) => ({ field: "picture", text }));
        return show(c, deps, filing, { ...form, problems: wrong }, 422);
      }
      const sent = { ...place, filingId: filing.id, bytes, note: form.values.note, wanted };
      const requestId = requestIdIn(c, body, "supplement", String(wanted ?? ""));
      await sendSupplement(deps, deps.files, registrant(c), { ...sent, requestId });
      return c.redirect(`/filings/${filing.number}/supplements`, 303);
    });

type Shown = Pick<SupplementForm, "values" | "problems" | "wanted">;

const blank: Shown = { values: { place: "", note: "" }, problems: [], wanted: undefined };

const filingOf = (c: Ctx, deps: Deps): Promise<Filing> =>
  findFiling(deps.db, c.req.param("id") ?? "", registrant(c));

const words: Record<Supplement["state"], { text: string; tone: string }> = {
  wanted: { text: "待您补传", tone: "bad" },
  received: { text: "等审核员查看", tone: "info" },
  checked: { text: "已收下", tone: "ok" },
  to_send: { text: "已收下，待交管局", tone: "ok" },
  sent: { text: "已收下，已交管局", tone: "ok" },
  rejected: { text: "没有收下", tone: "bad" },
  dropped: { text: "不再需要", tone: "" },
};

/** A supplement in the list; one whose picture came to nothing is sent again. */
function rowOf(filing: Filing, one: Supplement) {
  const isFailed = one.state === "received" && one.picture?.state === "failed";
  const at = `/filings/${filing.number}/materials/${one.slot}`;
  const isReady = one.picture?.seen === true;
  return {
    ...one,
    place: placeValue(one),
    failure: isFailed ? failureText(one.picture?.problem ?? null) : "",
    polls: one.picture?.state === "processing",
    href: isReady ? `${at}/full?section=${one.sectionId}&v=${one.picture?.id}` : "",
    thumb: isReady ? `${at}/thumbnail?section=${one.sectionId}&v=${one.picture?.id}` : "",
    status: isFailed
      ? { text: "处理失败，请重新上传", tone: "bad" }
      : one.picture?.state === "processing"
        ? { text: "处理中", tone: "info" }
        : words[one.state],
    isOpen: one.state === "wanted" || (isFailed && one.wish !== ""),
  };
}

async function show(
  c: Ctx,
  deps: Deps,
  filing: Filing,
  form: Shown,
  status: 200 | 413 | 422 = 200,
): Promise<Response> {
  const [slots, all] = await Promise.all([slotsOf(deps, filing), supplementsOf(deps, filing)]);
  const phoneOf = await phonesOf(c, deps, filing);
  const rows = all.map((one) => ({
    ...rowOf(filing, one),
    phone: phoneOf({ ...one, supplementId: one.id }),
  }));
  const own = slots.filter(({ sameAs }) => sameAs === null);
  const data = {
    ...{ filing, title: filingTitle(filing), label: statusOf(filing).label },
    ...{ values: form.values, problems: form.problems, wanted: form.wanted },
    maySend: actionsFor(filing.state, registrant(c)).includes("supplement"),
    open: rows.filter(({ isOpen }) => isOpen),
    rows: rows.filter(({ isOpen }) => !isOpen).toReversed(),
    places: own
      .map((slot) => ({ code: placeValue(slot), label: slot.label, last: slot.slot === "other" }))
      .sort((a, b) => Number(b.last) - Number(a.last)),
  };
  return page(c, "portal/supplements/page", data, status);
}
