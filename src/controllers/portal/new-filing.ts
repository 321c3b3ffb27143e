import { Hono } from "hono";
import {
  blankNewFiling,
  type NewFilingForm,
  newFilingFindings,
  readNewFiling,
  sketch,
  subjectValues,
} from "../../forms/new-filing.ts";
import { isoDate } from "../../lib/dates.ts";
import { isRequestId } from "../../lib/ids.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { createFiling, type Taken } from "../../models/filing/create.ts";
import { certificateHold, domainHold, heldByOwn } from "../../models/filing/holds.ts";
import { requiredMaterials } from "../../rules/materials.ts";
import type { Problem } from "../../view.ts";
import { toAscii } from "../../vocabulary/domain.ts";
import { field, hintOf, optionsOf, type Values } from "../../vocabulary/fields/index.ts";
import { nationalRule } from "../../vocabulary/province-rules.ts";
import type { Deps } from "../deps.ts";
import { markOf } from "./section-fields.ts";

/** What another open filing already has, with the number of that filing where it is one's own. */
type Held = { kind: "certificate" | "domain"; number: string | undefined };

/** 新增备案: who files with which certificate for which domain; then the forms begin. */
export const newFiling = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/new", allow("registrant"), (c) => show(c, blankNewFiling, { findings: false }))
    .post("/filings/new", allow("registrant"), async (c) => {
      const body = await readBody(c);
      const form = readNewFiling(body);
      if (text(body, "act") === "update") return show(c, form, { findings: false });
      const wrong = newFilingFindings(form, isoDate(new Date())).some(({ severity }) => severity === "error");
      if (wrong) return show(c, form, { findings: true }, 422);
      return create(c, deps, form, text(body, "requestId"));
    });

async function create(c: Ctx, deps: Deps, form: NewFilingForm, requestId: string): Promise<Response> {
  const actor = registrant(c);
  const { accountId, ispId } = actor;
  const request = isRequestId(requestId) ? requestId : c.var.requestId;
  const made = await createFiling(deps, actor, { kind: "first", ...form, accountId, ispId, requestId: request });
  if ("taken" in made)
    return show(
      c,
      form,
      { findings: true, held: await heldBy(deps, actor, form, made), recorded: kindsOf(made.recorded ?? []) },
      422,
    );
  return c.redirect(`/filings/${made.number}/subject`, 303);
}

async function heldBy(
  deps: Deps,
  actor: { accountId: number; ispId: number },
  { certType, certNo, domain }: NewFilingForm,
  { taken }: Taken,
): Promise<Held[]> {
  const own = await heldByOwn(deps, actor, [certificateHold(certType, certNo), domainHold(toAscii(domain))]);
  return kindsOf(taken).map((kind) => ({ kind, number: own.find((one) => one.kind === kind)?.number }));
}

const kindsOf = (kinds: Taken["taken"]): Held["kind"][] =>
  kinds.filter((kind): kind is Held["kind"] => kind !== "record");

type Shown = { findings: boolean; held?: Held[]; recorded?: Held["kind"][] };

const heldWords: Record<Held["kind"], { field: string; text: string }> = {
  certificate: { field: "certNo", text: "这个证件号码已有一件备案正在办理" },
  domain: { field: "domain", text: "这个域名已有一件备案正在办理" },
};

/** What is on record is never filed for the first time again. */
const recordedWords: typeof heldWords = {
  certificate: {
    field: "certNo",
    text: "这个证件号码已经备案，不能再首次备案；要增加网站或修改信息，请办理变更备案",
  },
  domain: { field: "domain", text: "这个域名已经备案，不能再首次备案；要修改信息，请办理变更备案" },
};

function show(c: Ctx, form: NewFilingForm, shown: Shown, status: 200 | 422 = 200): Response {
  const values = subjectValues(form);
  const found = shown.findings ? newFilingFindings(form, isoDate(new Date())) : [];
  const seen = found.filter(({ severity, confirmable }) => severity !== "check" || confirmable === true);
  const held = shown.held ?? [];
  const wrong = [
    ...held.map(({ kind }) => heldWords[kind]),
    ...(shown.recorded ?? []).map((kind) => recordedWords[kind]),
  ];
  const marks = Object.fromEntries(
    ["nature", "certType", "certNo", "domain"].map((name) => [
      name,
      [
        ...seen.filter(({ field }) => field === name).map((finding) => markOf(finding, values)),
        ...wrong
          .filter(({ field }) => field === name)
          .map(({ text }) => ({ tone: "bad" as const, text, confirm: undefined })),
      ],
    ]),
  );
  const problems: Problem[] = [
    ...seen
      .filter(({ severity }) => severity === "error")
      .map(({ field, message }) => ({ field: field ?? "", text: message })),
    ...wrong,
  ];
  const data = { form, marks, problems, held, ready: readiness(form), ...choicesFor(values) };
  return page(c, "portal/new-filing/page", data, status);
}

/** What the dictionary offers for these values; 证件类型 wait for the 性质, whose lists share names. */
const choicesFor = (values: Values) => ({
  natures: optionsOf(field("subject", "nature"), values),
  types: values.nature ? optionsOf(field("subject", "certType"), values) : [],
  hint: hintOf(field("subject", "certNo"), values),
});

/** What to prepare, by 性质; as long as none is chosen what a 企业 needs. */
function readiness(form: NewFilingForm): { label: string; hint: string }[] {
  return requiredMaterials(sketch(form), nationalRule(""))
    .filter(({ required, phase, sameAs }) => required && phase === "entry" && sameAs === null)
    .map(({ label, hint }) => ({ label, hint }));
}
