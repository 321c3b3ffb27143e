import { hashPassword } from "../../crypto/password.ts";
import { seal } from "../../crypto/seal.ts";
import type { Role } from "../actor.ts";
import { Conflict } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";

export type NewStaff = {
  ispId: number;
  userName: string;
  name: string;
  /** In clear; only its argon2id hash is stored. */
  password: string;
  email?: string | null;
  roles: readonly Role[];
};

/** Sealing context of a column of a member of staff. */
export const staffContext = (id: number, column: "email" | "totp"): string => `staff:${id}:${column}`;

/**
 * Adds a member of staff (工作人员) with roles and gives the id. Only the command line and an administrator come here.
 * Throws `Conflict` when the user name is taken in the installation, in whatever case.
 */
export async function createStaff(root: RootStore, staff: NewStaff): Promise<number> {
  const passwordHash = await hashPassword(staff.password);
  return inTransaction(root, async ({ db, vault }) => {
    const { key, wrapped } = vault.newDataKey();
    const [row] = await db<{ id: number }[]>`
      insert into staff (isp_id, user_name, name, password_hash, data_key)
      values (${staff.ispId}, ${staff.userName}, ${staff.name}, ${passwordHash}, ${wrapped})
      on conflict (lower(user_name)) do nothing returning id`;
    if (!row) throw new Conflict(`the user name ${staff.userName} is taken`);
    if (staff.email)
      await db`update staff set email_sealed = ${seal(key, staff.email, staffContext(row.id, "email"))}
        where id = ${row.id}`;
    for (const role of new Set(staff.roles))
      await db`insert into staff_roles (staff_id, role) values (${row.id}, ${role})`;
    return row.id;
  });
}
