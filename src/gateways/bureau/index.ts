import { readAnswer, readDownloadAnswer, readPreviousUpload, readUploadAnswer } from "./answers.ts";
import { credentials, hashAlgorithm, type Parameter } from "./authentication.ts";
import { GatewayTimeout, XmlUnreadable } from "./errors.ts";
import type { Lifted } from "./lift.ts";
import { createSoapCaller, SERVICE_PATHS } from "./soap.ts";
import type { BureauAccount, BureauGateway } from "./types.ts";

export * from "./downloads.ts";
export * from "./errors.ts";
export { type FirstFiling, firstFilingXml } from "./first-filing.ts";
export { illegalInXml, notInGbk } from "./gbk.ts";
export * from "./lookups.ts";
export * from "./operations.ts";
export * from "./outcomes.ts";
export {
  contentHash,
  type EncryptionKeys,
  MAX_FILE_BYTES,
  MAX_RECORDS,
  open,
  type Packed,
  pack,
  type Unpacked,
  unpack,
  wrap,
  zipXml,
} from "./packaging.ts";
export { parseUpload, type Read, type ReadOperation, type ReadUpload } from "./parse.ts";
export { blankPassword, filingPasswordHash } from "./password.ts";
export { checkSchema, type SchemaProblem } from "./schema.ts";
export type * from "./types.ts";
export {
  fileChunks,
  fileXml,
  fitOneFile,
  recordXml,
  type UploadRecord,
  uploadXml,
} from "./upload.ts";
export {
  DEFAULT_VERSION,
  DEFAULT_VERSION as INTERFACE_VERSION,
  knownVersions,
  UnknownVersion,
  versionData,
} from "./versions.ts";
export { zipXmlAside } from "./zip.ts";

/** Zip is the only one there is. */
const COMPRESSION_FORMAT = 0;

/**
 * A gateway that speaks SOAP with the bureau, or with the simulator. One for a process: it keeps the service
 * descriptions. Calls for one account must be made one at a time by the caller.
 */
export function createBureauGateway(): BureauGateway {
  const call = createSoapCaller();

  async function ask<T>(
    account: BureauAccount,
    method: string,
    further: readonly Parameter[],
    read: (text: string, lifted: Lifted) => T | undefined,
  ): Promise<T> {
    const { endpoint, timeoutMs } = account;
    const parameters = [...credentials(account), ...further];
    const lifted: Lifted = {};
    const path = SERVICE_PATHS.upDownLoad;
    const text = await call({ endpoint, path, method, parameters, timeoutMs, lifted });
    return readable(method, () => read(text, lifted));
  }

  return {
    upload: (account, content, sequence) =>
      ask(account, "isp_upload", uploadParameters(account, content, sequence), readUploadAnswer),
    download: (account) => ask(account, "isp_download", [hashAlgorithm], readDownloadAnswer),
    acknowledge: (account, fileName) =>
      ask(account, "isp_downloadack", [hashAlgorithm, ["fileName", fileName]], readAnswer),
    queryPreviousUpload: (account) =>
      ask(account, "isp_querypreviousupload", [hashAlgorithm], readPreviousUpload),
  };
}

const uploadParameters = (
  { encryptAlgorithm }: BureauAccount,
  { beianInfo, beianInfoHash }: { beianInfo: string; beianInfoHash: string },
  sequence: number,
): Parameter[] => [
  ["beianInfo", beianInfo],
  ["beianInfoHash", beianInfoHash],
  ["dataSequence", sequence],
  ["encryptAlgorithm", encryptAlgorithm],
  hashAlgorithm,
  ["compressionFormat", COMPRESSION_FORMAT],
];

/** An answer that cannot be read tells nothing about what was done with the call. */
function readable<T>(method: string, read: () => T | undefined): T {
  try {
    const answer = read();
    if (answer !== undefined) return answer;
  } catch (error) {
    if (!(error instanceof XmlUnreadable)) throw error;
  }
  throw new GatewayTimeout(method, "answer_unreadable");
}
