import { blankPassword } from "../../src/gateways/bureau/index.ts";
import { packageToBlank, recordBlanked } from "../../src/models/bureau/blank.ts";
import { openedZip, sealedZip } from "./file.ts";
import type { BureauParts } from "./parts.ts";

/**
 * Takes the hash of the 备案密码 out of the kept file of a package that is over. The new file is safe before the row names
 * it; killed in between, it is made again, and the one that nobody names goes with the sweep.
 */
export async function blankPackage(parts: BureauParts, packageId: number): Promise<"done" | "nothing to do"> {
  const kept = await packageToBlank(parts.db, packageId);
  if (!kept) return "nothing to do";
  const zip = await blankPassword(await openedZip(parts, kept));
  const blanked = await parts.files.put(sealedZip(parts, kept, zip));
  const isNamed = await recordBlanked(parts.db, kept, blanked);
  await parts.files.remove(isNamed ? kept.file : blanked);
  return isNamed ? "done" : "nothing to do";
}
