import type { EncryptionKeys } from "./packaging.ts";

/** What the bureau gave this provider (接入商): address, names and keys. Everything but the address is a secret. */
export type BureauAccount = EncryptionKeys & {
  /** Base address, such as `http://zcaisp.example.cn`; the paths of the services are added. */
  endpoint: string;
  /** Number of the provider at the bureau (报备单位). */
  ispId: number;
  userName: string;
  password: string;
  /** 0 in clear, 1 AES. Counts for uploads; what comes back says itself how it is encrypted. */
  encryptAlgorithm: 0 | 1;
  /** Name of the first parameter where the service description names none; otherwise the description decides. */
  ispIdParameter: "ispId" | "ispID";
  /** For a whole call, the service description included. */
  timeoutMs: number;
};

/** A file of the bureau as it came: still base64, perhaps encrypted. `unpack` opens it. */
export type DownloadFile = {
  fileName: string;
  beianInfo: string;
  beianInfoHash: string;
  encryptAlgorithm: number;
  hashAlgorithm: number;
  compressionFormat: number;
};

export type Answer = { code: number; message: string };

/** `missing`: with code 14, the numbers that the bureau has not seen. */
export type UploadAnswer = Answer & { missing?: number[] };

/** Codes 0, 1 and 3 may all carry a file: its presence is the signal. */
export type DownloadAnswer = Answer & { file?: DownloadFile };

/** `sequence` 0 and no file: nothing was ever uploaded. `hash` is the `beianInfoHash` of the last upload. */
export type PreviousUpload = Answer & { sequence: number; hash: string; file?: DownloadFile };

/**
 * The calls to one bureau (ICP/IP地址/域名信息备案管理系统 企业系统接口规范 V3.0, 3-3). Each gives the bureau's answer,
 * whatever its code, or throws `GatewayTimeout` (the answer is unknown) or `GatewayUnavailable` (surely not sent).
 */
export interface BureauGateway {
  /** isp_upload. Code 0 says that the file was received, never that it was approved. */
  upload(
    account: BureauAccount,
    content: { beianInfo: string; beianInfoHash: string },
    sequence: number,
  ): Promise<UploadAnswer>;
  /** isp_download: the same file again and again until it is acknowledged. */
  download(account: BureauAccount): Promise<DownloadAnswer>;
  /** isp_downloadack. */
  acknowledge(account: BureauAccount, fileName: string): Promise<Answer>;
  /** isp_querypreviousupload: what the bureau took in last, the truth after a lost answer. */
  queryPreviousUpload(account: BureauAccount): Promise<PreviousUpload>;
}
