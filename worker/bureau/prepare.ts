import { randomBytes } from "node:crypto";
import { seal } from "../../src/crypto/seal.ts";
import {
  contentHash,
  firstFilingXml,
  PackagingFailed,
  Unsendable,
  zipXml,
} from "../../src/gateways/bureau/index.ts";
import { bureauPictures, contentOf } from "../../src/models/bureau/content.ts";
import { firstFilingOf, type Picture } from "../../src/models/bureau/first-filing.ts";
import { packageContext } from "../../src/models/bureau/packages.ts";
import { insertPackage } from "../../src/models/bureau/prepare.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import { recordFailure } from "../../src/models/bureau/sending.ts";
import { type Filing, filingKey } from "../../src/models/filing/rows.ts";
import { readPicture } from "../../src/models/material/files.ts";
import type { BureauParts, Watch } from "./parts.ts";

/**
 * Makes the package of a filing: XML from its values and pictures, checked against the schema, zipped, sealed, stored;
 * then its row with the next number. Gives false when the filing cannot be sent, which stops the bureau's queue.
 */
export async function preparePackage(
  parts: BureauParts,
  bureau: Bureau,
  filing: Filing,
  { progress }: Watch,
): Promise<boolean> {
  const fileName = newFileName(bureau);
  const zip = await zipOf(parts, bureau, filing, fileName);
  if (!Buffer.isBuffer(zip)) {
    const cause = `filing:${filing.id}:${filing.stateSince.toISOString()}`;
    await recordFailure(
      parts,
      { filingId: filing.id, package: undefined, cause },
      { code: "schema", message: zip.problem },
    );
    progress(`filing ${filing.number} cannot be sent`);
    return false;
  }
  const sealed = seal(filingKey(parts, filing), zip, packageContext(filing, fileName));
  const sequence = bureau.lastSequence + 1;
  const file = await parts.files.put(sealed);
  const ready = { fileName, sequence, file, contentHash: contentHash(zip), bytes: zip.length };
  if (await insertPackage(parts, bureau, filing.id, ready)) progress(`package ${sequence} made`);
  return true;
}

/** Letters and digits alone, different for each package: a rejection of the whole file names it by this. */
const newFileName = ({ bureauIspId, lastSequence }: Bureau): string =>
  `P${bureauIspId}S${lastSequence + 1}R${randomBytes(6).toString("hex")}.xml`;

async function zipOf(
  parts: BureauParts,
  bureau: Bureau,
  filing: Filing,
  fileName: string,
): Promise<Buffer | { problem: string }> {
  const content = await contentOf(parts, filing, bureau);
  const pictures = await picturesOf(parts, filing);
  try {
    return zipXml(firstFilingXml(firstFilingOf({ ...content, pictures })), fileName);
  } catch (error) {
    if (error instanceof Unsendable || error instanceof PackagingFailed) return { problem: error.message };
    throw error;
  }
}

async function picturesOf(parts: BureauParts, filing: Filing): Promise<Picture[]> {
  const key = filingKey(parts, filing);
  const materials = await bureauPictures(parts.db, filing.id);
  return Promise.all(
    materials.map(async (material) => ({
      slot: material.slot,
      sectionId: material.sectionId,
      bytes: await readPicture(parts.files, key, material, "bureau"),
    })),
  );
}
