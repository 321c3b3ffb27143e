import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Conflict, NotFound } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";
import { type WordList, wordListsOf } from "./in-force.ts";

/** What a change adds to a list and takes from it. */
export type WordChange = { added: string[]; removed: string[] };

/** The difference between two lists, whatever their order. */
export function wordChange(before: readonly string[], after: readonly string[]): WordChange {
  const [old, now] = [new Set(before), new Set(after)];
  return {
    added: [...now].filter((word) => !old.has(word)),
    removed: [...old].filter((word) => !now.has(word)),
  };
}

/** One list of a provider; throws NotFound for a key that is none. */
export async function findWordList(db: Db, { ispId }: Staff, key: string): Promise<WordList> {
  const found = (await wordListsOf(db, ispId)).find((list) => list.key === key);
  if (!found) throw new NotFound(`no list of words ${key}`);
  return found;
}

/** The audit log keeps the words themselves, none of which is personal, up to so many. */
const KEPT = 200;

/**
 * Writes a list of the provider as a new version, in force from now on; null: as before the provider had its own. Throws
 * Conflict where somebody changed the list since version `seen`, NotFound for a key that is none.
 */
export const changeWords = (
  root: RootStore,
  actor: Staff,
  { key, seen }: { key: string; seen: number },
  words: readonly string[] | null,
): Promise<void> =>
  inTransaction(root, async ({ db }) => {
    await db`select 1 from isps where id = ${actor.ispId} for update`;
    const before = await findWordList(db, actor, key);
    if (before.version !== seen) throw new Conflict(`the list ${key} was changed meanwhile`);
    await db`
      insert into word_lists (isp_id, key, version, words, staff_id)
      values (${actor.ispId}, ${key}, ${seen + 1}, ${words && [...words]}, ${actor.staffId})`;
    const after = await findWordList(db, actor, key);
    const { added, removed } = wordChange(before.words, after.words);
    const detail = { added: added.slice(0, KEPT), removed: removed.slice(0, KEPT), reset: words === null };
    await recordLook(db, actor, "change-words", [null], { list: key, version: seen + 1, ...detail });
  });
