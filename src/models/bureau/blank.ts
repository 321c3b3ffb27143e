import type { Db } from "../../db/client.ts";
import { enqueue } from "../../jobs.ts";
import { type Filing, maybeFiling } from "../filing/rows.ts";
import { type Package, packageColumns } from "./packages.ts";

/** Packages that are over and still hold the hash of a 备案密码. */
const due = (db: Db) => db`has_password and blanked_at is null and state in ('settled', 'void')`;

const enqueueBlanking = async (db: Db, rows: readonly { id: number }[]): Promise<void> => {
  for (const { id } of rows) await enqueue(db, "blank-package", { packageId: id }, { key: `blank:${id}` });
};

/** Has the 备案密码 taken out of the kept packages of a filing that were settled now. */
export const blankSettled = async (db: Db, { id }: Pick<Filing, "id">): Promise<void> =>
  enqueueBlanking(
    db,
    await db<{ id: number }[]>`select id from bureau_packages where filing_id = ${id} and ${due(db)}`,
  );

/** The same for packages of a bureau whose numbers were given back. */
export const blankVoided = async (db: Db, bureauId: number): Promise<void> =>
  enqueueBlanking(
    db,
    await db<{ id: number }[]>`
      select id from bureau_packages where bureau_id = ${bureauId} and state = 'void' and ${due(db)}`,
  );

/** A package that is to be blanked, with the filing under whose key it lies; undefined when that is done. */
export async function packageToBlank(
  db: Db,
  packageId: number,
): Promise<{ kept: Package; filing: Filing } | undefined> {
  const [kept] = await db<Package[]>`
    select ${packageColumns(db)} from bureau_packages p where p.id = ${packageId} and ${due(db)}`;
  const filing = kept && (await maybeFiling(db, kept.filingId));
  return kept && filing ? { kept, filing } : undefined;
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
