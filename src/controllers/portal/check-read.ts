import { findingsOf } from "../../models/filing/findings.ts";
import { signedOnPaper } from "../../models/filing/on-behalf.ts";
import { type Phone, unprovedPhones } from "../../models/filing/phones.ts";
import { changesSinceSubmission } from "../../models/filing/resubmission.ts";
import { lastReturn } from "../../models/filing/returns.ts";
import type { Filing } from "../../models/filing/rows.ts";
import { editable } from "../../models/filing/states.ts";
import { slotsWithMaterials } from "../../models/material/overview.ts";
import type { RootStore } from "../../models/store.ts";
import type { Writer } from "../desk.ts";
import { type Places, type ReportLine, reportLines } from "./check-report.ts";
import { sectionTasks } from "./section-tasks.ts";

/** Reads all that is to be said of a filing before it is sent in: the 预审报告 and what it was made of. */
export async function readReport(store: RootStore, actor: Writer, filing: Filing) {
  const { data, context, findings } = await findingsOf(store, filing);
  const tasks = sectionTasks(filing, data, findings);
  const [changes, unproved, slots, returned] = await Promise.all([
    editable.includes(filing.state) ? changesSinceSubmission(store, filing) : [],
    actor.kind === "staff" ? unprovedOnPaper(store, filing) : unprovedPhones(store, filing),
    slotsWithMaterials(store, filing),
    filing.state === "returned" ? lastReturn(store, filing) : [],
  ]);
  const places: Places = { filing, data, tasks, slots };
  const lines: ReportLine[] = reportLines(places, { findings, unproved, returned, changes });
  return { places, context, findings, changes, unproved, lines };
}

/** What a code or a signed paper must still prove, for staff. */
const unprovedOnPaper = async (store: RootStore, filing: Filing): Promise<Phone[]> =>
  (await signedOnPaper(store, filing)) ? unprovedPhones(store, filing) : [];
