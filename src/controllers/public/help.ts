import { Hono } from "hono";
import { paragraphsOf, wordsOf } from "../../lib/plain-text.ts";
import { normalise } from "../../lib/text.ts";
import { allow } from "../../middleware/access.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { steps } from "../../models/filing/states.ts";
import { openPlaces, placeKindNames, placeKinds } from "../../models/place/place.ts";
import { type ShownQuestion, shownQuestions } from "../../models/question/questions.ts";
import type { Deps } from "../deps.ts";
import { keptPage } from "./kept.ts";
import { provincePages } from "./provinces.ts";

const help = (c: Ctx, view: string, data: Record<string, unknown>): Response =>
  keptPage(c, `public/help/${view}`, data);

/** The provider whose rules hold here; null on a neutral host. */
const ispId = (c: Ctx): number | null => c.var.isp?.id ?? null;

/** Words looked for in a question or its answer: all of them, in any case. */
const matches = (words: readonly string[]) => (question: ShownQuestion) => {
  const all = `${question.ask}\n${wordsOf(question.answer)}`.toLowerCase();
  return words.every((word) => all.includes(word));
};

const MOST = 60;

/** 备案常见问题, all of them or those with the words looked for, which are open then. */
async function showQuestions(c: Ctx, deps: Deps): Promise<Response> {
  const q = normalise(c.req.query("q") ?? "").slice(0, MOST);
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = (await shownQuestions(deps.db, ispId(c)))
    .map((group) => ({
      ...group,
      questions: group.questions
        .filter(matches(words))
        .map((question) => ({ ...question, paragraphs: paragraphsOf(question.answer) })),
    }))
    .filter(({ questions }) => questions.length > 0);
  return help(c, "page", { groups, q });
}

/** 邮寄地址 and 面签地址 of a provider. */
async function showPlaces(c: Ctx, deps: Deps): Promise<Response> {
  const id = ispId(c);
  const places = id === null ? [] : await openPlaces(deps.db, id);
  const groups = placeKindNames.map((kind) => ({
    title: placeKinds[kind],
    places: places
      .filter((place) => place.kind === kind)
      .map((place) => ({ ...place, note: paragraphsOf(place.note) })),
  }));
  return help(c, "places", { groups: groups.filter((group) => group.places.length > 0) });
}

/** 帮助: questions, the seven steps, what each bureau asks for, addresses. Nothing in it is personal. */
export const helpPages = (deps: Deps) =>
  new Hono<Env>()
    .get("/help", allow("anyone"), (c) => showQuestions(c, deps))
    .get("/help/guide", allow("anyone"), (c) => help(c, "guide", { steps }))
    .get("/help/places", allow("anyone"), (c) => showPlaces(c, deps))
    .get("/help/cancellation", allow("anyone"), (c) => help(c, "cancellation", {}))
    .route("/", provincePages(deps));
