import {
  fileChunks,
  fitOneFile,
  recordXml,
  type UploadRecord,
  wrap,
  zipXmlAside,
} from "../../src/gateways/bureau/index.ts";
import type { Operation } from "../../src/gateways/bureau/operations.ts";
import { DEFAULT_VERSION } from "../../src/gateways/bureau/versions.ts";
import { sampleFiling } from "../gateways/bureau/sample.ts";

/** Pictures of a filing as the bureau's copies usually are: the form of 90 KB, papers of 60 KB; in bytes. */
const PICTURES = [90, 60, 60, 60].map((kilobytes) => kilobytes * 1024);

export const account = {
  encryptAlgorithm: 1 as const,
  aesKey: "0123456789ABCDEF",
  aesIv: "0102030405060708",
};

const drawn = new Map<string, Buffer>();
/** So many different pictures; each lies further from its like than what zip remembers. */
const DIFFERENT = 7;

/** Bytes that look like a JPEG from outside and cannot be compressed. */
export function picture(bytes: number, seed: number): Buffer {
  const name = `${bytes} ${seed % DIFFERENT}`;
  const made = drawn.get(name) ?? draw(bytes, seed % DIFFERENT);
  drawn.set(name, made);
  return made;
}

function draw(bytes: number, seed: number): Buffer {
  const made = Buffer.alloc(bytes);
  let state = (seed + 1) * 2_654_435;
  for (let at = 0; at < bytes; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    made[at] = state >>> 24;
  }
  made.set([0xff, 0xd8, 0xff, 0xe0]);
  made.set([0xff, 0xd9], bytes - 2);
  return made;
}

/** One filing with its pictures, another for each number. */
export function filingWithPictures(number: number): Operation {
  const { ispId: _, ...content } = sampleFiling({ id: 100 + number * 10, domain: `tea${number}.cn` });
  const [first, second] = content.attachments;
  const attachments = PICTURES.flatMap((bytes, at) => {
    const like = at === 0 ? first : second;
    return like ? [{ ...like, bytes: picture(bytes, number * 10 + at) }] : [];
  });
  return { kind: "first", ...content, attachments };
}

/** What was made: the bytes of each file, for what it is compared with, and how large all are as they are sent. */
export type Made = { files: Buffer[][]; sent: number };

/**
 * Records to files as the worker does it: one record after the other, as many in a file as it may hold. `forget` leaves
 * the files out, as the worker does once one is kept on the disk.
 */
export async function makeFiles(count: number, { forget = false } = {}): Promise<Made> {
  const made: Made = { files: [], sent: 0 };
  let held: UploadRecord[] = [];
  const close = async (): Promise<void> => {
    const chunks = fileChunks(1001, held, DEFAULT_VERSION);
    made.sent += wrap(await zipXmlAside(chunks, `P${made.files.length}.xml`), account).beianInfo.length;
    if (!forget) made.files.push(chunks);
    held = [];
  };
  for (let at = 0; at < count; at++) {
    const record = recordXml(filingWithPictures(at), DEFAULT_VERSION);
    if (!fitOneFile([...held, record], DEFAULT_VERSION)) await close();
    held.push(record);
  }
  await close();
  return made;
}

/** The bytes of files, for what zip, AES and base64 cost by themselves. */
export const bytesOf = ({ files }: Made): Buffer[] => files.map((chunks) => Buffer.concat(chunks));
