import type { Filing } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { uncarried } from "./carried.ts";
import { contentOf } from "./content.ts";
import { uploadOf } from "./operation.ts";
import { type Lack, OperationIncomplete } from "./parts.ts";
import { isUpload } from "./requests.ts";
import { bureauFor } from "./rows.ts";

/** Why a filing cannot go to the bureau by the interface as it is. */
export type Obstacle = Lack | "version_lacks" | "subject_busy";

/** Obstacles that only a report by hand (人工上报) gets around. */
export const byHandOnly: readonly Obstacle[] = ["version_lacks", "bureau_ids_missing", "access_missing"];

/** What stands against an upload of a filing; undefined: it can be sent. Without a bureau there is nothing to say. */
export async function obstacleTo(store: Store, filing: Filing): Promise<Obstacle | undefined> {
  const bureau = await bureauFor(store.db, filing.ispId, filing.province);
  if (!bureau) return undefined;
  const content = await contentOf(store, filing, bureau);
  const lacking = uncarried(bureau.version, content.data);
  if (lacking.some(({ severity }) => severity === "blocks")) return "version_lacks";
  try {
    uploadOf({ ...content, pictures: [] });
  } catch (error) {
    if (error instanceof OperationIncomplete) return error.lack;
    throw error;
  }
  return (await isSubjectBusy(store, filing)) ? "subject_busy" : undefined;
}

/** 一个主体同时只有一次上报: another filing about the same record is at the bureau or on the way there. */
async function isSubjectBusy({ db }: Store, { id, subjectId }: Filing): Promise<boolean> {
  if (subjectId === null) return false;
  const [row] = await db`
    select 1 from filings f join bureau_requests r on r.filing_id = f.id
    where f.subject_id = ${subjectId} and f.id <> ${id} and ${isUpload(db)} and r.state = 'open' limit 1`;
  return row !== undefined;
}
