import type { Db } from "../../db/client.ts";
import { type Question, type QuestionGroup, questionGroups } from "../../vocabulary/questions.ts";

/** A question that no group of the data file fits stands here, last. */
const OTHER = { id: "other", title: "其他问题" };

/** Groups in the order of the page. */
export const groups: readonly { id: string; title: string }[] = [
  ...questionGroups.map(({ id, title }) => ({ id, title })),
  OTHER,
];

/** A question as a provider shows it: one of the data file, or its own. `answer` is plain text with links. */
export type ShownQuestion = {
  /** Id in the data file, or the number of the provider's own: names it in addresses. */
  key: string;
  /** Where it stands on the page. */
  anchor: string;
  groupId: string;
  position: number;
  ask: string;
  answer: string;
  hidden: boolean;
  own: boolean;
  version: number;
};

export type GroupOfQuestions = { id: string; title: string; questions: ShownQuestion[] };

type Row = {
  id: number;
  defaultId: string | null;
  groupId: string;
  position: number;
  hidden: boolean;
  ask: string | null;
  answer: string | null;
  version: number;
};

/** Paragraphs, and beneath them the links in the marks of `src/lib/plain-text.ts`. */
const textOf = ({ answer, links }: Question): string =>
  [...answer, links.map(({ href, text }) => `[${text}](${href})`).join("　")].filter(Boolean).join("\n\n");

const ofFile = (group: QuestionGroup, question: Question, at: number, row?: Row): ShownQuestion => ({
  key: question.id,
  anchor: question.id,
  groupId: row?.groupId ?? group.id,
  position: row?.position ?? at * 10,
  ask: question.ask,
  answer: textOf(question),
  hidden: row?.hidden ?? false,
  own: false,
  version: row?.version ?? 0,
});

const ofProvider = ({ id, groupId, position, hidden, ask, answer, version }: Row): ShownQuestion => ({
  key: String(id),
  anchor: `q-${id}`,
  ...{ groupId, position, hidden, version },
  ask: ask ?? "",
  answer: answer ?? "",
  own: true,
});

/** The questions of the data file with what a provider changed in their order, and its own among them. */
function merged(rows: readonly Row[]): GroupOfQuestions[] {
  const moved = new Map(rows.flatMap((row) => (row.defaultId ? [[row.defaultId, row]] : [])));
  const all = [
    ...questionGroups.flatMap((group) =>
      group.questions.map((question, at) => ofFile(group, question, at, moved.get(question.id))),
    ),
    ...rows.filter(({ defaultId }) => defaultId === null).map(ofProvider),
  ];
  const home = (question: ShownQuestion): string =>
    groups.some(({ id }) => id === question.groupId) ? question.groupId : OTHER.id;
  return groups.map((group) => ({
    ...group,
    questions: all.filter((one) => home(one) === group.id).sort((a, b) => a.position - b.position),
  }));
}

/** All questions of a provider, hidden ones too; those of the data file alone where there is no provider. */
export async function questionsOf(db: Db, ispId: number | null): Promise<GroupOfQuestions[]> {
  if (ispId === null) return merged([]);
  return merged(
    await db<Row[]>`
      select id, default_id, group_id, position, hidden, ask, answer, version from questions
      where isp_id = ${ispId} order by position, id limit 1000`,
  );
}

/** What everybody sees: groups with a question in them, those hidden left out. */
export async function shownQuestions(db: Db, ispId: number | null): Promise<GroupOfQuestions[]> {
  return (await questionsOf(db, ispId))
    .map((group) => ({ ...group, questions: group.questions.filter(({ hidden }) => !hidden) }))
    .filter(({ questions }) => questions.length > 0);
}
