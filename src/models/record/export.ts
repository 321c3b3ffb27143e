import type { Registrant, Staff } from "../actor.ts";
import type { Store } from "../store.ts";
import type { RecordFilter } from "./filter.ts";
import { listRecords } from "./list.ts";
import { type WholeAccess, type WholeRecord, type WholeWebsite, wholeRecords } from "./whole.ts";

/** A line of an export: an access with its website and subject; what is missing below is undefined. */
export type ExportedLine = {
  subject: WholeRecord;
  website: WholeWebsite | undefined;
  access: WholeAccess | undefined;
};

/** Subjects that are in memory at once. */
const BATCH = 50;

/** Every record that an actor may see and that matches, newest first, a line an access. */
export async function* exportedLines(
  store: Store,
  actor: Registrant | Staff,
  filter: RecordFilter,
): AsyncGenerator<ExportedLine> {
  let before: number | undefined;
  for (;;) {
    const listed = await listRecords(store, actor, filter, before, BATCH);
    const records = await wholeRecords(
      store,
      listed.map(({ id }) => id),
      actor,
    );
    for (const record of records) yield* linesOf(record);
    before = listed.at(-1)?.id;
    if (listed.length < BATCH || before === undefined) return;
  }
}

function* linesOf(subject: WholeRecord): Generator<ExportedLine> {
  if (subject.websites.length === 0) yield { subject, website: undefined, access: undefined };
  for (const website of subject.websites) {
    if (website.accesses.length === 0) yield { subject, website, access: undefined };
    for (const access of website.accesses) yield { subject, website, access };
  }
}
