import type { Action, Refusal } from "./filing/workflow.ts";

/** There is no such thing, or not for this person: the two are never told apart. */
export class NotFound extends Error {
  override name = "NotFound";
}

/** The person is known and may not do this. */
export class Forbidden extends Error {
  override name = "Forbidden";
}

/** The workflow does not allow the action now; `refusal` is a code, its words live in the views. */
export class TransitionRefused extends Error {
  override name = "TransitionRefused";
  readonly action: Action;
  readonly refusal: Refusal;
  constructor(action: Action, refusal: Refusal) {
    super(`${action} refused: ${refusal}`);
    this.action = action;
    this.refusal = refusal;
  }
}

/** Somebody else wrote in between; nothing was overwritten. */
export class Conflict extends Error {
  override name = "Conflict";
}

/** The product that a filing stands on carries no further website. */
export class ProductFull extends Error {
  override name = "ProductFull";
}

/** A link that opened a slot on a phone is over, was ended, or never was: the three are never told apart. */
export class LinkOver extends Error {
  override name = "LinkOver";
}

// Lives in lib because gateways, which throw it, know no models.
export { GatewayFailed } from "../lib/gateway-failed.ts";
