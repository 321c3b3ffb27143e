import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFileStore } from "../../src/gateways/files/index.ts";
import type { BureauParts } from "../../worker/bureau/parts.ts";
import { type BureauBench, startBureauBench } from "./bureau.ts";
import { bureauHands, type Run } from "./bureau-hands.ts";
import { bureauBehind, CutPoints, databaseBehind } from "./cut-points.ts";

/** A bench whose bureau and database can be cut off at any point from a process that works for it. */
export type CutScene = {
  bench: BureauBench;
  /** The file store that both use. */
  as: Partial<BureauParts>;
  run(job: "submit" | "download", killAt: number): Promise<Run>;
  close(): Promise<void>;
};

export async function startCutScene(): Promise<CutScene> {
  const bench = await startBureauBench();
  const points = new CutPoints();
  const [database, bureau] = [
    await databaseBehind(bench.url, points),
    await bureauBehind(bench.simulator.url, points),
  ];
  const folder = mkdtempSync(join(tmpdir(), "cut-scene-"));
  await bench.store.db`update isp_bureaus set endpoint = ${bureau.url}, settings = '{"timeoutMs": 20000}'`;
  const environment = { DATABASE_URL: database.url, SECRET_KEYS: bench.secretKeys, FILES: folder };
  const hands = await bureauHands(environment, points);
  return {
    bench,
    as: { files: openFileStore(`file:${folder}`, folder) },
    run: (job, killAt) => hands.run({ job, bureauId: bench.bureauId }, killAt),
    close: async () => {
      await hands.stop();
      await bureau.close();
      await database.close();
      await bench.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
