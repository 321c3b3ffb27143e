import { contentHash, type DownloadFile, zipXml } from "../../src/gateways/bureau/index.ts";
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
