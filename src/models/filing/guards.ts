import { materialState } from "../../rules/materials.ts";
import { appointmentAhead, arrived, onSiteDue } from "../appointment/conditions.ts";
import { byHandOnly, obstacleTo } from "../bureau/obstacle.ts";
import { isUpload } from "../bureau/requests.ts";
import { bureauFor } from "../bureau/rows.ts";
import { ispSettings } from "../isp/settings.ts";
import { slotsOf } from "../material/slots.ts";
import { papersChecked } from "../paper/needed.ts";
import { lacksProduct } from "../product/required.ts";
import { isTermination } from "../termination/of-filing.ts";
import { hasLiveClaim, holdsClaim } from "./claims.ts";
import { filingData, findingsOf } from "./findings.ts";
import { isListed } from "./listed.ts";
import { draftedByStaff, hasWritten, signedOnPaper } from "./on-behalf.ts";
import { unprovedPhones } from "./phones.ts";
import { currentSnapshot, differences, lastSnapshots } from "./snapshots.ts";
import type { Context } from "./transition.ts";
import type { Guard, Refusal } from "./workflow.ts";

type Check = (context: Context) => Promise<Refusal | undefined> | Refusal | undefined;

/** Three months from the signature, as the reference has it (真实性核验单). */
const FORM_MONTHS = 3;

/** Pictures of the verification step: changing only these needs no new initial review. */
const verificationSlots: readonly string[] = ["photo", "form"];

/** Each named condition of the table: the refusal's code, or undefined when nothing speaks against it. */
export const guards: Record<Guard, Check> = {
  ownClaim: ({ filing, actor, now }) => {
    if (holdsClaim(filing, actor, now)) return undefined;
    return hasLiveClaim(filing, now) ? "claimed_by_other" : "not_claimed";
  },
  claimFree: ({ filing, actor, now }) =>
    hasLiveClaim(filing, now) && !holdsClaim(filing, actor, now) ? "claimed_by_other" : undefined,
  noLiveClaim: ({ filing, now }) => (hasLiveClaim(filing, now) ? "claimed_by_other" : undefined),
  fourEyes: async ({ store, filing, action, actor }) => {
    if (actor.kind !== "staff" || !(await wantsFourEyes(store.db, filing.ispId))) return undefined;
    const passedBefore = action === "verify" && filing.initialReviewerId === actor.staffId;
    return passedBefore || (await hasWritten(store, filing, actor.staffId)) ? "own_work" : undefined;
  },
  openErrorsNeedReason: async ({ store, filing, input }) => {
    if (input.justification?.trim()) return undefined;
    return (await hasErrors(store, filing)) ? "errors_need_reason" : undefined;
  },
  reasonsGiven: ({ input }) => ((input.reasons ?? []).length > 0 ? undefined : "reasons_missing"),
  noErrors: async ({ store, filing }) => ((await hasErrors(store, filing)) ? "errors_open" : undefined),
  materialsReady: (context) => missingMaterial(context, "entry"),
  phonesProved: async ({ store, filing }) =>
    (await unprovedPhones(store, filing)).length > 0 ? "phone_unproved" : undefined,
  declared: ({ input }) => (input.declared ? undefined : "not_declared"),
  productBound: async ({ store, filing }) =>
    (await lacksProduct(store.db, filing)) ? "product_missing" : undefined,
  photoReady: (context) => missingMaterial(context, "photo"),
  formFresh: async ({ store, filing }) => {
    const [row] = await store.db`
      select 1 from materials m where m.filing_id = ${filing.id} and m.slot = 'form' and m.retired_at is null
        and m.supplement_id is null and coalesce(${filing.formSignedOn}::date, (m.uploaded_at at time zone 'Asia/Shanghai')::date)
          < (now() at time zone 'Asia/Shanghai')::date - make_interval(months => ${FORM_MONTHS})`;
    return row ? "form_too_old" : undefined;
  },
  onlyPhotoChanged: async ({ store, filing }) => {
    if (filing.state !== "returned") return undefined;
    if (filing.returnedFrom === "initial") return "wrong_state";
    const [submitted] = await lastSnapshots(store, filing, 1);
    const changed = differences(submitted, await currentSnapshot(store, filing));
    return changed.every(({ slot }) => verificationSlots.includes(slot ?? "")) ? undefined : "fields_changed";
  },
  // 补传资料 (35) goes beside and holds nothing up.
  noOpenPackage: async ({ store, filing }) => {
    const [row] = await store.db`
      select 1 from bureau_requests r
      where r.filing_id = ${filing.id} and ${isUpload(store.db)} and r.state = 'open'`;
    return row ? "package_open" : undefined;
  },
  bureauKnown: async ({ store, filing }) => {
    const bureau = await bureauFor(store.db, filing.ispId, filing.province);
    return bureau ? undefined : "bureau_missing";
  },
  notListed: async ({ store, filing }) => ((await isListed(store, filing)) ? "blacklisted" : undefined),
  sendable: ({ store, filing }) => obstacleTo(store, filing),
  needsHand: async ({ store, filing }) => {
    const obstacle = await obstacleTo(store, filing);
    return obstacle && byHandOnly.includes(obstacle) ? undefined : (obstacle ?? "not_by_hand");
  },
  evidenceGiven: ({ input }) => (input.justification?.trim() ? undefined : "evidence_missing"),
  draftedByStaff: ({ filing, actor }) => draftedByStaff(filing, actor),
  withStaff: ({ filing, actor }) => draftedByStaff(filing, actor),
  withRegistrant: ({ filing }) => (filing.handedAt === null ? "not_handed" : undefined),
  signedOnPaper: ({ store, filing }) => signedOnPaper(store, filing),
  notByProvider: async ({ store, filing }) =>
    (await isTermination(store.db, filing)) ? "by_provider" : undefined,
  byProvider: async ({ store, filing }) =>
    (await isTermination(store.db, filing)) ? undefined : "not_by_provider",
  onSiteDue,
  appointmentAhead,
  arrived,
  papersChecked,
};

const hasErrors = async (store: Context["store"], filing: Context["filing"]): Promise<boolean> =>
  (await findingsOf(store, filing)).findings.some(({ severity }) => severity === "error");

async function wantsFourEyes(db: Context["store"]["db"], ispId: number): Promise<boolean> {
  const { fourEyes } = await ispSettings(db, ispId);
  if (fourEyes !== null) return fourEyes;
  const [row] = await db<{ count: number }[]>`
    select count(distinct s.id) from staff s join staff_roles r on r.staff_id = s.id
    where s.isp_id = ${ispId} and s.active and r.role in ('initial_reviewer', 'verifier', 'supervisor')`;
  return (row?.count ?? 0) >= 2;
}

/** Whether a picture that the step needs is missing or not ready; the photo counts at its own step only. */
async function missingMaterial(
  { store, filing }: Context,
  step: "entry" | "photo",
): Promise<Refusal | undefined> {
  const data = await filingData(store, filing);
  const needed = (await slotsOf(store, filing, data)).filter(
    ({ required, phase }) => required && (step === "photo" || phase === "entry"),
  );
  const states = needed.map((slot) => materialState(slot, data.materials));
  if (states.some((state) => state === undefined || state === "failed"))
    return step === "photo" ? "photo_missing" : "materials_missing";
  return states.includes("processing") ? "materials_processing" : undefined;
}
