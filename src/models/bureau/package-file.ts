import { open } from "../../crypto/seal.ts";
import { hasRole, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Forbidden, NotFound } from "../errors.ts";
import type { Files } from "../material/files.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { maybePackage, type Package, packageContext, packageKey } from "./packages.ts";

type Keeper = Pick<Store, "vault"> & { files: Files };

/** The zip of a package as it is kept, neither encrypted for the bureau nor in base64. */
export const openedPackage = async (parts: Keeper, kept: Package): Promise<Buffer> =>
  open(packageKey(parts, kept), await parts.files.get(kept.file), packageContext(kept));

/** A package of the reviewer's provider. Throws NotFound. */
export async function findPackage({ db }: Pick<Store, "db">, actor: Staff, id: number): Promise<Package> {
  const found = await maybePackage(db, id);
  if (found?.ispId !== actor.ispId) throw new NotFound(`no package ${id}`);
  return found;
}

/** Masked lines of a package were looked at, or its file was downloaded as it was sent. */
type Look = "open-package" | "download-package";

/** The file of a package for a person of 上报; the look is in the audit log, with the filings that it is about. */
export async function packageFor(
  root: RootStore & { files: Files },
  actor: Staff,
  id: number,
  look: Look,
): Promise<{ kept: Package; zip: Buffer }> {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 open packages");
  const kept = await inTransaction(root, async ({ db }) => {
    const found = await findPackage({ db }, actor, id);
    const filings = await db<{ filingId: number | null }[]>`
      select distinct filing_id from bureau_requests where package_id = ${id} and isp_id = ${actor.ispId}`;
    const about = filings.map(({ filingId }) => filingId);
    await recordLook(db, actor, look, about.length > 0 ? about : [null], { packageId: id });
    return found;
  });
  return { kept, zip: await openedPackage(root, kept) };
}
