import type { BureauGateway } from "../../src/gateways/bureau/index.ts";
import { type StillHeld, withBureauLock } from "../../src/models/bureau/lock.ts";
import type { RootStore } from "../../src/models/store.ts";

type Talking = RootStore & { bureau: BureauGateway };

/**
 * `withBureauLock` for those who call the bureau: no call begins without the lock. One that was under way when the lock
 * was lost ends as it may; whoever comes next asks for the previous upload before it sends anything.
 */
export const talkTo = <Parts extends Talking, T>(
  parts: Parts,
  bureauId: number,
  work: (parts: Parts) => Promise<T>,
  options: { waitMs?: number } = {},
): Promise<T | undefined> =>
  withBureauLock(
    parts.db,
    bureauId,
    (stillHeld) => work({ ...parts, bureau: held(parts.bureau, stillHeld) }),
    options,
  );

const held = (bureau: BureauGateway, stillHeld: StillHeld): BureauGateway => ({
  upload: async (...call) => {
    await stillHeld();
    return bureau.upload(...call);
  },
  download: async (...call) => {
    await stillHeld();
    return bureau.download(...call);
  },
  acknowledge: async (...call) => {
    await stillHeld();
    return bureau.acknowledge(...call);
  },
  queryPreviousUpload: async (...call) => {
    await stillHeld();
    return bureau.queryPreviousUpload(...call);
  },
});
