import { createHash } from "node:crypto";
import { S3mini } from "s3mini";
import type { S3Place } from "../../lib/s3-address.ts";
import { type Limits, PATIENT, StorageFailed, storeFetch } from "./s3-transport.ts";
import { FileMissing, type FileStore, filePath, newFileId, type StoredFile } from "./types.ts";

/** Files in one answer of a listing: the most the interface allows. */
const PAGE = 1000;

/**
 * A file store in a bucket that speaks the S3 interface, under the same keys as on a disk. A file is there when the
 * store has answered 200; a time-out after that leaves at most a file without a row, which the sweep removes.
 * Every other fault than a missing file is a `StorageFailed`.
 */
export function s3Files(place: S3Place, limits: Limits = PATIENT): FileStore {
  const bucket = new S3mini({
    ...{ accessKeyId: place.key, secretAccessKey: place.secret },
    ...{ endpoint: place.endpoint, region: place.region, fetch: storeFetch(limits) },
  });
  const keyOf = (id: string): string => place.prefix + filePath(id);
  return {
    put: async (bytes, id = newFileId()) => {
      await bucket.putObject(keyOf(id), bytes, "application/octet-stream", undefined, digestHeader(bytes));
      return id;
    },
    get: async (id) => {
      const answer = await bucket.getObjectResponse(keyOf(id)).catch((error) => {
        throw isMissing(error) ? new FileMissing(id) : error;
      });
      if (!answer) throw unexpected();
      return Buffer.from(await answer.arrayBuffer());
    },
    remove: async (id) => {
      await bucket.deleteObject(keyOf(id)).catch((error) => {
        if (!isMissing(error)) throw error;
      });
    },
    list: (start = "") => pages(bucket, place.prefix, start),
  };
}

async function* pages(bucket: S3mini, prefix: string, start: string): AsyncGenerator<StoredFile> {
  let token: string | undefined;
  do {
    const page = await bucket.listObjectsPaged("/", prefix + start.slice(0, 2), PAGE, token);
    if (!page) throw unexpected();
    for (const { Key, Size, LastModified } of page.objects ?? []) {
      const id = Key.slice(-32);
      if (!id.startsWith(start) || !isOurs(Key, prefix, id)) continue;
      // A listing without a time must not make a file look old enough to be swept.
      const writtenAt = LastModified.getTime() > 0 ? LastModified : new Date();
      yield { id, size: Size, writtenAt };
    }
    token = page.nextContinuationToken;
  } while (token);
}

function isOurs(key: string, prefix: string, id: string): boolean {
  try {
    return key === prefix + filePath(id);
  } catch {
    return false;
  }
}

/**
 * The store compares it with what arrived. MD5 because every such store knows this header; it guards against a broken
 * line, not against an attacker, who meets the seal.
 */
const digestHeader = (bytes: Uint8Array) =>
  ({ "content-md5": createHash("md5").update(bytes).digest("base64") }) as Record<`x-amz-${string}`, string>;

/** A 404 alone does not say it: a missing bucket and a proxy on the way answer so too. */
const isMissing = (error: unknown): boolean => error instanceof StorageFailed && error.reason === "NoSuchKey";

const unexpected = (): StorageFailed =>
  new StorageFailed("the object store gave an answer that cannot be read", "unexpected", false);
