import { zipSync } from "fflate";
import { contentHash, type DownloadFile, wrap } from "../gateways/bureau/index.ts";
import { bomb, external } from "./faults.ts";
import type { SimulatorAccount } from "./options.ts";
import type { Fault } from "./settings.ts";

/** Where a file is spoiled: whose it is, the zip that it holds, and the address of the bureau. */
type Spoiling = { account: SimulatorAccount; zip: Buffer; fileName: string; base: string };
type Wrapped = Pick<DownloadFile, "beianInfo" | "beianInfoHash">;

const HUGE_BYTES = 60 * 1024 * 1024;
const BLOCK = 16;

const zipOf = (fileName: string, bytes: Uint8Array): Buffer => Buffer.from(zipSync({ [fileName]: bytes }));

const inResults = (inside: string): string =>
  `<DownloadData version="V.3.0"><ICP><XGTZ><Tzxx><Tzlb>0</Tzlb><Tznr>${inside}</Tznr></Tzxx></XGTZ></ICP></DownloadData>`;

let huge: Buffer | undefined;

/** 60 MB of nothing; made once, as it takes a while. */
function hugeZip(): Buffer {
  huge ??= Buffer.from(zipSync({ "Huge.xml": [new Uint8Array(HUGE_BYTES), { level: 1 }] }));
  return Buffer.from(huge);
}

/** Says of itself that it is small: the size stands once in each of the two headers of the entry. */
function lyingZip(): Buffer {
  const zip = hugeZip();
  const size = Buffer.alloc(4);
  size.writeUInt32LE(HUGE_BYTES);
  for (let at = zip.indexOf(size); at >= 0; at = zip.indexOf(size, at + 1)) zip.writeUInt32LE(100, at);
  return zip;
}

/** The last byte of the text that comes out says how many are padding; 0 is never right. */
function wrongPadding({ account, zip }: Spoiling): Wrapped {
  const { beianInfo, beianInfoHash } = wrap(zip, account);
  if (account.encryptAlgorithm === 0)
    return { beianInfo: `${beianInfo.replace(/=+$/, "")}===`, beianInfoHash };
  const bytes = Buffer.from(beianInfo, "base64");
  const before = bytes.length - BLOCK - 1;
  bytes[before] = (bytes[before] ?? 0) ^ (BLOCK - (zip.length % BLOCK));
  return { beianInfo: bytes.toString("base64"), beianInfoHash };
}

const ZIPS: Partial<Record<Fault, (spoiling: Spoiling) => Buffer>> = {
  truncated: ({ zip }) => zip.subarray(0, Math.floor(zip.length / 2)),
  garbage_file: ({ fileName }) => zipOf(fileName, Buffer.from("<DownloadData><ICP><BAJG>")),
  huge: hugeZip,
  lying: lyingZip,
  xml_bomb_file: ({ fileName }) => zipOf(fileName, Buffer.from(bomb("DownloadData", inResults))),
  external_entity_file: ({ fileName, base }) =>
    zipOf(fileName, Buffer.from(external("DownloadData", base, inResults))),
};

/** A file as it is given while a fault hits it. */
export function spoiled(fault: Fault, file: DownloadFile, spoiling: Spoiling): DownloadFile {
  if (fault === "wrong_hash") return { ...file, beianInfoHash: contentHash(Buffer.from("another file")) };
  if (fault === "wrong_padding") return { ...file, ...wrongPadding(spoiling) };
  const zip = ZIPS[fault]?.(spoiling);
  return zip ? { ...file, ...wrap(zip, spoiling.account) } : file;
}
