import type { Sql } from "../src/db/client.ts";
import type { Logger } from "../src/log.ts";
import {
  type Beater,
  beat,
  DEAD_AFTER,
  releaseDead,
  releaseUnknown,
} from "../src/models/worker/heartbeat.ts";

/** Milliseconds between two beats. */
const PERIOD = 1500;

/** Beats until it is stopped, and frees the jobs of workers that are dead. `stop` waits for a beat under way. */
export function startHeart(
  db: Sql,
  beater: () => Beater | undefined,
  log: Logger,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let lastBeat: number | undefined;

  const round = async (): Promise<void> => {
    const self = beater();
    if (!self?.id) return;
    await beat(db, self);
    // After a pause of the database nobody could beat: the others get a round to show that they live.
    const paused = lastBeat !== undefined && performance.now() - lastBeat > DEAD_AFTER * 1000;
    const first = lastBeat === undefined;
    lastBeat = performance.now();
    if (paused) return;
    const dead = [...(await releaseDead(db)), ...(first ? await releaseUnknown(db) : [])];
    if (dead.length > 0) log.warn({ count: dead.length }, "jobs of dead workers were freed");
  };

  const tick = async (): Promise<void> => {
    await round().catch((error) => log.warn({ err: error }, "no heartbeat"));
    if (stopped) return;
    timer = setTimeout(() => {
      current = tick();
    }, PERIOD);
  };
  let current = tick();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return current;
    },
  };
}
