/** The parts of s3rver that the tests use; it brings no types. */
declare module "s3rver" {
  import type { RequestListener } from "node:http";

  export type StoredObject = { bucket: string; key: string; content: Buffer | AsyncIterable<Buffer> };
  export type FileSystemStore = {
    putObject(object: StoredObject): Promise<unknown>;
    getResourcePath(bucket: string, key: string, resource: "object"): string;
  };

  export default class S3rver {
    constructor(options: Record<string, unknown>);
    store: FileSystemStore;
    configureBuckets(): Promise<void>;
    callback(): RequestListener;
  }
}
