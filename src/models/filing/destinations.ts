import { ispSettings } from "../isp/settings.ts";
import { hasSmsCheck, type ReturnedFrom, type State } from "./states.ts";
import type { Context } from "./transition.ts";
import { wantsPhoto } from "./wants-photo.ts";
import type { Destination } from "./workflow.ts";

type Place = { state: State; returnedFrom: ReturnedFrom | null };

/** Where a return comes from, by its action; others do not return. */
const origin: Record<string, ReturnedFrom> = {
  "return-initial": "initial",
  "return-verification": "verification",
  "expire-material": "verification",
  "return-bureau": "bureau",
};

/** Materials of the verification step: a return that names only these goes back to that step. */
const verificationSlots: readonly string[] = ["photo", "form"];

const choices: Record<Exclude<Destination, State | "same">, (context: Context) => Promise<Place> | Place> = {
  former: ({ filing }) => ({
    state: filing.formerState ?? "draft",
    // 撤回 of a filing that had been returned: it stays a correction of that return.
    returnedFrom: filing.formerFrom,
  }),
  // Steps ④ and ⑤ apply where the kind of filing wants a photo and the provider a verification.
  afterInitialReview: async ({ store, filing }) => {
    const { verification } = await ispSettings(store.db, filing.ispId);
    const isVerified = verification.length > 0 && (await wantsPhoto(store, filing));
    return { state: isVerified ? "photo_due" : "ready", returnedFrom: null };
  },
  returnedByPlace: ({ input }) => {
    const onlyMaterials = (input.reasons ?? []).every(({ slot }) => verificationSlots.includes(slot ?? ""));
    return { state: "returned", returnedFrom: onlyMaterials ? "verification" : "initial" };
  },
  uploadOrSms: ({ filing }) => ({
    state: hasSmsCheck(filing) ? "sms_pending" : "at_bureau",
    returnedFrom: null,
  }),
  // The short-message check went on meanwhile: where its 24 hours are over, the filing is at the bureau.
  beforeRecall: ({ filing, now }) => ({
    state:
      filing.formerState === "sms_pending" && filing.smsUntil && filing.smsUntil > now
        ? "sms_pending"
        : "at_bureau",
    returnedFrom: null,
  }),
};

/** The state an action leads to; `same` keeps where it is. */
export async function destinationOf(context: Context, to: Destination): Promise<Place> {
  if (to === "same") return { state: context.filing.state, returnedFrom: context.filing.returnedFrom };
  if (to in choices) return choices[to as keyof typeof choices](context);
  return {
    state: to as State,
    returnedFrom: to === "returned" ? (origin[context.action] ?? "initial") : null,
  };
}
