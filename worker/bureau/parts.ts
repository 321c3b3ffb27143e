import type { BureauGateway } from "../../src/gateways/bureau/index.ts";
import type { Logger } from "../../src/log.ts";
import type { Files } from "../../src/models/material/files.ts";
import type { RootStore } from "../../src/models/store.ts";

/** What talking to a bureau needs. */
export type BureauParts = RootStore & { bureau: BureauGateway; files: Files; log: Logger };

/** How a job tells and is told. */
export type Watch = { progress(step: string): void; signal: AbortSignal | undefined };
