import { Hono } from "hono";
import {
  type AnswerGround,
  postedSites,
  readSiteAnswer,
  readSiteNote,
  readSites,
  type SiteAnswerForm,
} from "../../forms/site-answer.ts";
import { isoDate } from "../../lib/dates.ts";
import { isRequestId, newId } from "../../lib/ids.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { bureausOf } from "../../models/bureau/rows.ts";
import { adoptedCodes } from "../../models/code-table/in-force.ts";
import { formerResults } from "../../models/reported-site/answers.ts";
import { findSites, type ReportedSite, type SiteKind } from "../../models/reported-site/rows.ts";
import { answerSites, noteSites, type Worked } from "../../models/reported-site/work.ts";
import { siteActionWords } from "../../vocabulary/site-actions.ts";
import type { Deps } from "../deps.ts";
import { asRead } from "./unfiled-sites.ts";

const ANSWER = "/console/unfiled-sites/answer";

/** 处理结果: one answer for every site that is ticked; of 非法接入 a note of what was done. */
export const unfiledSiteAnswer = (deps: Deps) =>
  new Hono<Env>()
    .get(ANSWER, allow("submitter"), async (c) => {
      const ids = readSites(c.req.queries("site") ?? []);
      const kind = kindOf(c.req.query("kind"));
      if (ids.length === 0) return nothingTicked(c, kind, c.req.query("place"));
      const sites = await findSites(deps.db, staffMember(c), kind, ids);
      return show(c, deps, kind, sites);
    })
    .post(ANSWER, allow("submitter"), (c) => answer(c, deps));

/** Back to the list, which says that some must be ticked. */
const nothingTicked = (c: Ctx, kind: SiteKind, place = ""): Response => {
  const query = new URLSearchParams({ kind, ...(place && { place }), ticked: "none" });
  return c.redirect(`/console/unfiled-sites?${query}`, 303);
};

const kindOf = (text: string | undefined): SiteKind => (text === "illegal" ? "illegal" : "unfiled");

/** What is known besides the form, for each bureau that has one of the sites. */
async function groundsOf(
  c: Ctx,
  deps: Deps,
  sites: readonly ReportedSite[],
): Promise<Map<number, AnswerGround>> {
  const actor = staffMember(c);
  const bureaus = await bureausOf(deps.db, actor.ispId);
  const asked = bureaus.filter(({ id }) => sites.some(({ bureauId }) => bureauId === id));
  const grounds = asked.map(async ({ id, bureauIspId, province }) => {
    const former = await formerResults(deps, actor, id);
    return [id, { unit: bureauIspId, province, former, today: isoDate(new Date()) }] as const;
  });
  return new Map(await Promise.all(grounds));
}

type Extra = { form?: SiteAnswerForm; requestId?: string; refused?: string };

async function show(
  c: Ctx,
  deps: Deps,
  kind: SiteKind,
  sites: readonly ReportedSite[],
  { form, requestId = newId(), refused }: Extra = {},
): Promise<Response> {
  const grounds = [...(await groundsOf(c, deps, sites)).values()];
  // As the bureau sent it and an administrator took it over; empty as long as it never came.
  const actor = staffMember(c);
  const place = { ispId: actor.ispId, bureauId: sites[0]?.bureauId ?? 0 };
  const codes = kind === "unfiled" ? await adoptedCodes(deps.db, place, "Wbacl_dms") : [];
  const called = (code: number) => codes.find((one) => one.code === String(code))?.label;
  const former = Object.entries(grounds[0]?.former ?? {}).flatMap(([action, code]) => {
    if (code === undefined) return [];
    const words = siteActionWords[action as keyof typeof siteActionWords];
    return [called(code) ? `${words}时选“${called(code)}”` : `${words}${code}`];
  });
  const data = {
    ...{ kind, sites: sites.map(asRead), requestId, refused, former, codes, problems: form?.problems ?? [] },
    values: form?.values ?? { name: actor.name, dueOn: isoDate(new Date()) },
    actions: Object.entries(siteActionWords).map(([code, label]) => ({ code, label })),
  };
  const status = refused !== undefined ? 409 : form ? 422 : 200;
  return page(c, "console/unfiled-sites/answer", data, status);
}

const formOf = async (
  c: Ctx,
  deps: Deps,
  kind: SiteKind,
  sites: readonly ReportedSite[],
  body: FormBody,
): Promise<SiteAnswerForm> => {
  if (kind === "illegal") return readSiteNote(body, sites);
  const grounds = await groundsOf(c, deps, sites);
  return readSiteAnswer(body, sites, ({ bureauId }) => grounds.get(bureauId) as AnswerGround);
};

async function answer(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const body = await readBody(c);
  const kind = kindOf(text(body, "kind"));
  const ids = postedSites(body);
  if (ids.length === 0) return nothingTicked(c, kind);
  const sites = await findSites(deps.db, actor, kind, ids);
  const form = await formOf(c, deps, kind, sites, body);
  const given = text(body, "requestId");
  const requestId = isRequestId(given) ? given : newId();
  const { action, contents, problems } = form;
  if (problems.length > 0 || !action) return show(c, deps, kind, sites, { form, requestId });
  const contentFor = (id: number) => contents.get(id) ?? { words: "" };
  const work = kind === "unfiled" ? answerSites : noteSites;
  const worked = await work(deps, actor, ids, { action, requestId, contentFor });
  const refused = refusedWords(worked);
  if (refused) return show(c, deps, kind, sites, { form, requestId, refused });
  return c.redirect(
    `/console/unfiled-sites?kind=${kind}&place=${kind === "unfiled" ? "answering" : "done"}`,
    303,
  );
}

function refusedWords({ done, settled, held }: Worked): string | undefined {
  if (settled.length + held.length === 0) return undefined;
  const parts = [
    ...(held.length > 0 ? [`${held.length}条正由别人办理`] : []),
    ...(settled.length > 0 ? [`${settled.length}条已经答复过`] : []),
  ];
  return `${parts.join("，")}，没有再答复${done.length > 0 ? `；其余${done.length}条已答复` : ""}。`;
}
