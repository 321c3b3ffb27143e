import { unzip } from "../../src/gateways/bureau/unzip.ts";
import { maybePackage } from "../../src/models/bureau/packages.ts";
import { filingKey } from "../../src/models/filing/rows.ts";
import { putPicture } from "../../src/models/material/files.ts";
import { currentMaterials } from "../../src/models/material/rows.ts";
import { openedZip } from "../../worker/bureau/file.ts";
import { type BureauBench, startBureauBench } from "../support/bureau.ts";
import { picture } from "./bureau-files.ts";

const COPY = 60 * 1024;

/** Filings that wait for the bureau, each with the bureau's copies of its pictures. */
async function waiting(bench: BureauBench, count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let at = 0; at < count; at++) {
    const filing = await bench.uploading();
    const key = filingKey(bench.store, filing);
    for (const [place, material] of (await currentMaterials(bench.store.db, filing.id)).entries()) {
      const bytes = picture(COPY, at * 10 + place);
      const file = await putPicture(bench.parts.files, key, material, "bureau", bytes);
      await bench.store.db`update materials set bureau_file = ${file} where id = ${material.id}`;
    }
    ids.push(filing.id);
  }
  return ids;
}

/** The bytes of the XML of everything that was sent. */
async function sentBytes({ parts, store }: BureauBench): Promise<Buffer[]> {
  const packages = await store.db<{ id: number }[]>`select id from bureau_packages order by id`;
  const files: Buffer[] = [];
  for (const { id } of packages) {
    const kept = await maybePackage(store.db, id);
    if (kept) files.push(Buffer.from(unzip(await openedZip(parts, kept)).bytes));
  }
  return files;
}

/** Milliseconds to bring so many filings into the simulated bureau, and to fetch and apply its answers. */
export async function endToEnd(
  count: number,
): Promise<{ submit: number; apply: number; filings: number; bytes: Buffer[] }> {
  const bench = await startBureauBench({ decisions: "hold" });
  try {
    await bench.store.db`
      update isp_bureaus set settings = settings || ${bench.store.db.json({ recordsPerFile: 1000, timeoutMs: 120_000 })}`;
    await waiting(bench, count);
    const start = performance.now();
    await bench.submit();
    const submitted = performance.now();
    for (const { id } of bench.simulator.view().filings)
      bench.simulator.order({ action: "approve", filing: id });
    const decided = performance.now();
    // A round ends after a thousand files, and a filing has two.
    while ((await bench.download()).files > 0);
    const applied = performance.now();
    const [row] = await bench.store.db<{ left: number }[]>`
      select count(*) as left from filings where state <> 'numbered'`;
    if (row?.left !== 0) throw new Error(`${row?.left} filings have no number`);
    const bytes = await sentBytes(bench);
    return { submit: submitted - start, apply: applied - decided, filings: count, bytes };
  } finally {
    await bench.close();
  }
}
