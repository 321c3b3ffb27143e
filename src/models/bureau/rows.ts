import type { Db } from "../../db/client.ts";

/** A row of `isp_bureaus`: one bureau as one provider reports to it. */
export type Bureau = {
  id: number;
  ispId: number;
  province: string;
  isDefault: boolean;
  name: string;
  endpoint: string;
  /** Our id at the bureau (Qqdwid, ispId of every call). */
  bureauIspId: number;
  userName: string;
  dataKey: Buffer;
  secretsSealed: Buffer;
  encryptAlgorithm: 0 | 1;
  ispIdParameter: "ispId" | "ispID";
  version: string;
  settings: Record<string, unknown>;
  /** The last number the bureau accepted. */
  lastSequence: number;
  stoppedAt: Date | null;
  stoppedReason: string | null;
  lastDownloadAt: Date | null;
};

export const bureauColumns = (db: Db) => db`
  b.id, b.isp_id, b.province, b.is_default, b.name, b.endpoint, b.bureau_isp_id, b.user_name, b.data_key,
  b.secrets_sealed, b.encrypt_algorithm, b.isp_id_parameter, b.version, b.settings, b.last_sequence, b.stopped_at,
  b.stopped_reason, b.last_download_at`;

/** The bureau of a filing: the provider's row for the subject's province, else its default row. */
export async function bureauFor(db: Db, ispId: number, province: string | null): Promise<Bureau | undefined> {
  const [bureau] = await db<Bureau[]>`
    select ${bureauColumns(db)} from isp_bureaus b
    where b.isp_id = ${ispId} and (b.province = ${province ?? ""} or b.is_default)
    order by (b.province = ${province ?? ""}) desc limit 1`;
  return bureau;
}

export async function maybeBureau(db: Db, id: number): Promise<Bureau | undefined> {
  const [bureau] = await db<Bureau[]>`select ${bureauColumns(db)} from isp_bureaus b where b.id = ${id}`;
  return bureau;
}
