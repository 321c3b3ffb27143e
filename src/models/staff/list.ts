import type { Db } from "../../db/client.ts";
import type { Role } from "../actor.ts";

/** A member of staff in a list; the address is not shown. */
export type StaffEntry = {
  id: number;
  isp: string;
  userName: string;
  name: string;
  roles: Role[];
  hasMail: boolean;
  active: boolean;
  createdAt: Date;
};

/** Staff of a provider, or of the installation. */
export const listStaff = (db: Db, ispId?: number): Promise<StaffEntry[]> => db<StaffEntry[]>`
  select s.id, i.slug as isp, s.user_name, s.name, s.email_sealed is not null as has_mail, s.active, s.created_at,
    array(select role from staff_roles r where r.staff_id = s.id order by role) as roles
  from staff s join isps i on i.id = s.isp_id
  where ${ispId === undefined ? db`true` : db`s.isp_id = ${ispId}`} order by i.id, s.id`;
