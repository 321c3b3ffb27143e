import type { Db } from "../../db/client.ts";
import { NotFound } from "../errors.ts";
import type { BureauSettings } from "./settings.ts";

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
  settings: Partial<BureauSettings>;
  /** The last number the bureau accepted. */
  lastSequence: number;
  stoppedAt: Date | null;
  stoppedReason: string | null;
  lastDownloadAt: Date | null;
  /** Busy or out of reach: nothing is sent before this time. */
  resumeAt: Date | null;
  /** That time has not come. */
  resting: boolean;
  /** Tries in a row that got nowhere. */
  pauses: number;
  /** Answers in a row that could not be opened, and why the last one could not (a code). */
  downloadFailures: number;
  downloadProblem: string | null;
};

export const bureauColumns = (db: Db) => db`
  b.id, b.isp_id, b.province, b.is_default, b.name, b.endpoint, b.bureau_isp_id, b.user_name, b.data_key,
  b.secrets_sealed, b.encrypt_algorithm, b.isp_id_parameter, b.version, b.settings, b.last_sequence, b.stopped_at,
  b.stopped_reason, b.last_download_at, b.resume_at, coalesce(b.resume_at > now(), false) as resting, b.pauses, b.download_failures, b.download_problem`;

/** The bureau of a filing: the provider's row for the subject's province, else its default row. */
export async function bureauFor(db: Db, ispId: number, province: string | null): Promise<Bureau | undefined> {
  const [bureau] = await db<Bureau[]>`
    select ${bureauColumns(db)} from isp_bureaus b
    where b.isp_id = ${ispId} and (b.province = ${province ?? ""} or b.is_default)
    order by (b.province = ${province ?? ""}) desc limit 1`;
  return bureau;
}

/** The bureau that a provider asks as long as no province is known: its default row. */
export async function defaultBureau(db: Db, ispId: number): Promise<Bureau | undefined> {
  const [bureau] = await db<Bureau[]>`
    select ${bureauColumns(db)} from isp_bureaus b where b.isp_id = ${ispId} and b.is_default`;
  return bureau;
}

export async function maybeBureau(db: Db, id: number): Promise<Bureau | undefined> {
  const [bureau] = await db<Bureau[]>`select ${bureauColumns(db)} from isp_bureaus b where b.id = ${id}`;
  return bureau;
}

/** The bureau of an id. Throws NotFound. */
export async function findBureau(db: Db, id: number): Promise<Bureau> {
  const bureau = await maybeBureau(db, id);
  if (!bureau) throw new NotFound(`no bureau ${id}`);
  return bureau;
}

/** The bureaus of a provider, or of the installation, its default first. */
export const bureausOf = (db: Db, ispId?: number): Promise<Bureau[]> => db<Bureau[]>`
  select ${bureauColumns(db)} from isp_bureaus b
  where ${ispId === undefined ? db`true` : db`b.isp_id = ${ispId}`}
  order by b.isp_id, b.is_default desc, b.province`;
