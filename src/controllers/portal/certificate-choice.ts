import { Hono } from "hono";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { LibraryFull } from "../../models/certificate/change.ts";
import { keepMaterial, useCertificate } from "../../models/certificate/in-filings.ts";
import { fitsSlot, isCertificateKind } from "../../models/certificate/kinds.ts";
import { certificatesOf } from "../../models/certificate/list.ts";
import { NotFound } from "../../models/errors.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { changeableSlot } from "../../models/material/slots.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { certificateCard, wordsOf } from "./certificate-cards.ts";
import { backTo, countUpload, placeOf } from "./materials.ts";

const SLOT = "/filings/:id/materials/:slot";

/** 选择证件 for a slot, and 存入证件管理 from one: the registrant's own certificates, so never for staff. */
export const certificateChoice = (deps: Deps) =>
  new Hono<Env>()
    .get(`${SLOT}/certificate`, allow("registrant"), async (c) => show(c, deps, await filingOf(c, deps)))
    .post(`${SLOT}/certificate`, allow("registrant"), async (c) => {
      const filing = await filingOf(c, deps);
      await countUpload(c, deps);
      const body = await readBody(c);
      const certificateId = wholeNumber(text(body, "certificate"));
      if (certificateId === undefined)
        return show(c, deps, filing, [{ field: "choice", text: "请选一份证件，再点“用这份证件”" }]);
      const requestId = requestIdIn(c, body, "certificate", String(certificateId));
      const change = { ...placeOf(c), filingId: filing.id, requestId, certificateId };
      await useCertificate(deps, deps.files, registrant(c), change);
      return backTo(c, filing, change);
    })
    .post(`${SLOT}/keeping`, allow("registrant"), async (c) => {
      const filing = await filingOf(c, deps);
      await countUpload(c, deps);
      const requestId = requestIdIn(c, await readBody(c), "keep");
      try {
        const id = await keepMaterial(deps, deps.files, registrant(c), { ...placeOf(c), filing, requestId });
        return c.redirect(`/certificates/${id}?filing=${filing.number}`, 303);
      } catch (error) {
        if (!(error instanceof LibraryFull)) throw error;
        return page(c, "portal/certificates/full", { filing, words: wordsOf.full }, 422);
      }
    });

const filingOf = (c: Ctx, deps: Deps): Promise<Filing> =>
  findFiling(deps.db, c.req.param("id") ?? "", registrant(c));

async function show(c: Ctx, deps: Deps, filing: Filing, problems: Problem[] = []): Promise<Response> {
  const slot = await changeableSlot(deps, filing, placeOf(c));
  if (!isCertificateKind(slot.slot)) throw new NotFound("this slot takes no picture that was used before");
  const now = new Date();
  const all = (await certificatesOf(deps, registrant(c))).filter(({ state }) => state === "ready");
  const cards = all.map((one) => certificateCard(one, [], now));
  const data = {
    ...{ filing, title: filingTitle(filing), problems, label: slot.label, hint: slot.hint },
    action: `/filings/${filing.number}/materials/${slot.slot}/certificate?section=${slot.sectionId}`,
    back: `/filings/${filing.number}/materials#m-${slot.slot}-${slot.sectionId}`,
    fitting: cards.filter(({ kind }) => fitsSlot(kind, slot.slot)),
    others: cards.filter(({ kind }) => !fitsSlot(kind, slot.slot)),
  };
  return page(c, "portal/certificates/choice", data, problems.length > 0 ? 422 : 200);
}
