import { Hono } from "hono";
import { readWords, stampOf } from "../../forms/words.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { changeWords, findWordList, type WordChange, wordChange } from "../../models/word-list/change.ts";
import { type WordList, wordListsOf } from "../../models/word-list/in-force.ts";
import type { Problem } from "../../view.ts";
import { sourceText } from "../../vocabulary/sources.ts";
import type { Deps } from "../deps.ts";
import { changedMeanwhile } from "./meanwhile.ts";

const LIST = "/console/settings/words";

/** 敏感词和名称词表: the words that names of websites are looked through for. */
export const consoleWords = (deps: Deps) =>
  new Hono<Env>()
    .get(LIST, allow("administrator", "supervisor"), async (c) =>
      page(c, "console/words/list", {
        lists: await wordListsOf(deps.db, staffMember(c).ispId),
        saved: c.req.query("saved") === "1",
      }),
    )
    .get(`${LIST}/:list`, allow("administrator", "supervisor"), async (c) => show(c, await asked(c, deps)))
    .post(`${LIST}/:list`, allow("administrator", "supervisor"), (c) => save(c, deps));

const asked = (c: Ctx, { db }: Deps): Promise<WordList> =>
  findWordList(db, staffMember(c), c.req.param("list") ?? "");

type Shown = { words?: readonly string[]; problems?: Problem[]; change?: WordChange; meanwhile?: boolean };

function show(c: Ctx, list: WordList, { problems = [], change, meanwhile = false, words }: Shown = {}) {
  const data = {
    ...{ list, problems, change, meanwhile, path: `${LIST}/${list.key}`, back: LIST },
    words: words ?? list.words,
    stamp: change && stampOf(words ?? []),
    source: list.sources.map(sourceText).join("；"),
  };
  return page(c, "console/words/page", data, meanwhile ? 409 : problems.length > 0 ? 422 : 200);
}

const unchanged: Problem = { field: "words", text: "和现在的词表一样，没有需要保存的改动" };

async function save(c: Ctx, deps: Deps): Promise<Response> {
  const list = await asked(c, deps);
  const { words, seen, act, stamp, problems } = readWords(await readBody(c));
  if (problems.length > 0) return show(c, list, { words, problems });
  const change = wordChange(list.words, words);
  if (act !== "reset" && change.added.length + change.removed.length === 0)
    return show(c, list, { words, problems: [unchanged] });
  if (act === "preview" || (act === "save" && stamp !== stampOf(words)))
    return show(c, list, { words, change });
  const work = changeWords(deps, staffMember(c), { key: list.key, seen }, act === "reset" ? null : words);
  if (await changedMeanwhile(work)) return show(c, list, { words, change, meanwhile: true });
  return c.redirect(`${LIST}?saved=1`, 303);
}
