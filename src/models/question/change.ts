import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Conflict, NotFound } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";
import { type GroupOfQuestions, questionsOf, type ShownQuestion } from "./questions.ts";

/** What the list does with one question: a place up or down in its group, out of sight or back, an own one removed. */
export const arrangements = ["up", "down", "hide", "show", "remove"] as const;
export type Arrangement = (typeof arrangements)[number];

export type QuestionText = { groupId: string; ask: string; answer: string };

/** One question of a provider; throws NotFound. */
export async function findQuestion(db: Db, { ispId }: Staff, key: string): Promise<ShownQuestion> {
  return inGroups(await questionsOf(db, ispId), key).question;
}

function inGroups(all: readonly GroupOfQuestions[], key: string) {
  for (const group of all) {
    const at = group.questions.findIndex((one) => one.key === key);
    const question = group.questions[at];
    if (question) return { group, at, question };
  }
  throw new NotFound(`no question ${key} of this provider`);
}

/** Who arranges questions of a provider does so alone: the order of a group is written as a whole. */
const lockProvider = (db: Db, { ispId }: Staff) => db`select 1 from isps where id = ${ispId} for update`;

/** Writes where a question stands; a question of the data file gets its row with that. */
async function place(db: Db, { ispId }: Staff, question: ShownQuestion): Promise<void> {
  const { key, own, groupId, position, hidden } = question;
  if (own)
    await db`
      update questions set group_id = ${groupId}, position = ${position}, hidden = ${hidden}, updated_at = now()
      where id = ${Number(key)} and isp_id = ${ispId}`;
  else
    await db`
      insert into questions (isp_id, default_id, group_id, position, hidden)
      values (${ispId}, ${key}, ${groupId}, ${position}, ${hidden})
      on conflict on constraint question_default_once do update set group_id = excluded.group_id,
        position = excluded.position, hidden = excluded.hidden, updated_at = now()`;
}

function swapped(questions: readonly ShownQuestion[], at: number, to: number): ShownQuestion[] {
  const list = [...questions];
  const [one, other] = [list[at], list[to]];
  if (one && other) [list[at], list[to]] = [other, one];
  return list.map((question, index) => ({ ...question, position: index * 10 }));
}

const STEP = { up: -1, down: 1 } as const;

/** Moves, hides, shows or removes a question; what is there already stays. Throws NotFound. */
export const arrangeQuestion = (
  root: RootStore,
  actor: Staff,
  key: string,
  how: Arrangement,
): Promise<void> =>
  inTransaction(root, async ({ db }) => {
    await lockProvider(db, actor);
    const { group, at, question } = inGroups(await questionsOf(db, actor.ispId), key);
    if (how === "up" || how === "down") {
      for (const one of swapped(group.questions, at, at + STEP[how])) await place(db, actor, one);
    } else if (how === "remove") {
      if (!question.own) throw new NotFound("a question of the data file is hidden, never removed");
      await db`delete from questions where id = ${Number(key)} and isp_id = ${actor.ispId}`;
    } else await place(db, actor, { ...question, hidden: how === "hide" });
    await recordLook(db, actor, "arrange-questions", [null], { question: key, how });
  });

const lastIn = (all: readonly GroupOfQuestions[], groupId: string): number =>
  (all.find(({ id }) => id === groupId)?.questions.at(-1)?.position ?? -10) + 10;

/** Adds a question of the provider's own at the end of its group and gives its key. */
export const addQuestion = (root: RootStore, actor: Staff, text: QuestionText): Promise<string> =>
  inTransaction(root, async ({ db }) => {
    await lockProvider(db, actor);
    const position = lastIn(await questionsOf(db, actor.ispId), text.groupId);
    const [row] = await db<{ id: number }[]>`
      insert into questions (isp_id, group_id, position, ask, answer)
      values (${actor.ispId}, ${text.groupId}, ${position}, ${text.ask}, ${text.answer}) returning id`;
    if (!row) throw new Error("no question was written");
    await recordLook(db, actor, "add-question", [null], { question: row.id });
    return String(row.id);
  });

/**
 * Writes a question anew: of one of the data file its group alone. Throws Conflict where somebody changed its words since
 * `seen`, NotFound where there is none.
 */
export const changeQuestion = (
  root: RootStore,
  actor: Staff,
  { key, seen }: { key: string; seen: number },
  text: QuestionText,
): Promise<void> =>
  inTransaction(root, async ({ db }) => {
    await lockProvider(db, actor);
    const all = await questionsOf(db, actor.ispId);
    const { question } = inGroups(all, key);
    if (text.groupId !== question.groupId)
      await place(db, actor, { ...question, groupId: text.groupId, position: lastIn(all, text.groupId) });
    if (question.own) {
      const rows = await db`
        update questions set ask = ${text.ask}, answer = ${text.answer}, version = version + 1, updated_at = now()
        where id = ${Number(key)} and isp_id = ${actor.ispId} and version = ${seen} returning id`;
      if (rows.length === 0) throw new Conflict(`question ${key} was changed meanwhile`);
    }
    await recordLook(db, actor, "change-question", [null], { question: key });
  });
