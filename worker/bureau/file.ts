import { randomBytes } from "node:crypto";
import { open, seal } from "../../src/crypto/seal.ts";
import { contentHash } from "../../src/gateways/bureau/index.ts";
import { type Package, packageContext } from "../../src/models/bureau/packages.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import { type Filing, filingKey } from "../../src/models/filing/rows.ts";
import type { BureauParts } from "./parts.ts";

/** Letters and digits alone, different for each package: a rejection of the whole file names it by this. */
export const newFileName = ({ bureauIspId, lastSequence }: Bureau): string =>
  `P${bureauIspId}S${lastSequence + 1}R${randomBytes(6).toString("hex")}.xml`;

type Owner = Pick<Filing, "id" | "ispId" | "dataKey">;

/** Seals a zip under its filing's key and puts it into the file store, under the bureau's next number. */
export async function storeZip(
  parts: BureauParts,
  bureau: Bureau,
  filing: Owner,
  { zip, fileName }: { zip: Buffer; fileName: string },
): Promise<{ fileName: string; sequence: number; file: string; contentHash: string; bytes: number }> {
  const file = await parts.files.put(sealedZip(parts, filing, fileName, zip));
  const sequence = bureau.lastSequence + 1;
  return { fileName, sequence, file, contentHash: contentHash(zip), bytes: zip.length };
}

export const sealedZip = (parts: BureauParts, filing: Owner, fileName: string, zip: Uint8Array): Buffer =>
  seal(filingKey(parts, filing), zip, packageContext(filing, fileName));

/** The zip of a package as it is kept. */
export async function openedZip(
  parts: BureauParts,
  filing: Owner,
  { file, fileName }: Pick<Package, "file" | "fileName">,
): Promise<Buffer> {
  return open(filingKey(parts, filing), await parts.files.get(file), packageContext(filing, fileName));
}
