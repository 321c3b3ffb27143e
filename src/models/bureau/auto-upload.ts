import { derivedId } from "../../lib/ids.ts";
import { TransitionRefused } from "../errors.ts";
import { transition } from "../filing/transition.ts";
import { readSettings } from "../isp/settings.ts";
import type { RootStore } from "../store.ts";

/**
 * Row 17 where the provider sets `autoUpload`: filings that are ready and that nobody holds go to the bureau without
 * 上报 pressing the button. One that cannot go (no bureau, form too old) stays for a person. Gives how many went.
 */
export async function uploadReady(root: RootStore): Promise<number> {
  const isps = await root.db<{ id: number; settings: unknown }[]>`select id, settings from isps order by id`;
  let count = 0;
  for (const { id } of isps.filter(({ settings }) => readSettings(settings).autoUpload))
    for (const filing of await unclaimedReady(root, id)) if (await upload(root, filing)) count++;
  return count;
}

type Ready = { id: number; stateSince: Date };

const unclaimedReady = ({ db }: RootStore, ispId: number): Promise<Ready[]> => db<Ready[]>`
  select id, state_since from filings
  where isp_id = ${ispId} and state = 'ready' and (claimed_by is null or claimed_until <= now())
  order by due_at nulls last, id limit 200`;

async function upload(root: RootStore, { id, stateSince }: Ready): Promise<boolean> {
  const requestId = derivedId("auto-upload", id, stateSince.toISOString());
  try {
    await transition(root, { filingId: id, action: "upload", actor: { kind: "system" }, requestId });
    return true;
  } catch (error) {
    if (error instanceof TransitionRefused) return false;
    throw error;
  }
}
