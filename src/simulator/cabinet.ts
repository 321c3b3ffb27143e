import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DownloadFile, unpack, wrap, zipXml } from "../gateways/bureau/index.ts";
import { child, readXml, type Tree } from "../gateways/bureau/xml.ts";
import type { Content } from "./content.ts";
import { writeDurably, writeWhole } from "./journal.ts";
import { type Entry, entriesOf } from "./operations.ts";
import type { SimulatorAccount } from "./options.ts";
import type { SubjectRecord } from "./records.ts";
import type { Filing, QueuedFile, Upload } from "./state.ts";

/** Name of the zip of an upload in the folder; `time` counts how often the number came. */
export const uploadFile = (ispId: number, sequence: number, time = 0): string =>
  `upload-${ispId}-${sequence}${time > 0 ? `-${time}` : ""}.zip`;

const entriesFile = (upload: string): string => `entries-${upload.replace(/\.zip$/, "")}.json`;

/** Pictures are kept in the zip alone: nothing that is decided looks at them. */
const PICTURES = new Set(["Fj", "Fjnr", "Spwj"]);

const withoutPictures = (tree: Tree): Tree => ({
  ...tree,
  children: tree.children.filter(({ name }) => !PICTURES.has(name)).map(withoutPictures),
});

const resultFile = ({ ispId, fileName }: { ispId: number; fileName: string }): string =>
  `result-${ispId}-${fileName}.zip`;

const contentFile = ({ id, version }: SubjectRecord): string => `record-${id}-${version}.json`;

/**
 * The kept files: what providers sent, what waits for them, and what is on record. They stand beside the journal, each written whole
 * before the line that names it, so a name in the journal always has its file.
 */
export class Cabinet {
  readonly #folder: string;
  /** The last upload that was looked into: decisions on one file come one after the other. */
  #last: { upload: string; entries: Entry[] } | undefined;

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

  /** The same file under another name. */
  copyResult(file: QueuedFile, copy: QueuedFile): void {
    copyFileSync(join(this.#folder, resultFile(file)), join(this.#folder, resultFile(copy)));
  }

  /** The zip of a waiting file. */
  resultZip(file: QueuedFile): Buffer {
    return readFileSync(join(this.#folder, resultFile(file)));
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

  /** What an upload asks for, without pictures, so that a decision need not read the whole file again. */
  keepEntries(upload: string, entries: readonly Entry[]): void {
    const kept = entries.map((entry) => ({ ...entry, tree: withoutPictures(entry.tree) }));
    writeDurably(this.#folder, entriesFile(upload), Buffer.from(JSON.stringify(kept)));
    this.#last = { upload, entries: kept };
  }

  /** An operation as it came, with all its personal data: only for carrying it out. */
  entryOf({ ispId, sequence, position, operation, upload = uploadFile(ispId, sequence) }: Filing): Tree {
    if (this.#last?.upload !== upload) this.#last = { upload, entries: this.#entriesOf(upload) };
    const entry = this.#last.entries.find((one) => one.operation === operation && one.position === position);
    if (!entry) throw new Error(`${upload} has no operation ${operation} at ${position}`);
    return entry.tree;
  }

  /** A folder of an older simulator has the zips alone. */
  #entriesOf(upload: string): Entry[] {
    const path = join(this.#folder, entriesFile(upload));
    if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Entry[];
    const zip = readFileSync(join(this.#folder, upload));
    const clear = { encryptAlgorithm: 0, hashAlgorithm: 0, compressionFormat: 0 } as const;
    return entriesOf(child(readXml(unpack({ ...wrap(zip, clear), ...clear }, {}).xml), "ICP"));
  }

  /** What is on record, with all its personal data, under the version that the record names. */
  keepContent(record: SubjectRecord, content: Content): void {
    writeWhole(this.#folder, contentFile(record), Buffer.from(JSON.stringify(content)));
  }

  contentOf(record: SubjectRecord): Content {
    return JSON.parse(readFileSync(join(this.#folder, contentFile(record)), "utf8")) as Content;
  }
}
