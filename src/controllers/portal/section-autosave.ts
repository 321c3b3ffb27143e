import { changedKeys, type SectionForm } from "../../forms/section.ts";
import { readBody, texts } from "../../middleware/body.ts";
import type { Ctx } from "../../middleware/env.ts";
import { fragment } from "../../middleware/page.ts";
import type { Deps } from "../deps.ts";
import { countsOf, findingsFor } from "./section-findings.ts";
import { freshMarks } from "./section-marks.ts";
import { headOf } from "./section-page.ts";
import { phoneView } from "./section-phone.ts";
import type { SectionPlace } from "./section-place.ts";

/** The answer to a save while somebody types: what must be said anew, each piece for its own place on the page. */
export async function autosaved(
  c: Ctx,
  deps: Deps,
  place: SectionPlace,
  form: SectionForm,
  before: SectionPlace,
): Promise<Response> {
  const { section } = place;
  const { values, rewritten, typing } = form;
  const changed = changedKeys(section.kind, before.section.values, values);
  const findings = await findingsFor(deps, place, values);
  const shown = texts(await readBody(c), "shown");
  const { path, filing } = await headOf(place);
  return fragment(c, "portal/section/saved", {
    ...{ overtaken: false, version: section.version, at: section.updatedAt, path, filing },
    counts: countsOf(findings),
    marks: freshMarks({ kind: section.kind, values, findings, changed, rewritten, typing, shown }),
    phone: await changedPhone(deps, place, form, changed),
  });
}

/** Another number wants another code; while it is the same, what is typed beside it is left alone. */
async function changedPhone(
  deps: Deps,
  place: SectionPlace,
  { values }: SectionForm,
  changed: ReadonlySet<string>,
) {
  const phone = await phoneView(deps, place, values, {});
  return phone && changed.has(phone.field) ? phone : undefined;
}
