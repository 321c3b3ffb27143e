import type { WebDeps } from "../middleware/env.ts";

/** Where files lie; bytes are sealed by the caller. */
export type Files = {
  put(bytes: Uint8Array): Promise<string>;
  get(fileId: string): Promise<Buffer>;
  remove(fileId: string): Promise<void>;
};

/** What controllers take: the database, the vault, settings and log, and where files lie. */
export type Deps = WebDeps & { files: Files };
