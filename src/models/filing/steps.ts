import type { FilingKind, Scope } from "../../vocabulary/filing.ts";
import { ispSettings } from "../isp/settings.ts";
import type { Store } from "../store.ts";
import type { Filing } from "./rows.ts";
import { doneWord, type State, steps } from "./states.ts";
import { wantsPhoto } from "./wants-photo.ts";

/** One of the steps as a filing shows it; `step` is its number among the seven. */
export type Step = { step: number; name: string };

type Kind = { kind: FilingKind; scope?: Scope | null };

/** What the first steps are called where there is less to do than in a first filing. */
const ownNames: Partial<Record<FilingKind, Record<number, string>>> = {
  join: { 1: "填写接入信息" },
  change: { 1: "修改信息" },
  cancel: { 1: "填写原因", 2: "上传材料", 3: "信息审核" },
};

/** ④ 申请幕布、拍照上传 and ⑤ 信息核验: only where a photo is wanted. */
const ofVerification: readonly number[] = [4, 5];

/** The steps of a kind; without a photo five of the seven. */
export function stepsFor(filing: Kind, isVerified: boolean): Step[] {
  return steps
    .map(({ name }, index) => ({ step: index + 1, name: ownNames[filing.kind]?.[index + 1] ?? name }))
    .map((one) => (one.step === steps.length ? { ...one, name: doneWord(filing) } : one))
    .filter(({ step }) => isVerified || !ofVerification.includes(step));
}

/** States in which the verification has begun, whatever was decided since. */
const inVerification: readonly State[] = ["photo_due", "verification"];

/** Whether ④ and ⑤ are part of the way of a filing: the provider verifies, and its kind and content want a photo. */
export async function isVerified(store: Store, filing: Filing): Promise<boolean> {
  if (inVerification.includes(filing.state) || filing.returnedFrom === "verification") return true;
  if (filing.kind === "cancel") return false;
  const { verification } = await ispSettings(store.db, filing.ispId);
  if (verification.length === 0) return false;
  // A change wants one only where a responsible person is another; the other kinds always do.
  return filing.kind !== "change" || wantsPhoto(store, filing);
}

/** The steps of this filing. */
export const stepsOf = async (store: Store, filing: Filing): Promise<Step[]> =>
  stepsFor(filing, await isVerified(store, filing));

/** Of many, as lists show them: nothing is opened, so that a change counts as one with a photo only once it has one. */
export const stepsListed = (filing: Kind & { state: State }, verifies: boolean): Step[] =>
  stepsFor(
    filing,
    inVerification.includes(filing.state) ||
      (verifies && filing.kind !== "change" && filing.kind !== "cancel"),
  );
