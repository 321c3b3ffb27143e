import { noticeStaff } from "../notice/staff.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import type { Bureau } from "./rows.ts";
import { stopCause } from "./stop-words.ts";
import { type Stuck, stuckBureaus, stuckWords } from "./stuck.ts";

/** Tells 上报, or 主管 where nobody has that role, that a bureau needs a person. The same cause is told once. */
export async function alarm(
  store: Store,
  bureau: Pick<Bureau, "ispId" | "name">,
  reason: string,
  cause: string,
): Promise<void> {
  const variables = { bureau: bureau.name, reason };
  const told = await noticeStaff(
    store,
    { ispId: bureau.ispId, role: "submitter" },
    "bureau-stopped",
    variables,
    cause,
  );
  if (told === 0)
    await noticeStaff(store, { ispId: bureau.ispId, role: "supervisor" }, "bureau-stopped", variables, cause);
}

/** Names a round of failed downloads, which ends with the next one that succeeds. */
export const downloadCause = (
  { id, lastDownloadAt }: Pick<Bureau, "id" | "lastDownloadAt">,
  problem: string,
): string => `download:${id}:${problem}:${lastDownloadAt?.toISOString() ?? "never"}`;

const causes: Record<Stuck["cause"], (stuck: Stuck) => string> = {
  stopped: ({ bureau }) => stopCause(bureau),
  waiting: ({ bureau, since }) => `stuck:${bureau.id}:waiting:${since.toISOString()}`,
  download: ({ bureau, code }) => downloadCause(bureau, code ?? "silent"),
};

/** Tells of every queue that is stuck, once a cause. Gives how many are. */
export async function alarmStuck(root: RootStore): Promise<number> {
  const all = await stuckBureaus(root.db);
  for (const stuck of all)
    await inTransaction(root, (store) =>
      alarm(store, stuck.bureau, stuckWords(stuck), causes[stuck.cause](stuck)),
    );
  return all.length;
}
