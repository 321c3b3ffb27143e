import type { OutboxMessage } from "../gateways/outbox.ts";
import type { ProductGateway } from "../gateways/products/types.ts";
import type { WebDeps } from "../middleware/env.ts";
import type { Files } from "../models/material/files.ts";

export type { Files } from "../models/material/files.ts";

/** What controllers take: the database, the vault, settings and log, where files lie, and in the demo what was sent. */
export type Deps = WebDeps & {
  files: Files;
  outbox?: () => Promise<OutboxMessage[]>;
  /** Another system than the web hook of products, in tests. */
  products?: ProductGateway;
};
