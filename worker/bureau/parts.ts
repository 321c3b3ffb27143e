import type { BureauGateway } from "../../src/gateways/bureau/index.ts";
import type { Logger } from "../../src/log.ts";
import type { Files } from "../../src/models/material/files.ts";
import type { RootStore } from "../../src/models/store.ts";

/**
 * By bureau, the number that it told this process was its last. What follows another one is not sent unasked: another
 * process may have sent meanwhile, or the database may be a backup that knows less than the bureau.
 */
export type LastHeard = Map<number, number>;

/** What talking to a bureau needs. */
export type BureauParts = RootStore & {
  bureau: BureauGateway;
  files: Files;
  log: Logger;
  lastHeard: LastHeard;
};

/** How a job tells and is told. */
export type Watch = { progress(step: string): void; signal: AbortSignal | undefined };
