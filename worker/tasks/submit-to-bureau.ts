import type { BureauParts } from "../bureau/parts.ts";
import { submitToBureau as submit } from "../bureau/submit.ts";
import type { Task } from "./types.ts";

/** Works off what waits for one bureau, in the order of its sequence numbers. */
export const submitToBureau =
  (parts: BureauParts): Task<"submit-to-bureau"> =>
  ({ bureauId }, watch) =>
    submit(parts, bureauId, watch);
