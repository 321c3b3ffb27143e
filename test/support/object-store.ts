import crypto from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import S3rver, { type FileSystemStore } from "s3rver";
import { until } from "../../src/lib/processes.ts";
import { isSigned } from "./s3-signature.ts";

/** The one key pair of s3rver: access key and secret. */
const KEY = "S3RVER";
const isKnown = ({ headers }: IncomingMessage): boolean =>
  headers.authorization?.includes(`Credential=${KEY}/`) === true;

/** What the store does with the next request instead of serving it. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => void;

export type ObjectStore = {
  /** Its address for STORAGE_URL; `path` is `bucket` or `bucket/prefix`. */
  address: (path?: string, credentials?: string) => string;
  /** One for each of the next requests. */
  faults: Fault[];
  /** Milliseconds before each answer. */
  delay: number;
  /** Methods of the requests so far. */
  requests: string[];
  close: () => Promise<void>;
};

lendDes();

/**
 * s3rver in this process, on a port of its own, with the bucket `beian` and the key pair S3RVER. It knows access keys
 * but checks no signature of version 4: that is done before it.
 */
export async function objectStore(): Promise<ObjectStore> {
  const directory = mkdtempSync(join(tmpdir(), "openbeian-bucket-"));
  const s3 = new S3rver({
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: "beian" }],
  });
  writeWhole(s3.store);
  await s3.configureBuckets();
  const serve: RequestListener = s3.callback();
  const server = createServer(async (request, response) => {
    own.requests.push(request.method ?? "");
    const fault = own.faults.shift();
    if (fault) return fault(request, response);
    if (own.delay > 0) await sleep(own.delay);
    if (isKnown(request) && !isSigned(request, KEY))
      return refuse(403, "SignatureDoesNotMatch")(request, response);
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const own: ObjectStore = {
    address: (path = "beian/files", credentials = "S3RVER:S3RVER@") =>
      `s3://${credentials}127.0.0.1:${port}/${path}?tls=off`,
    ...{ faults: [], delay: 0, requests: [] },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return own;
}

/**
 * s3rver makes its continuation tokens with single DES, which OpenSSL 3 has no longer. Triple DES with the same key
 * three times over is the same cipher.
 */
function lendDes(): void {
  const thrice = (key: Buffer) => Buffer.concat([key, key, key]);
  const { createCipheriv, createDecipheriv } = crypto;
  Object.assign(crypto, {
    createCipheriv: (name: string, key: Buffer, iv: Buffer) =>
      name === "des" ? createCipheriv("des-ede3-cbc", thrice(key), iv) : createCipheriv(name, key, iv),
    createDecipheriv: (name: string, key: Buffer, iv: Buffer) =>
      name === "des" ? createDecipheriv("des-ede3-cbc", thrice(key), iv) : createDecipheriv(name, key, iv),
  });
}

/** A real store keeps an object only when it is whole, and answers then; s3rver answers while it still writes. */
function writeWhole(store: FileSystemStore): void {
  const put = store.putObject.bind(store);
  store.putObject = async (object) => {
    const chunks: Buffer[] = [];
    if (!Buffer.isBuffer(object.content)) for await (const chunk of object.content) chunks.push(chunk);
    const content = Buffer.isBuffer(object.content) ? object.content : Buffer.concat(chunks);
    const answer = await put(Object.assign(object, { content }));
    const path = store.getResourcePath(object.bucket, object.key, "object");
    await until(() => statSync(path, { throwIfNoEntry: false })?.size === content.length, 5000);
    return answer;
  };
}

/** An error as S3 says it. */
export const refuse =
  (status: number, code: string): Fault =>
  (_request, response) =>
    void response
      .writeHead(status, { "content-type": "application/xml" })
      .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
