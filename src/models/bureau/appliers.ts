import type { Store } from "../store.ts";
import { applyBlacklist } from "./apply-blacklist.ts";
import { applyBulletin } from "./apply-bulletin.ts";
import { applyCancelled } from "./apply-cancelled.ts";
import { applyCodes } from "./apply-codes.ts";
import { applyCopy } from "./apply-copy.ts";
import { applyIllegalAccess } from "./apply-illegal-access.ts";
import { applyInquiry } from "./apply-inquiry.ts";
import { applyInspection } from "./apply-inspection.ts";
import { applyUnfiledSite } from "./apply-unfiled-site.ts";
import { type Of, type Place, parked } from "./applying.ts";
import type { Applied, BureauResult, Unasked } from "./results.ts";

/** Applies one result inside the caller's transaction, which writes down that it was applied: called once for each. */
export type Applier<Result extends BureauResult> = (store: Store, place: Of<Result>) => Promise<Applied>;

type Appliers = { [Kind in Unasked["kind"]]: Applier<Extract<Unasked, { kind: Kind }>> };

/** What the bureau sends without having been asked by a request of ours, each kind with what is done with it. */
const appliers: Appliers = {
  cancelled: applyCancelled,
  inquiry: applyInquiry,
  inspection: applyInspection,
  bulletin: applyBulletin,
  blacklist: applyBlacklist,
  illegal_access: applyIllegalAccess,
  unfiled_site: applyUnfiledSite,
  codes: applyCodes,
  copy: applyCopy,
  other: async (_store, { result }) => parked(`本系统不认识的内容：${result.name}`),
};

export const applyUnasked = (
  store: Store,
  place: Omit<Place, "result"> & { result: Unasked },
): Promise<Applied> => (appliers[place.result.kind] as Applier<Unasked>)(store, place);
