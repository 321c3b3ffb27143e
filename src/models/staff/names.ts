import type { Db } from "../../db/client.ts";
import type { Role } from "../actor.ts";

/** Names of staff of a provider by id, for histories; also of those who left. */
export async function staffNames(
  db: Db,
  ispId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await db<{ id: number; name: string }[]>`
    select id, name from staff where isp_id = ${ispId} and id = any(${[...new Set(ids)]}::bigint[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export type Colleague = { id: number; name: string };

/** Active staff of a provider with one of the roles, for 转交. */
export const staffWithRole = (db: Db, ispId: number, roles: readonly Role[]): Promise<Colleague[]> => db<
  Colleague[]
>`
  select s.id, s.name from staff s
  where s.isp_id = ${ispId} and s.active
    and exists (select 1 from staff_roles r where r.staff_id = s.id and r.role = any(${[...roles]}))
  order by s.name, s.id limit 200`;
