import { openText } from "../../crypto/seal.ts";
import type { Role } from "../actor.ts";
import { staffContext } from "../staff/staff.ts";
import type { Store } from "../store.ts";
import { queueNotice } from "./queue.ts";
import type { NoticeTemplate, NoticeVariables } from "./templates.ts";

/** Active staff of a provider with the role and an e-mail address. */
async function staffWithMail({ db, vault }: Store, ispId: number, role: Role) {
  const rows = await db<{ id: number; dataKey: Buffer; emailSealed: Buffer }[]>`
    select s.id, s.data_key, s.email_sealed from staff s join staff_roles r on r.staff_id = s.id
    where s.isp_id = ${ispId} and s.active and r.role = ${role} and s.email_sealed is not null
    order by s.id`;
  return rows.map((row) => ({
    id: row.id,
    email: openText(vault.unwrap(row.dataKey), row.emailSealed, staffContext(row.id, "email")),
  }));
}

/**
 * Writes to everybody of the provider who has the role and an e-mail address. `cause` names what happened; each of them
 * is told once. Gives how many were told now.
 */
export async function noticeStaff<T extends NoticeTemplate>(
  store: Store,
  to: { ispId: number; role: Role; filingId?: number },
  template: T,
  variables: NoticeVariables[T],
  cause: string,
): Promise<number> {
  let told = 0;
  for (const { id, email } of await staffWithMail(store, to.ispId, to.role)) {
    const notice = await queueNotice<T>(store, {
      ispId: to.ispId,
      staffId: id,
      ...(to.filingId ? { filingId: to.filingId } : {}),
      channel: "mail",
      template,
      address: email,
      variables,
      cause: `${cause}:staff:${id}:mail`,
    });
    if (notice) told++;
  }
  return told;
}

/**
 * The same to 上报; where nobody of them has an address, to 主管. A file of many entries has one cause, so who is to be
 * told does not depend on who was told just now.
 */
export async function noticeOnDuty<T extends NoticeTemplate>(
  store: Store,
  to: { ispId: number; filingId?: number },
  template: T,
  variables: NoticeVariables[T],
  cause: string,
): Promise<number> {
  const hasSubmitters = (await staffWithMail(store, to.ispId, "submitter")).length > 0;
  return noticeStaff(
    store,
    { ...to, role: hasSubmitters ? "submitter" : "supervisor" },
    template,
    variables,
    cause,
  );
}
