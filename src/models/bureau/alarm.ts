import { noticeStaff } from "../notice/staff.ts";
import type { Store } from "../store.ts";
import type { Bureau } from "./rows.ts";

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
