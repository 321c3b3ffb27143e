import { materialState, requiredMaterials } from "../../rules/materials.ts";
import type { Registrant, Staff } from "../actor.ts";
import { TransitionRefused } from "../errors.ts";
import { ruleInForce } from "../province-rule/in-force.ts";
import type { RootStore, Store } from "../store.ts";
import { filingData } from "./findings.ts";
import type { Filing } from "./rows.ts";
import { currentSnapshot, type Difference, differences, lastSnapshots } from "./snapshots.ts";
import { transition } from "./transition.ts";
import type { Refusal } from "./workflow.ts";

/** Which way a finished or corrected filing goes: 提交初审, or straight back to the verification. */
export type Submission = "submit" | "submit-verification";

/** Pictures that the verification looks at; see the guard `onlyPhotoChanged`. */
const verificationSlots: readonly string[] = ["photo", "form"];

/** What was changed since the filing was last sent in; empty for one that never was. */
export async function changesSinceSubmission(store: Store, filing: Filing): Promise<Difference[]> {
  const [submitted] = await lastSnapshots(store, filing, 1);
  return submitted ? differences(submitted, await currentSnapshot(store, filing)) : [];
}

/** The way that is open to a filing with these changes. */
export async function submissionOf(
  store: Store,
  filing: Filing,
  changes: readonly Difference[],
): Promise<Submission> {
  if (filing.state !== "returned" || filing.returnedFrom === "initial") return "submit";
  if (changes.some(({ slot }) => !verificationSlots.includes(slot ?? ""))) return "submit";
  return (await hasPhotos(store, filing)) ? "submit-verification" : "submit";
}

/** A provider without a verification step has no photos: everything goes through the initial review again. */
async function hasPhotos(store: Store, filing: Filing): Promise<boolean> {
  const data = await filingData(store, filing);
  const province = await ruleInForce(store.db, filing.ispId, filing.province);
  const photos = requiredMaterials(data, province).filter(({ phase }) => phase === "photo");
  return photos.every((slot) => materialState(slot, data.materials) === "ready");
}

/**
 * Sends a filing in, the way that is open to it. Gives the refusal where the workflow says no, nothing when it is
 * done; throws NotFound for somebody else's filing.
 */
export async function submitFiling(
  store: RootStore,
  actor: Registrant | Staff,
  filing: Filing,
  { declared, requestId }: { declared: boolean; requestId: string },
): Promise<Refusal | undefined> {
  const way = await submissionOf(store, filing, await changesSinceSubmission(store, filing));
  const action = way === "submit" && actor.kind === "staff" ? "submit-on-behalf" : way;
  if (!declared) return "not_declared";
  try {
    await transition(store, { filingId: filing.id, action, actor, requestId, input: { declared } });
    return undefined;
  } catch (error) {
    if (error instanceof TransitionRefused) return error.refusal;
    throw error;
  }
}
