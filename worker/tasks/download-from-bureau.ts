import { downloadFromBureau as download } from "../bureau/download.ts";
import type { BureauParts } from "../bureau/parts.ts";
import type { Task } from "./types.ts";

/** Fetches, stores, applies and acknowledges the answers of one bureau. */
export const downloadFromBureau =
  (parts: BureauParts): Task<"download-from-bureau"> =>
  async ({ bureauId }, watch) => {
    const done = await download(parts, bureauId, watch);
    if (!done) return watch.progress("another process talks to this bureau");
    const { files, applied, parked, problem } = done;
    watch.progress(
      `${files} files, ${applied} applied, ${parked} parked${problem ? `, ended by ${problem}` : ""}`,
    );
  };
