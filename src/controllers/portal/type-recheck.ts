import { Hono } from "hono";
import { type NewFilingForm, newFilingFindings, readNewFiling } from "../../forms/new-filing.ts";
import { isoDate } from "../../lib/dates.ts";
import { isRequestId } from "../../lib/ids.ts";
import { readBody, text } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { type Filing, filingTitle } from "../../models/filing/rows.ts";
import { arrange, sectionsOf } from "../../models/filing/sections.ts";
import { editable } from "../../models/filing/states.ts";
import { leadsTo, pathTaken, replaceChecked } from "../../models/type-check/replace.ts";
import { type TypeCheck, typeCheckOf } from "../../models/type-check/rows.ts";
import { startTypeCheck } from "../../models/type-check/start.ts";
import { filingPath } from "../../view.ts";
import { field, listOf, maskedValue, textOf, type Values } from "../../vocabulary/fields/index.ts";
import type { Deps } from "../deps.ts";
import { applicantOf, deskFiling, desks, writer } from "../desk.ts";
import { heldBy } from "./held.ts";
import { newFilingPage, type Shown, TOO_OFTEN } from "./new-filing-page.ts";
import { foundWords, pathWords } from "./type-check-words.ts";

/** 重新验证: other values for what the check has locked, as long as they lead the same way. */
export function typeRecheck(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps))
    app
      .get(`${filing}/type-check`, ...who, async (c) => {
        const place = await findPlace(c, deps);
        if (!editable.includes(place.filing.state)) return c.redirect(filingPath(place.filing), 303);
        return show(c, place, { form: place.form });
      })
      .post(`${filing}/type-check`, ...who, (c) => ask(c, deps));
  return app;
}

async function ask(c: Ctx, deps: Deps): Promise<Response> {
  const place = await findPlace(c, deps);
  if (!editable.includes(place.filing.state)) return c.redirect(filingPath(place.filing), 303);
  const body = await readBody(c);
  const form = readOver(place, readNewFiling(body));
  if (text(body, "act") === "update") return show(c, place, { form });
  const wrong = newFilingFindings(form, isoDate(new Date())).some(({ severity }) => severity === "error");
  if (wrong) return show(c, place, { form, findings: true }, 422);
  return check(c, deps, place, form, text(body, "requestId"));
}

type Place = {
  filing: Filing;
  latest: TypeCheck | undefined;
  /** What stands in the filing. */
  form: NewFilingForm;
  values: Values;
  /** The subject is on record: only the domain can be another one. */
  domainOnly: boolean;
};

/** A 新增接入 hangs on the website of its number: for another one it is begun anew. */
async function findPlace(c: Ctx, deps: Deps): Promise<Place> {
  const filing = await deskFiling(c, deps);
  const path = pathTaken(filing);
  if (!path || path === "join") throw new NotFound("this kind of filing was not opened through the check");
  const { subject, websites } = arrange(await sectionsOf(deps, filing));
  const { values } = subject;
  const form = {
    ...{ nature: textOf(values, "nature"), certType: textOf(values, "certType") },
    ...{ certNo: textOf(values, "certNo"), domain: listOf(websites[0]?.values ?? {}, "domains")[0] ?? "" },
    confirmed: listOf(values, "confirmed"),
  };
  const latest = await typeCheckOf(deps, filing.id);
  return { filing, latest, form, values, domainOnly: path === "add_here" };
}

/** A number that came back as it was shown, masked, is the one that stands there. */
function readOver({ form, values, domainOnly }: Place, read: NewFilingForm): NewFilingForm {
  if (domainOnly) return { ...form, domain: read.domain };
  const isShown = read.certNo === maskedValue(field("subject", "certNo"), values);
  return isShown ? { ...read, certNo: form.certNo } : read;
}

async function check(c: Ctx, deps: Deps, place: Place, form: NewFilingForm, sent: string): Promise<Response> {
  const { filing } = place;
  const { accountId, ispId } = filing;
  const requestId = isRequestId(sent) ? sent : c.var.requestId;
  const made = await startTypeCheck(deps, deps.lookups, {
    ...{ accountId, ispId, inputs: form, wanted: null, requestId },
  });
  if (!made) return show(c, place, { form, problems: [TOO_OFTEN] }, 422);
  const path = pathTaken(filing);
  if (!path || !leadsTo(made, path)) return show(c, place, { form, other: made }, 422);
  const taken = await replaceChecked(deps, writer(c), filing, made);
  if (!taken) return c.redirect(filingPath(filing), 303);
  const held = await heldBy(deps, applicantOf(filing), form, taken);
  return show(c, place, { form, findings: true, held, recorded: taken.recorded ?? [] }, 422);
}

function show(
  c: Ctx,
  { filing, values, domainOnly, latest }: Place,
  { other, ...shown }: Shown & { other?: TypeCheck },
  status: 200 | 422 = 200,
): Response {
  const provider = c.var.isp?.name ?? "本系统";
  const action = `${filingPath(filing)}/type-check`;
  const data = newFilingPage({ ...shown, action });
  const isStored = shown.form.certNo === textOf(values, "certNo");
  const certNo = isStored ? maskedValue(field("subject", "certNo"), values) : shown.form.certNo;
  return page(
    c,
    "portal/type-check/again",
    {
      ...{ ...data, form: { ...shown.form, certNo }, filing, title: filingTitle(filing), domainOnly },
      found: latest && foundWords(latest, provider),
      other: other && { words: pathWords[other.path], found: foundWords(other, provider) },
    },
    status,
  );
}
