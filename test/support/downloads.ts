import { contentHash, type DownloadFile, zipXml } from "../../src/gateways/bureau/index.ts";
import { eventsOf } from "../../src/models/filing/history.ts";
import type { Filing } from "../../src/models/filing/rows.ts";
import type { BureauBench } from "./bureau.ts";

/** A file of our own in the place of what the bureau has. */
export const fileOf = (xml: string, fileName = "20261118120000_zj_1.xml"): DownloadFile => {
  const zip = zipXml(xml, fileName);
  const algorithms = { encryptAlgorithm: 0, hashAlgorithm: 0, compressionFormat: 0 };
  return { fileName, beianInfo: zip.toString("base64"), beianInfoHash: contentHash(zip), ...algorithms };
};

/** The same with a hash that is not its own. */
export const brokenFile = (fileName = "20261118120000_zj_1.xml", inner = ""): DownloadFile => ({
  ...fileOf(bajg(inner), fileName),
  beianInfoHash: "AAAAAAAAAAAAAAAAAAAAAA==",
});

export const bajg = (inner: string): string =>
  `<DownloadData version="V.3.0"><ICP><BAJG>${inner}</BAJG></ICP></DownloadData>`;

/** What a person at the bureau decided about our id of a subject. */
export const review = (about: number | string, verdict: 0 | 1, words = ""): string =>
  bajg(
    `<GJSHS><Gjsh><Shyj>${words}</Shyj><Shjg>${verdict}</Shjg><Czlx>1</Czlx><Jlid>${about}</Jlid></Gjsh></GJSHS>`,
  );

/** A bureau that has these files and nothing else, in this order; gives what was acknowledged. */
export const bureauWith = (bench: BureauBench, ...files: DownloadFile[]) => {
  const acknowledged: string[] = [];
  const waiting = [...files];
  const bureau: BureauBench["parts"]["bureau"] = {
    ...bench.parts.bureau,
    download: async () =>
      waiting[0] ? { code: 3, message: "", file: waiting[0] } : { code: 2, message: "" },
    acknowledge: async (_account, fileName) => {
      acknowledged.push(fileName);
      waiting.shift();
      return { code: 0, message: "" };
    },
  };
  return { bureau, acknowledged, waiting };
};

/** A filing that the bureau has. */
export const sent = async (bench: BureauBench): Promise<Filing> => {
  const filing = await bench.uploading();
  await bench.submit();
  return bench.now(filing);
};

/** Our id of a filing's subject. */
export const subjectOf = async ({ store }: BureauBench, filing: Filing): Promise<number> => {
  const [row] = await store.db<{ id: number }[]>`
    select id from filing_sections where filing_id = ${filing.id} and kind = 'subject'`;
  return row?.id ?? 0;
};

/** The simulator's own number of a filing. */
export const atDesk = async (bench: BureauBench, filing: Filing): Promise<number> => {
  const subject = await subjectOf(bench, filing);
  return bench.simulator.view().filings.find(({ subjectId }) => subjectId === subject)?.id ?? 0;
};

export const approve = async (bench: BureauBench, filing: Filing) =>
  bench.simulator.order({ action: "approve", filing: await atDesk(bench, filing) });

/** What was done last with a filing. */
export const lastActions = async (bench: BureauBench, filing: Filing, count: number): Promise<string[]> =>
  (await eventsOf(bench.store.db, filing.id)).map(({ action }) => action).slice(-count);

/** What came for a filing, or for all, and what became of it. */
export const outcomes = async ({ store: { db } }: BureauBench, filing?: Filing): Promise<string[]> =>
  (
    await db<{ kind: string; outcome: string }[]>`
      select kind, outcome from bureau_results
      where ${filing ? db`filing_id = ${filing.id}` : db`true`} order by id`
  ).map(({ kind, outcome }) => `${kind} ${outcome}`);
