import { randomBytes } from "node:crypto";
import { seal } from "../../src/crypto/seal.ts";
import { contentHash } from "../../src/gateways/bureau/index.ts";
import { type Package, packageContext, packageKey } from "../../src/models/bureau/packages.ts";
import type { Prepared } from "../../src/models/bureau/prepare.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import type { BureauParts } from "./parts.ts";

/** Letters and digits alone, different for each package: a rejection of the whole file names it by this. */
export const newFileName = ({ bureauIspId, lastSequence }: Bureau): string =>
  `P${bureauIspId}S${lastSequence + 1}R${randomBytes(6).toString("hex")}.xml`;

/** Seals a zip under a key of its own and puts it into the file store, under the bureau's next number. */
export async function storeZip(
  parts: BureauParts,
  bureau: Bureau,
  { zip, fileName }: { zip: Buffer; fileName: string },
): Promise<Prepared> {
  const { wrapped: dataKey } = parts.vault.newDataKey();
  const kept = { ispId: bureau.ispId, bureauId: bureau.id, fileName, dataKey };
  const file = await parts.files.put(sealedZip(parts, kept, zip));
  const sequence = bureau.lastSequence + 1;
  return { fileName, sequence, file, dataKey, contentHash: contentHash(zip), bytes: zip.length };
}

type Kept = Pick<Package, "ispId" | "bureauId" | "fileName" | "dataKey"> & { sealedFor?: number | null };

export const sealedZip = (parts: BureauParts, kept: Kept, zip: Uint8Array): Buffer =>
  seal(packageKey(parts, kept), zip, packageContext(kept));

export { openedPackage as openedZip } from "../../src/models/bureau/package-file.ts";
