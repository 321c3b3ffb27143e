import { GatewayFailed } from "../lib/gateway-failed.ts";

/**
 * What became of a mail or short message that was not sent:
 * - `again`: surely not taken; another try may help
 * - `refused`: surely not taken, and never will be
 * - `unclear`: nobody knows whether it was taken
 */
export type Fate = "again" | "refused" | "unclear";

/** A mail or short message was not accepted. The message is a fixed sentence: no address, nothing that was sent. */
export class SendingFailed extends GatewayFailed {
  override name = "SendingFailed";
  readonly fate: Fate;
  /** For the log, which keeps only messages that say of themselves that they are safe. */
  readonly safe: string;

  constructor(fate: Fate, message: string) {
    super(message);
    this.fate = fate;
    this.safe = message;
  }
}
