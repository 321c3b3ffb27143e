import { newId } from "../lib/ids.ts";
import { filedIds } from "../models/bureau/content.ts";
import { NotFound } from "../models/errors.ts";
import { type Filing, maybeFiling } from "../models/filing/rows.ts";
import { lastSnapshots } from "../models/filing/snapshots.ts";
import { transition } from "../models/filing/transition.ts";
import { writeRecord } from "../models/record/write.ts";
import type { RootStore } from "../models/store.ts";
import { textOf } from "../vocabulary/fields/index.ts";

/** Eight zeros and a running number: no bureau gives such a one. */
const NUMBER = "浙ICP备20260000";

/** Writes the record of a filing as if the bureau had answered, with numbers that cannot be real ones. */
export async function numberDemo(store: RootStore, filing: Filing): Promise<void> {
  const [sent] = await lastSnapshots(store, filing, 1);
  const current = await maybeFiling(store.db, filing.id);
  if (!sent || !current?.bureauId) throw new NotFound("the demo filing was not submitted");
  const bureauId = current.bureauId;
  const number = `${NUMBER}${String(filing.id % 100).padStart(2, "0")}号`;
  const subject = sent.sections.find(({ kind }) => kind === "subject");
  const websites = sent.sections.filter(({ kind }) => kind === "website");
  await transition(store, {
    filingId: filing.id,
    action: "number",
    actor: { kind: "bureau" },
    requestId: newId(),
    within: async ({ store: inside }) =>
      writeRecord({
        store: inside,
        filing,
        bureauId,
        sent,
        ids: await filedIds(inside.db, filing.id),
        record: {
          subject: { ourId: subject?.id ?? 0, name: textOf(subject?.values ?? {}, "name"), number },
          websites: websites.map(({ id, values }, index) => ({
            ourId: id,
            name: textOf(values, "siteName"),
            number: `${number}-${index + 1}`,
            domains: [],
            accesses: [],
          })),
          remark: "演示",
          raw: { name: "Baxx", attributes: {}, text: "", children: [] },
        },
      }),
  });
}
