import type { RecordAccess, RecordWebsite } from "../gateways/bureau/downloads.ts";
import { newId } from "../lib/ids.ts";
import { filedIds } from "../models/bureau/content.ts";
import { NotFound } from "../models/errors.ts";
import { type Filing, maybeFiling } from "../models/filing/rows.ts";
import { lastSnapshots } from "../models/filing/snapshots.ts";
import { transition } from "../models/filing/transition.ts";
import { writeRecord } from "../models/record/write.ts";
import {
  accessesOf,
  recordIdOf,
  type SentSection,
  sitesOf,
  subjectOf,
  type Writing,
  writingOf,
} from "../models/record/writing.ts";
import type { RootStore } from "../models/store.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { bureauIdsOf, demoNumber } from "./bureau-records.ts";

/**
 * Writes the record of the nth filing as if the bureau had answered, with the ids and numbers under which the simulated
 * bureau has it.
 */
export async function numberDemo(store: RootStore, filing: Filing, n: number): Promise<void> {
  const [sent] = await lastSnapshots(store, filing, 1);
  const current = await maybeFiling(store.db, filing.id);
  if (!sent || !current?.bureauId) throw new NotFound("the demo filing was not submitted");
  const bureauId = current.bureauId;
  await transition(store, {
    filingId: filing.id,
    action: "number",
    actor: { kind: "bureau" },
    requestId: newId(),
    within: async ({ store: inside }) => {
      const ids = await filedIds(inside.db, filing.id);
      const record = answerOf({ sent, ids }, n);
      await writeRecord(await writingOf(inside, { ...filing, bureauId }, sent, record));
    },
  });
}

/** What the bureau answers to a filing of one website with one domain. */
function answerOf(filed: Pick<Writing, "sent" | "ids">, n: number): Writing["record"] {
  const number = demoNumber(n);
  const theirs = bureauIdsOf(n);
  const { id, values } = subjectOf(filed);
  return {
    subject: { ourId: id, bureauId: theirs.subject, name: textOf(values, "name"), number },
    websites: sitesOf(filed).map(
      (site, index): RecordWebsite => ({
        ...{ ourId: recordIdOf(site), bureauId: theirs.website, name: textOf(site.values, "siteName") },
        number: `${number}-${index + 1}`,
        domains: filed.ids.domains
          .filter(({ sectionId }) => sectionId === site.id)
          .map((one) => ({ ourId: one.id, bureauId: theirs.domain, name: one.domain })),
        accesses: accessesOf(filed, site).map((access, at) => accessAnswer(filed, access, theirs.access(at))),
      }),
    ),
    remark: "演示",
    raw: { name: "Baxx", attributes: {}, text: "", children: [] },
  };
}

const accessAnswer = (
  { ids }: Pick<Writing, "ids">,
  access: SentSection,
  theirs: { access: number; ip: number },
): RecordAccess => ({
  ...{ ourId: recordIdOf(access), bureauId: theirs.access, places: [], modes: [] },
  ips: ids.ips
    .filter(({ sectionId }) => sectionId === access.id)
    .map((ip) => ({ ourId: ip.id, bureauId: theirs.ip, from: ip.first, to: ip.last })),
});
