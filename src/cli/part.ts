import { surviveLostWrites } from "../db/lost-writes.ts";
import { loadSettings, type Settings } from "./settings.ts";

/** One process of an installation: it has started, may have an address, and can be stopped. */
export type Part = { url?: string; stop(): Promise<void> };

const GRACE = 8000;

/**
 * Runs a part until Ctrl-C, SIGTERM, or until the supervisor that started it is gone. Tells the supervisor when it is
 * ready. Ends the process.
 */
export async function runPart(start: (settings: Settings) => Promise<Part>): Promise<never> {
  surviveLostWrites();
  const stopped = stopRequest();
  const part = await start(loadSettings());
  process.send?.({ ready: part.url ?? "" });
  await stopped;
  setTimeout(() => process.exit(1), GRACE).unref();
  await part.stop();
  process.exit(0);
}

/** Settles at the first reason to stop; one that comes while the part still starts is not lost. */
function stopRequest(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    if (process.send) process.once("disconnect", () => resolve());
  });
}
