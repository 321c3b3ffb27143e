import type { Db } from "../../db/client.ts";
import { enqueue } from "../../jobs.ts";
import { type Package, packageColumns } from "./packages.ts";

/** Packages that are over and still hold the hash of a 备案密码. */
const due = (db: Db) => db`
  p.blanked_at is null and p.state in ('settled', 'void')
  and exists (select 1 from bureau_requests r where r.package_id = p.id and r.has_password)`;

/** Has the 备案密码 taken out of those of these packages that are over. */
export async function enqueueBlanking(db: Db, packageIds: readonly number[]): Promise<void> {
  const rows = await db<{ id: number }[]>`
    select p.id from bureau_packages p where p.id = any(${[...packageIds]}) and ${due(db)}`;
  for (const { id } of rows) await enqueue(db, "blank-package", { packageId: id }, { key: `blank:${id}` });
}

/** A package that is to be blanked; undefined when that is done. */
export async function packageToBlank(db: Db, packageId: number): Promise<Package | undefined> {
  const [kept] = await db<Package[]>`
    select ${packageColumns(db)} from bureau_packages p where p.id = ${packageId} and ${due(db)}`;
  return kept;
}

/** The blanked file takes the place of the one that was sent, unless another has done so; gives whether it did. */
export async function recordBlanked(
  db: Db,
  { id, file }: Pick<Package, "id" | "file">,
  blanked: string,
): Promise<boolean> {
  const rows = await db`
    update bureau_packages set file = ${blanked}, blanked_at = now()
    where id = ${id} and file = ${file} and blanked_at is null returning id`;
  return rows.length > 0;
}
