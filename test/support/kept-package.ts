import { fileXml, recordXml, zipXml } from "../../src/gateways/bureau/index.ts";
import type { Operation } from "../../src/gateways/bureau/operations.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import type { Filing } from "../../src/models/filing/rows.ts";
import type { RootStore } from "../../src/models/store.ts";
import { storeZip } from "../../worker/bureau/file.ts";
import type { BureauParts } from "../../worker/bureau/parts.ts";
import { sampleFiling } from "../gateways/bureau/sample.ts";

type Kept = { filing: Filing; operation?: Operation; state?: "accepted" | "settled" };

const sample = (): Operation => {
  const { ispId: _, ...content } = sampleFiling();
  return { kind: "first", ...content };
};

/** A package as it lies after the bureau took it in, with one request about a filing; gives its id. */
export async function keptPackage(
  parts: RootStore & Pick<BureauParts, "files">,
  bureau: Bureau,
  { filing, operation = sample(), state = "settled" }: Kept,
): Promise<number> {
  const fileName = `P${filing.id}X${Date.now()}.xml`;
  const xml = fileXml(bureau.bureauIspId, [recordXml(operation, bureau.version)], bureau.version);
  const stored = await storeZip(parts as BureauParts, bureau, { zip: zipXml(xml, fileName), fileName });
  const [made] = await parts.db<{ id: number }[]>`
    insert into bureau_packages ${parts.db({ ...stored, ispId: bureau.ispId, bureauId: bureau.id, state })}
    returning id`;
  await parts.db`
    insert into bureau_requests ${parts.db({
      ...{ packageId: made?.id ?? 0, ispId: bureau.ispId, bureauId: bureau.id, position: 1, kind: "filing" },
      ...{ filingId: filing.id, operation: 1, about: [], subject: null },
      ...{ hasPassword: false, state: state === "settled" ? "settled" : "open" },
    })}`;
  return made?.id ?? 0;
}
