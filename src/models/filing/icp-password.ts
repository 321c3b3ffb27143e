import { createHash } from "node:crypto";
import { open, seal } from "../../crypto/seal.ts";
import type { Store } from "../store.ts";
import { type Filing, filingContext, filingKey } from "./rows.ts";

/**
 * The 备案密码 as the bureau takes it (ICPmm): the MD5 in lower-case hexadecimal. It is kept sealed until the upload is
 * settled, the clear text never (企业系统接口规范V3.0 §4-1-1-2).
 */
export const passwordHash = (password: string): string =>
  createHash("md5").update(password, "utf8").digest("hex");

export async function sealPassword(store: Store, filing: Filing, hash: string): Promise<void> {
  const sealed = seal(filingKey(store, filing), hash, filingContext(filing, "icp-password"));
  await store.db`update filings set icp_password_sealed = ${sealed} where id = ${filing.id}`;
}

/** The kept hash; undefined where none was given or the upload is settled. */
export async function keptPassword(store: Store, filing: Filing): Promise<string | undefined> {
  const [row] = await store.db<{ sealed: Buffer | null }[]>`
    select icp_password_sealed as sealed from filings where id = ${filing.id}`;
  if (!row?.sealed) return undefined;
  return open(filingKey(store, filing), row.sealed, filingContext(filing, "icp-password")).toString();
}

export async function erasePassword({ db }: Store, filing: Pick<Filing, "id">): Promise<void> {
  await db`update filings set icp_password_sealed = null where id = ${filing.id} and icp_password_sealed is not null`;
}
