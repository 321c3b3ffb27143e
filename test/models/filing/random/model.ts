import type { Actor } from "../../../../src/models/actor.ts";
import { ended, type ReturnedFrom, type State } from "../../../../src/models/filing/states.ts";
import type { Input, Reason } from "../../../../src/models/filing/transition.ts";
import {
  type Action,
  type Destination,
  type Effect,
  type Guard,
  type Refusal,
  refusalByTable,
  rowOf,
} from "../../../../src/models/filing/workflow.ts";

/**
 * What a filing should be, kept without the database: the table is the model, and each guard, destination and effect is
 * said here once more in the plainest words. Where the system does otherwise, one of the two is wrong.
 */
export type Model = {
  id: number;
  /** Whether this filing has a photo to be taken. */
  wantsPhoto: boolean;
  /** Whether the bureau asks the registrant by short message. */
  hasSmsCheck: boolean;
  author: number | null;
  /** Whoever of the staff wrote in it for its registrant, and whether that one has it for confirmation. */
  writers: Set<number | null>;
  handed: boolean;
  state: State;
  returnedFrom: ReturnedFrom | null;
  former: { state: State; returnedFrom: ReturnedFrom | null };
  claim: number | null;
  reviewer: number | null;
  photo: boolean;
  /** What stands in a field now, and what stood there at each submission that was not taken back. */
  field: string;
  submitted: string[];
  packages: "none" | "open" | "failed";
  events: number;
};

export type Step = { action: Action; actor: Actor; input: Input };

type Staff = Extract<Actor, { kind: "staff" }>;
const staffId = (actor: Actor): number | null => (actor.kind === "staff" ? actor.staffId : null);
const given = (reasons: readonly Reason[] | undefined): boolean => (reasons?.length ?? 0) > 0;

function byAuthors({ author, handed }: Model, { actor }: Step): Refusal | undefined {
  if (actor.kind !== "staff" || (author !== null && !handed)) return undefined;
  return author === null ? "not_on_behalf" : "handed_over";
}

const guards: Record<Guard, (model: Model, step: Step) => Refusal | undefined> = {
  ownClaim: ({ claim }, { actor }) => {
    if (claim !== null && claim === staffId(actor)) return undefined;
    return claim === null ? "not_claimed" : "claimed_by_other";
  },
  claimFree: ({ claim }, { actor }) =>
    claim !== null && claim !== staffId(actor) ? "claimed_by_other" : undefined,
  noLiveClaim: ({ claim }) => (claim === null ? undefined : "claimed_by_other"),
  fourEyes: ({ author, writers, reviewer }, { action, actor }) => {
    const own = (actor as Staff).staffId;
    return author === own || writers.has(own) || (action === "verify" && reviewer === own)
      ? "own_work"
      : undefined;
  },
  openErrorsNeedReason: () => undefined,
  reasonsGiven: (_, { input }) => (given(input.reasons) ? undefined : "reasons_missing"),
  noErrors: () => undefined,
  materialsReady: () => undefined,
  phonesProved: () => undefined,
  declared: (_, { input }) => (input.declared ? undefined : "not_declared"),
  // The provider of these filings asks for no product.
  productBound: () => undefined,
  photoReady: ({ photo, wantsPhoto }) => (wantsPhoto && !photo ? "photo_missing" : undefined),
  formFresh: () => undefined,
  onlyPhotoChanged: ({ state, returnedFrom, submitted, field }) => {
    if (state !== "returned") return undefined;
    if (returnedFrom === "initial") return "wrong_state";
    return submitted.at(-1) === field || submitted.length === 0 ? undefined : "fields_changed";
  },
  noOpenPackage: ({ packages }) => (packages === "open" ? "package_open" : undefined),
  bureauKnown: () => undefined,
  evidenceGiven: (_, { input }) => (input.justification?.trim() ? undefined : "evidence_missing"),
  // None of these filings was opened by the provider to end an access, or holds what the bureau's version lacks.
  draftedByStaff: byAuthors,
  withStaff: byAuthors,
  withRegistrant: ({ handed }) => (handed ? undefined : "not_handed"),
  signedOnPaper: () => undefined,
  notByProvider: () => undefined,
  byProvider: () => "not_by_provider",
  notListed: () => undefined,
  sendable: () => undefined,
  needsHand: () => "not_by_hand",
  // The provider of these filings offers no 面签 and wants no paper.
  onSiteDue: ({ state, returnedFrom }) =>
    state === "returned" && returnedFrom === "initial" ? "wrong_state" : "on_site_off",
  appointmentAhead: () => "appointment_missing",
  arrived: ({ state, returnedFrom }) =>
    state === "returned" && returnedFrom === "initial" ? "wrong_state" : "not_met",
  papersChecked: () => undefined,
};

/** Why the model would refuse a step; undefined: it must be carried out. */
export function refusalOf(model: Model, step: Step): Refusal | undefined {
  const byTable = refusalByTable(step.action, model.state, step.actor);
  if (byTable) return byTable;
  for (const guard of rowOf(step.action).guards ?? []) {
    const refusal = guards[guard](model, step);
    if (refusal) return refusal;
  }
  return undefined;
}

type Place = { state: State; returnedFrom: ReturnedFrom | null };

const at = (state: State, returnedFrom: ReturnedFrom | null = null): Place => ({ state, returnedFrom });
const isAboutPictures = ({ input }: Step): boolean => (input.reasons ?? []).every(({ slot }) => slot);

const origins: Partial<Record<Action, ReturnedFrom>> = {
  "return-initial": "initial",
  "return-verification": "verification",
  "expire-material": "verification",
  "return-bureau": "bureau",
};

type Choice = Exclude<Destination, State | "same">;

const choices: Record<Choice, (model: Model, step: Step) => Place> = {
  former: ({ former }) => former,
  afterInitialReview: ({ wantsPhoto }) => at(wantsPhoto ? "photo_due" : "ready"),
  returnedByPlace: (_, step) => at("returned", isAboutPictures(step) ? "verification" : "initial"),
  // The short-message check is younger than a day in all these journeys.
  beforeRecall: ({ former }) => at(former.state === "sms_pending" ? "sms_pending" : "at_bureau"),
  uploadOrSms: ({ hasSmsCheck }) => at(hasSmsCheck ? "sms_pending" : "at_bureau"),
};

function destination(model: Model, step: Step): Place {
  const { to } = rowOf(step.action);
  if (to === "same") return at(model.state, model.returnedFrom);
  if (to in choices) return choices[to as Choice](model, step);
  return at(to as State, to === "returned" ? (origins[step.action] ?? "initial") : null);
}

const settled = (model: Model): void => {
  model.packages = "none";
};

/** What each effect does to the model; most are about what the model does not hold. */
const effects: Partial<Record<Effect, (model: Model, step: Step) => void>> = {
  snapshot: (model) => model.submitted.push(model.field),
  claim: (model, { actor, input }) => {
    model.claim = input.staffId ?? staffId(actor);
  },
  unclaim: (model) => {
    model.claim = null;
  },
  rememberReviewer: (model, { actor }) => {
    model.reviewer = staffId(actor);
  },
  handOver: (model) => {
    model.handed = model.author !== null;
  },
  takeBack: (model) => {
    model.handed = false;
  },
  stopBureau: (model) => {
    if (model.packages === "open") model.packages = "failed";
  },
  startBureau: (model) => {
    if (model.packages === "failed") model.packages = "open";
  },
  voidPackage: settled,
  settlePackage: settled,
};

/** A submission that is taken back before anybody looked was none. */
const takenBack: readonly Action[] = ["withdraw", "withdraw-verification"];

const ofWriters: readonly Action[] = ["submit-on-behalf", "hand-to-registrant", "change-material"];

/** Carries a step out that the model allows. */
export function carryOut(model: Model, step: Step): void {
  const { state, returnedFrom } = destination(model, step);
  if (state !== model.state || returnedFrom !== model.returnedFrom)
    model.former = { state: model.state, returnedFrom: model.returnedFrom };
  if (takenBack.includes(step.action)) model.submitted.pop();
  if (ofWriters.includes(step.action) && step.actor.kind === "staff") model.writers.add(staffId(step.actor));
  model.state = state;
  model.returnedFrom = returnedFrom;
  for (const effect of rowOf(step.action).effects ?? []) effects[effect]?.(model, step);
  model.events += 1;
}

export const isOver = ({ state }: Pick<Model, "state">): boolean => ended.includes(state);
