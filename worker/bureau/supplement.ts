import { PackagingFailed, Unsendable, uploadXml, zipXml } from "../../src/gateways/bureau/index.ts";
import { formatOf } from "../../src/models/bureau/attachments.ts";
import { insertSupplement } from "../../src/models/bureau/prepare.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import {
  leaveSupplement,
  type SupplementToSend,
  supplementLabels,
  supplementOf,
} from "../../src/models/bureau/supplements.ts";
import { filingKey, maybeFiling } from "../../src/models/filing/rows.ts";
import { readPicture } from "../../src/models/material/files.ts";
import { newFileName, storeZip } from "./file.ts";
import type { BureauParts, Watch } from "./parts.ts";

/**
 * Makes the package of one paper that was taken in while its filing is at the bureau (单独提交核验材料). Always goes on:
 * what cannot be sent is left to 上报, who gives it to the bureau in another way.
 */
export async function prepareSupplement(
  parts: BureauParts,
  bureau: Bureau,
  wanted: SupplementToSend,
  { progress }: Watch,
): Promise<boolean> {
  const filing = await maybeFiling(parts.db, wanted.filingId);
  if (!filing) throw new Error("a supplement without its filing");
  const fileName = newFileName(bureau);
  const bytes = await readPicture(parts.files, filingKey(parts, filing), wanted.material, "bureau");
  const operation = supplementOf(wanted, { bytes, format: formatOf(bytes) });
  try {
    const zip = zipXml(uploadXml({ ispId: bureau.bureauIspId, operation }), fileName);
    const stored = await storeZip(parts, bureau, filing, { zip, fileName });
    const made = await insertSupplement(parts, bureau, wanted, { ...stored, ...supplementLabels(wanted) });
    progress(`package ${stored.sequence} for supplement ${wanted.id}: ${made}`);
  } catch (error) {
    if (!(error instanceof Unsendable) && !(error instanceof PackagingFailed)) throw error;
    await leaveSupplement(parts.db, wanted.id, error.message);
    progress(`supplement ${wanted.id} cannot be sent`);
  }
  return true;
}
