import type { Db } from "../../db/client.ts";
import {
  shippedWords,
  type WordListKey,
  type WordLists,
  type WordListTitle,
  wordListTitles,
} from "../../vocabulary/word-lists.ts";

type Row = {
  key: string;
  isOwn: boolean;
  version: number;
  words: string[] | null;
  createdAt: Date;
  by: string | null;
};

/** A list as it is in force for a provider. */
export type WordList = WordListTitle & {
  words: readonly string[];
  /** False while the words are those of the installation or of the program. */
  isOwn: boolean;
  /** Of the provider's own rows, 0 before the first: what a change must name. */
  version: number;
  /** When the provider last changed it, and who did. */
  changedAt: Date | null;
  changedBy: string | null;
};

/** The newest row that holds, of the provider and of the installation. */
const rowsOf = (db: Db, ispId: number | null) =>
  db<Row[]>`
    select distinct on (l.key, l.isp_id) l.key, l.isp_id is not null as is_own, l.version, l.words, l.created_at,
      s.name as by
    from word_lists l left join staff s on s.id = l.staff_id
    where (l.isp_id = ${ispId} or l.isp_id is null) and l.valid_from <= current_date
    order by l.key, l.isp_id nulls last, l.version desc`;

function listOf(title: WordListTitle, rows: readonly Row[]): WordList {
  const [own, general] = [true, false].map((isOwn) =>
    rows.find((row) => row.key === title.key && row.isOwn === isOwn),
  );
  return {
    ...title,
    words: own?.words ?? general?.words ?? shippedWords[title.key],
    isOwn: own?.words != null,
    version: own?.version ?? 0,
    changedAt: own?.createdAt ?? null,
    changedBy: own?.by ?? null,
  };
}

/** Every list of a provider, of each its own words, else those of the installation, else those shipped. */
export async function wordListsOf(db: Db, ispId: number | null): Promise<WordList[]> {
  const rows = await rowsOf(db, ispId);
  return wordListTitles.map((title) => listOf(title, rows));
}

/** The words alone, as the rules read them. */
export async function wordsInForce(db: Db, ispId: number | null): Promise<WordLists> {
  const lists = await wordListsOf(db, ispId);
  return Object.fromEntries(lists.map(({ key, words }) => [key, [...words]])) as Record<
    WordListKey,
    string[]
  >;
}
