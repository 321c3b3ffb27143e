import { Hono } from "hono";
import { type CertificateValues, readCertificate } from "../../forms/certificate.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import {
  addCertificate,
  editCertificate,
  LibraryFull,
  MOST,
  removeCertificate,
} from "../../models/certificate/change.ts";
import { certificateKinds, hasSides } from "../../models/certificate/kinds.ts";
import { certificatesOf, certificateUses, findCertificate } from "../../models/certificate/list.ts";
import { openCertificate } from "../../models/certificate/opening.ts";
import { NotFound } from "../../models/errors.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { sendBytes } from "../pictures.ts";
import { holderOf, LOST, withUploads } from "../uploads.ts";
import { certificateCard, wordsOf } from "./certificate-cards.ts";
import { countUpload } from "./materials.ts";
import { readPictures } from "./pictures.ts";

const LIST = "/certificates";

/** 证件管理: pictures of papers to choose again, for their owner alone. */
export const certificates = (deps: Deps) =>
  new Hono<Env>()
    .get(LIST, allow("registrant"), (c) => showList(c, deps))
    .get(`${LIST}/new`, allow("registrant"), (c) => showForm(c, deps, { values: blank }))
    .post(`${LIST}/new`, allow("registrant"), (c) => save(c, deps))
    .get(`${LIST}/:certificate`, allow("registrant"), async (c) => {
      const found = await findCertificate(deps, registrant(c), idOf(c));
      return showForm(c, deps, { values: found, id: found.id, seen: found.version });
    })
    .post(`${LIST}/:certificate`, allow("registrant"), async (c) => {
      await findCertificate(deps, registrant(c), idOf(c));
      return save(c, deps, idOf(c));
    })
    .post(`${LIST}/:certificate/removal`, allow("registrant"), async (c) => {
      await removeCertificate(deps, deps.files, registrant(c), idOf(c));
      return c.redirect(LIST, 303);
    })
    .get(`${LIST}/:certificate/removal`, allow("registrant"), async (c) => {
      const { id } = await findCertificate(deps, registrant(c), idOf(c));
      return c.redirect(`${LIST}/${id}`, 303);
    })
    .get(`${LIST}/:certificate/:copy`, allow("registrant"), async (c) => {
      const copy = c.req.param("copy");
      if (copy !== "full" && copy !== "thumbnail") throw new NotFound("no such copy");
      const bytes = await openCertificate(deps, deps.files, registrant(c), { id: idOf(c), copy });
      return sendBytes(c, bytes, c.req.query("v") !== undefined && copy === "thumbnail");
    });

const blank: CertificateValues = { kind: "certificate", note: "", holder: "", validUntil: "" };

const kinds = certificateKinds.map(({ key }) => key as string);

const kindOptions = certificateKinds.map(({ key, label }) => ({ code: key as string, label }));

const idOf = (c: Ctx): number => wholeNumber(c.req.param("certificate")) ?? 0;

async function showList(c: Ctx, deps: Deps): Promise<Response> {
  const [all, uses] = await Promise.all([
    certificatesOf(deps, registrant(c)),
    certificateUses(deps, registrant(c)),
  ]);
  const now = new Date();
  const cards = all.map((one) => certificateCard(one, uses, now));
  const isAsking = cards.some(({ tone }) => tone === "bad" || tone === "warn");
  return page(c, "portal/certificates/list", { cards, isAsking, isFull: all.length >= MOST, most: MOST });
}

type Shown = { values: CertificateValues; id?: number; seen?: number; problems?: Problem[] };

async function showForm(
  c: Ctx,
  deps: Deps,
  { values, id, seen = 0, problems = [] }: Shown,
  status: 200 | 413 | 422 = 200,
): Promise<Response> {
  const found = id === undefined ? undefined : await findCertificate(deps, registrant(c), id);
  const uses = found ? await certificateUses(deps, registrant(c)) : [];
  const data = {
    ...{ values, seen, problems, kindOptions, isNew: found === undefined },
    card: found && certificateCard(found, uses, new Date()),
    path: found ? `${LIST}/${found.id}` : `${LIST}/new`,
    // Kept from a filing just now: the way back stands on the page.
    from: /^[\d-]{1,30}$/.exec(c.req.query("filing") ?? "")?.[0],
    sides: found ? hasSides(found.kind) : true,
    error: (field: string) => problems.find((problem) => problem.field === field)?.text,
  };
  return page(c, "portal/certificates/page", data, status);
}

async function save(c: Ctx, deps: Deps, id?: number): Promise<Response> {
  const actor = registrant(c);
  await countUpload(c, deps);
  const { body, lost } = await withUploads(deps, holderOf(c), await readBody(c));
  const form = readCertificate(body, { kinds, isNew: id === undefined });
  const seen = wholeNumber(text(body, "seen")) ?? 0;
  const shown = { values: form.values, seen, ...(id === undefined ? {} : { id }) };
  if (lost) return showForm(c, deps, { ...shown, problems: [at(LOST)] }, 422);
  if (form.problems.length > 0)
    return showForm(c, deps, { ...shown, problems: form.problems }, form.isTooLong ? 413 : 422);
  const pictures = await readPictures(form.files, { slot: form.values.kind, sectionId: 0 });
  if (pictures.problems.length > 0)
    return showForm(c, deps, { ...shown, problems: pictures.problems.map(({ text }) => at(text)) }, 422);
  const { bytes } = pictures;
  try {
    if (id !== undefined) await editCertificate(deps, deps.files, actor, { ...form.values, id, seen, bytes });
    else if (bytes) {
      const requestId = requestIdIn(c, body, "certificate");
      await addCertificate(deps, deps.files, actor, { ...form.values, bytes, requestId });
    }
  } catch (error) {
    if (!(error instanceof LibraryFull)) throw error;
    return showForm(c, deps, { ...shown, problems: [at(wordsOf.full)] }, 422);
  }
  return c.redirect(LIST, 303);
}

const at = (words: string): Problem => ({ field: "picture", text: words });
