import type { Db } from "../../db/client.ts";
import { inTransaction, type RootStore } from "../store.ts";
import { markTaken, type Package, packageColumns } from "./packages.ts";
import { isUpload } from "./requests.ts";
import { finishRequests } from "./sending.ts";

/**
 * A package that had the same number before, and whose number was given back although a call for it had been begun: the
 * bureau may have it all the same.
 */
export async function formerPackage(
  db: Db,
  { id, bureauId, sequence }: Pick<Package, "id" | "bureauId" | "sequence">,
  hash?: string,
): Promise<Package | undefined> {
  const [row] = await db<Package[]>`
    select ${packageColumns(db)} from bureau_packages p
    where p.bureau_id = ${bureauId} and p.sequence = ${sequence} and p.id <> ${id} and p.state = 'void' and p.tries > 0
      ${hash === undefined ? db`` : db`and p.content_hash = ${hash}`}
    order by p.id desc limit 1`;
  return row;
}

/**
 * The bureau has the former package under this number: that is the one that counts, and the newer one goes for nothing.
 * What is in the former goes on as taken in; what else was in the newer one waits again.
 */
export async function takeFormer(root: RootStore, newer: Package, former: Package): Promise<void> {
  await inTransaction(root, async ({ db }) => {
    await db`update bureau_packages set state = 'void', settled_at = now() where id = ${newer.id}`;
    await db`
      update bureau_requests set state = 'void', settled_at = now() where package_id = ${newer.id} and state = 'open'`;
    await db`update bureau_packages set state = 'sending', settled_at = null where id = ${former.id}`;
    await markTaken(db, former.id);
    await db`
      update bureau_requests r set state = 'open', settled_at = null
      where r.package_id = ${former.id} and r.state = 'void'
        and not exists (select 1 from filings f
          where f.id = r.filing_id and f.state not in ('uploading', 'upload_failed') and ${isUpload(db)})
        and not exists (select 1 from bureau_requests o
          where o.id <> r.id and o.state = 'open' and o.operation not in (0, 35) and ${isUpload(db)}
            and (o.filing_id = r.filing_id or (o.bureau_id = r.bureau_id and o.subject = r.subject)))`;
  });
  await finishRequests(root, newer.bureauId);
}
