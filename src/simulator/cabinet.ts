import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DownloadFile, unpack, wrap, zipXml } from "../gateways/bureau/index.ts";
import { child, readXml, type Tree } from "../gateways/bureau/xml.ts";
import type { Content } from "./content.ts";
import { writeDurably } from "./journal.ts";
import { entriesOf } from "./operations.ts";
import type { SimulatorAccount } from "./options.ts";
import type { SubjectRecord } from "./records.ts";
import type { Filing, QueuedFile, Upload } from "./state.ts";

/** Name of the zip of an upload in the folder. */
export const uploadFile = (ispId: number, sequence: number): string => `upload-${ispId}-${sequence}.zip`;

const resultFile = ({ ispId, fileName }: { ispId: number; fileName: string }): string =>
  `result-${ispId}-${fileName}.zip`;

const contentFile = ({ id, version }: SubjectRecord): string => `record-${id}-${version}.json`;

/**
 * The kept files: what providers sent, what waits for them, and what is on record. They stand beside the journal, each written whole
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

  /** An operation as it came, with all its personal data: only for carrying it out. */
  entryOf({ ispId, sequence, position, operation }: Filing): Tree {
    const zip = readFileSync(join(this.#folder, uploadFile(ispId, sequence)));
    const clear = { encryptAlgorithm: 0, hashAlgorithm: 0, compressionFormat: 0 } as const;
    const { xml } = unpack({ ...wrap(zip, clear), ...clear }, {});
    const entry = entriesOf(child(readXml(xml), "ICP")).find(
      (one) => one.operation === operation && one.position === position,
    );
    if (!entry)
      throw new Error(`upload ${sequence} of ${ispId} has no operation ${operation} at ${position}`);
    return entry.tree;
  }

  /** What is on record, with all its personal data, under the version that the record names. */
  keepContent(record: SubjectRecord, content: Content): void {
    writeDurably(this.#folder, contentFile(record), Buffer.from(JSON.stringify(content)));
  }

  contentOf(record: SubjectRecord): Content {
    return JSON.parse(readFileSync(join(this.#folder, contentFile(record)), "utf8")) as Content;
  }
}
