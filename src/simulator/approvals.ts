import { operationCodes } from "../gateways/bureau/index.ts";
import { childrenOf, type Tree } from "../gateways/bureau/xml.ts";
import {
  type Content,
  changedContent,
  newContent,
  type Writing,
  withAccess,
  withoutAccess,
  withoutSite,
  withSites,
} from "./content.ts";
import { nextNumber } from "./numbers.ts";
import { recordOf, type SubjectRecord, sitesOf } from "./records.ts";
import type { Filing, State } from "./state.ts";

/** What stands on record once an operation is approved, and of which websites its provider gets the record. */
export type Approval = { record: SubjectRecord; content: Content; siteIds: number[]; nextId: number };

/** What is there before: of a first filing nothing. */
export type Before = { record: SubjectRecord; content: Content } | undefined;

type Given = { filing: Filing; entry: Tree; writing: Writing; record: SubjectRecord; content: Content };
type Effect = (given: Given) => Content;

const { first, add, join, change, cancel } = operationCodes;

/** What each operation makes of a record; a subject is cancelled without touching what was on record of it. */
const EFFECTS: Record<number, Effect> = {
  [add]: ({ writing, content, entry, record }) =>
    withSites(writing, content, childrenOf(entry, "Wz_xx"), record.number, record.lastIndex),
  [join]: ({ writing, content, entry, filing }) => withAccess(writing, content, filing.targetId ?? 0, entry),
  [change]: ({ writing, content, entry }) => changedContent(writing, content, entry),
  [cancel.access]: ({ content, filing }) => withoutAccess(content, filing.targetId ?? 0),
  [cancel.website]: ({ content, filing }) => withoutSite(content, filing.targetId ?? 0),
  [cancel.subject]: ({ content }) => content,
};

/** Websites of which the provider gets the record after an approval; nothing comes after a cancellation. */
const SENT_BACK: Record<number, (after: SubjectRecord, before: SubjectRecord, filing: Filing) => number[]> = {
  [add]: (after, before) =>
    after.sites.filter(({ id }) => !before.sites.some((site) => site.id === id)).map(({ id }) => id),
  [join]: (_after, _before, { targetId = 0 }) => [targetId],
  [change]: (after, _before, { ispId }) => sitesOf(after, ispId).map(({ id }) => id),
};

/** Carries an operation out. `password` is that of a new record. */
export function approve(
  state: State,
  { filing, entry, before, password }: { filing: Filing; entry: Tree; before: Before; password: string },
  at: number,
): Approval {
  let { nextId } = state;
  const writing: Writing = { ispId: filing.ispId, at, nextId: () => nextId++ };
  if (filing.operation === first || !before) {
    const content = newContent(writing, entry, nextNumber(state.serials, filing.province, at));
    const record = recordOf(content, { password });
    return { record, content, siteIds: record.sites.map(({ id }) => id), nextId };
  }
  const content = EFFECTS[filing.operation]?.({ filing, entry, writing, ...before }) ?? before.content;
  const cancelled = before.record.cancelled || filing.operation === cancel.subject;
  const record = recordOf(content, { ...before.record, cancelled });
  const siteIds = SENT_BACK[filing.operation]?.(record, before.record, filing) ?? [];
  return { record, content, siteIds, nextId };
}

const GONE = { subject: 1049, site: 1050 };

/** The code that says that what an operation is about was cancelled while it waited. */
export function goneCode(filing: Filing, record: SubjectRecord | undefined): number | undefined {
  if (filing.operation === first) return undefined;
  if (!record || record.cancelled) return GONE.subject;
  const isSite = filing.operation === join || filing.operation === cancel.website;
  return isSite && record.gone.some(({ id }) => id === filing.targetId) ? GONE.site : undefined;
}
