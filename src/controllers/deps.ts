import type { BureauLookups } from "../gateways/bureau/lookups.ts";
import type { OutboxMessage } from "../gateways/outbox.ts";
import type { ProductGateway } from "../gateways/products/types.ts";
import type { WebDeps } from "../middleware/env.ts";
import type { Files } from "../models/material/files.ts";

export type { Files } from "../models/material/files.ts";

/**
 * What controllers take: the database, the vault, settings and log, where files lie, in the demo what was sent, and in
 * tests another system than the web hook of products.
 */
export type Deps = WebDeps & {
  files: Files;
  outbox?: () => Promise<OutboxMessage[]>;
  products?: ProductGateway;
  /** Questions to the bureau while somebody waits (验证备案类型, 备案密码). */
  lookups: BureauLookups;
};
