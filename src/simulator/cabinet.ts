import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DownloadFile, unpack, wrap, zipXml } from "../gateways/bureau/index.ts";
import { child, childrenOf, readXml, type Tree } from "../gateways/bureau/xml.ts";
import { writeDurably } from "./journal.ts";
import type { SimulatorAccount } from "./options.ts";
import type { Filing, QueuedFile, Upload } from "./state.ts";

/** Name of the zip of an upload in the folder. */
export const uploadFile = (ispId: number, sequence: number): string => `upload-${ispId}-${sequence}.zip`;

const resultFile = ({ ispId, fileName }: { ispId: number; fileName: string }): string =>
  `result-${ispId}-${fileName}.zip`;

/**
 * The kept zips: what providers sent and what waits for them. They stand beside the journal, each written whole
 * before the line that names it, so a name in the journal always has its file.
 */
export class Cabinet {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, "files");
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  keepUpload(file: string, zip: Uint8Array): void {
    writeDurably(this.#folder, file, zip);
  }

  keepResult(file: QueuedFile, xml: string): void {
    writeDurably(this.#folder, resultFile(file), zipXml(xml, file.fileName));
  }

  /** A waiting file as an account gets it; the same bytes each time. */
  resultFor(account: SimulatorAccount, file: QueuedFile): DownloadFile {
    return this.#wrapped(account, resultFile(file), file.fileName);
  }

  /** The last upload, given back as isp_querypreviousupload does. */
  uploadFor(account: SimulatorAccount, upload: Upload): DownloadFile {
    return this.#wrapped(account, upload.file, upload.entryName);
  }

  #wrapped(account: SimulatorAccount, file: string, fileName: string): DownloadFile {
    const zip = readFileSync(join(this.#folder, file));
    const algorithms = { encryptAlgorithm: account.encryptAlgorithm, hashAlgorithm: 0, compressionFormat: 0 };
    return { fileName, ...wrap(zip, account), ...algorithms };
  }

  /** The filing as it came (Baxx), with all its personal data: only for the file that carries the numbers. */
  baxxOf({ ispId, sequence, position }: Filing): Tree {
    const zip = readFileSync(join(this.#folder, uploadFile(ispId, sequence)));
    const clear = { encryptAlgorithm: 0, hashAlgorithm: 0, compressionFormat: 0 } as const;
    const { xml } = unpack({ ...wrap(zip, clear), ...clear }, {});
    const baxx = childrenOf(child(child(readXml(xml), "ICP"), "XZBA"), "Baxx")[position];
    if (!baxx) throw new Error(`upload ${sequence} of ${ispId} has no filing ${position}`);
    return baxx;
  }
}
