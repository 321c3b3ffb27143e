import { chmodSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where things stay that later runs use again: a migrated server, the unpacked browser. */
export function cacheFolder(): string {
  const folder =
    process.env.OPENBEIAN_TEST_CACHE ?? join(tmpdir(), `openbeian-tests-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  return folder;
}
