import { Hono } from "hono";
import { readQuestion } from "../../forms/question.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import {
  addQuestion,
  arrangements,
  arrangeQuestion,
  changeQuestion,
  findQuestion,
  type QuestionText,
} from "../../models/question/change.ts";
import { groups, questionsOf, type ShownQuestion } from "../../models/question/questions.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { changedMeanwhile } from "./meanwhile.ts";

const LIST = "/console/questions";

const groupIds = groups.map(({ id }) => id);
const groupOptions = groups.map(({ id, title }) => ({ code: id, label: title }));

/** 备案常见问题 of the provider: those of the system in another order, group or hidden, and its own. */
export const consoleQuestions = (deps: Deps) =>
  new Hono<Env>()
    .get(LIST, allow("administrator"), async (c) =>
      page(c, "console/questions/list", { groups: await questionsOf(deps.db, staffMember(c).ispId) }),
    )
    .post(LIST, allow("administrator"), (c) => arrange(c, deps))
    .get(`${LIST}/new`, allow("administrator"), (c) => show(c, { values: blank, seen: 0 }))
    .post(`${LIST}/new`, allow("administrator"), (c) => save(c, deps))
    .get(`${LIST}/:question`, allow("administrator"), async (c) => {
      const question = await asked(c, deps);
      return show(c, { question, values: question, seen: question.version });
    })
    .post(`${LIST}/:question`, allow("administrator"), async (c) => save(c, deps, await asked(c, deps)));

const blank: QuestionText = { groupId: "", ask: "", answer: "" };

const asked = (c: Ctx, { db }: Deps): Promise<ShownQuestion> =>
  findQuestion(db, staffMember(c), c.req.param("question") ?? "");

async function arrange(c: Ctx, deps: Deps): Promise<Response> {
  const body = await readBody(c);
  const how = arrangements.find((one) => one === text(body, "act"));
  if (!how) throw new NotFound("nothing to do with a question");
  await arrangeQuestion(deps, staffMember(c), text(body, "question"), how);
  return c.redirect(LIST, 303);
}

type Shown = {
  question?: ShownQuestion;
  values: QuestionText;
  seen: number;
  problems?: Problem[];
  meanwhile?: boolean;
};

function show(c: Ctx, { question, values, seen, problems = [], meanwhile = false }: Shown): Response {
  const data = {
    ...{ question, values, seen, problems, meanwhile, groupOptions },
    own: question?.own ?? true,
    path: `${LIST}/${question?.key ?? "new"}`,
  };
  return page(c, "console/questions/page", data, meanwhile ? 409 : problems.length > 0 ? 422 : 200);
}

async function save(c: Ctx, deps: Deps, question?: ShownQuestion): Promise<Response> {
  const own = question?.own ?? true;
  const { values, seen, problems } = readQuestion(await readBody(c), { groups: groupIds, own });
  const shown = { values: own ? values : { ...question, ...values }, seen, ...(question && { question }) };
  if (problems.length > 0) return show(c, { ...shown, problems });
  const actor = staffMember(c);
  if (!question) await addQuestion(deps, actor, values);
  else if (await changedMeanwhile(changeQuestion(deps, actor, { key: question.key, seen }, values)))
    return show(c, { ...shown, seen: question.version, meanwhile: true });
  return c.redirect(LIST, 303);
}
