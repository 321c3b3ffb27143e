import { PackagingFailed, Unsendable, uploadXml, zipXml } from "../../src/gateways/bureau/index.ts";
import { bureauPictures, contentOf, earlierScans } from "../../src/models/bureau/content.ts";
import { type Labels, labelsOf } from "../../src/models/bureau/names.ts";
import { uploadOf } from "../../src/models/bureau/operation.ts";
import { isUnderWay } from "../../src/models/bureau/packages.ts";
import { OperationIncomplete, type Picture } from "../../src/models/bureau/parts.ts";
import { insertPackage } from "../../src/models/bureau/prepare.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import { recordFailure } from "../../src/models/bureau/sending.ts";
import { type Filing, filingKey } from "../../src/models/filing/rows.ts";
import { readPicture } from "../../src/models/material/files.ts";
import { newFileName, storeZip } from "./file.ts";
import type { BureauParts, Watch } from "./parts.ts";

/**
 * Makes the package of a filing: XML from its values and pictures, checked against the schema, zipped, sealed, stored;
 * then its row with the next number. `stopped`: the filing cannot be sent, which leaves the queue to a person; `busy`: it
 * waits for another filing of its subject, and others may go before it.
 */
export async function preparePackage(
  parts: BureauParts,
  bureau: Bureau,
  filing: Filing,
  { progress }: Watch,
): Promise<"made" | "gone" | "busy" | "stopped"> {
  const fileName = newFileName(bureau);
  const made = await fileOf(parts, bureau, filing, fileName);
  if (made === "busy") {
    progress(`filing ${filing.number} waits for another of its subject`);
    return "busy";
  }
  if ("problem" in made) {
    const cause = `filing:${filing.id}:${filing.stateSince.toISOString()}`;
    await recordFailure(
      parts,
      { filingId: filing.id, package: undefined, cause },
      { code: "schema", message: made.problem },
    );
    progress(`filing ${filing.number} cannot be sent`);
    return "stopped";
  }
  const { zip, ...labels } = made;
  const stored = await storeZip(parts, bureau, filing, { zip, fileName });
  const outcome = await insertPackage(parts, bureau, filing.id, { ...stored, ...labels });
  if (outcome === "made") progress(`package ${stored.sequence} made`);
  return outcome;
}

type Made = Labels & { zip: Buffer; hasPassword: boolean };

async function fileOf(
  parts: BureauParts,
  bureau: Bureau,
  filing: Filing,
  fileName: string,
): Promise<Made | { problem: string } | "busy"> {
  const bare = { ...(await contentOf(parts, filing, bureau)), pictures: [] };
  try {
    // Pictures change no label, and are read only for what can go now.
    if (await isUnderWay(parts.db, bureau.id, labelsOf(uploadOf(bare), bare).subject)) return "busy";
    const content = { ...bare, pictures: await picturesOf(parts, filing) };
    const operation = uploadOf(content);
    const zip = zipXml(uploadXml({ ispId: content.bureauIspId, operation }), fileName);
    const hasPassword = "passwordHash" in operation && operation.passwordHash !== undefined;
    return { zip, hasPassword, ...labelsOf(operation, content) };
  } catch (error) {
    const known = [Unsendable, PackagingFailed, OperationIncomplete];
    if (error instanceof Error && known.some((kind) => error instanceof kind))
      return { problem: error.message };
    throw error;
  }
}

async function picturesOf(parts: BureauParts, filing: Filing): Promise<Picture[]> {
  const key = filingKey(parts, filing);
  const own = (await bureauPictures(parts.db, filing.id)).map(async (material) => ({
    slot: material.slot,
    sectionId: material.sectionId,
    bytes: await readPicture(parts.files, key, material, "bureau"),
  }));
  const earlier = (await earlierScans(parts.db, filing.id)).map(
    async ({ forSection, material, dataKey }) => ({
      slot: material.slot,
      sectionId: forSection,
      bytes: await readPicture(parts.files, filingKey(parts, { dataKey }), material, "bureau"),
    }),
  );
  return Promise.all([...own, ...earlier]);
}
