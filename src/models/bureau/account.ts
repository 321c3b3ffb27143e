import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { BureauAccount } from "../../gateways/bureau/types.ts";
import { Conflict } from "../errors.ts";
import { wakeBureau } from "../filing/effects.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import type { Bureau } from "./rows.ts";
import { type BureauSettings, settingsOf } from "./settings.ts";

/** What the bureau hands out and nobody else may know; kept sealed. */
export type BureauSecrets = { password: string; aesKey?: string; aesIv?: string };

export type NewBureau = {
  ispId: number;
  /** Six-digit code of the province. */
  province: string;
  name: string;
  /** Base address, such as http://zcaisp.example.cn. */
  endpoint: string;
  /** Number of the provider at the bureau (报备单位). */
  bureauIspId: number;
  userName: string;
  secrets: BureauSecrets;
  /** Takes filings of provinces without a row of their own. */
  isDefault?: boolean;
  encryptAlgorithm?: 0 | 1;
  ispIdParameter?: "ispId" | "ispID";
  /** The last number that this account sent already, with another system before. */
  lastSequence?: number;
  settings?: Partial<BureauSettings>;
  /** Version of the interface; the caller knows which can be spoken. */
  version?: string | undefined;
};

/** The newest whose text is public. */
const USUAL_VERSION = "V.3.0";

const context = (bureauId: number): string => `bureau:${bureauId}:secrets`;

/** Adds a bureau of a provider and gives its id. Throws `Conflict` when the provider has one for that province. */
export async function createBureau(root: RootStore, bureau: NewBureau): Promise<number> {
  return inTransaction(root, async ({ db, vault }) => {
    const [next] = await db<{ id: number }[]>`
      select nextval(pg_get_serial_sequence('isp_bureaus', 'id')) as id`;
    const id = next?.id ?? 0;
    const { key, wrapped } = vault.newDataKey();
    const sealed = seal(key, JSON.stringify(bureau.secrets), context(id));
    if (bureau.isDefault)
      await db`update isp_bureaus set is_default = false where isp_id = ${bureau.ispId} and is_default`;
    const rows = await db`
      insert into isp_bureaus (id, isp_id, province, is_default, name, endpoint, bureau_isp_id, user_name, data_key,
        secrets_sealed, encrypt_algorithm, isp_id_parameter, last_sequence, settings, version)
      overriding system value
      values (${id}, ${bureau.ispId}, ${bureau.province}, ${bureau.isDefault ?? false}, ${bureau.name},
        ${bureau.endpoint}, ${bureau.bureauIspId}, ${bureau.userName}, ${wrapped}, ${sealed},
        ${bureau.encryptAlgorithm ?? 1}, ${bureau.ispIdParameter ?? "ispId"}, ${bureau.lastSequence ?? 0},
        ${db.json(bureau.settings ?? {})}, ${bureau.version ?? USUAL_VERSION})
      on conflict (isp_id, province) do nothing returning id`;
    if (rows.length === 0) throw new Conflict("the provider has a bureau for this province");
    return id;
  });
}

/** New secrets, such as a password that the bureau changed. */
export async function changeSecrets(store: Store, bureau: Bureau, secrets: BureauSecrets): Promise<void> {
  const sealed = seal(store.vault.unwrap(bureau.dataKey), JSON.stringify(secrets), context(bureau.id));
  await store.db`update isp_bureaus set secrets_sealed = ${sealed} where id = ${bureau.id}`;
}

/** The account with which calls to a bureau are made; never log or show it. */
export function bureauAccount({ vault }: Pick<Store, "vault">, bureau: Bureau): BureauAccount {
  const opened = openText(vault.unwrap(bureau.dataKey), bureau.secretsSealed, context(bureau.id));
  return {
    ...(JSON.parse(opened) as BureauSecrets),
    endpoint: bureau.endpoint,
    ispId: bureau.bureauIspId,
    userName: bureau.userName,
    encryptAlgorithm: bureau.encryptAlgorithm,
    ispIdParameter: bureau.ispIdParameter,
    timeoutMs: settingsOf(bureau).timeoutMs,
  };
}

/** A new address or user name; what is not named stays. */
export async function moveBureau(
  db: Db,
  id: number,
  { endpoint, userName }: { endpoint?: string; userName?: string },
): Promise<void> {
  await db`
    update isp_bureaus set endpoint = coalesce(${endpoint ?? null}, endpoint),
      user_name = coalesce(${userName ?? null}, user_name)
    where id = ${id}`;
}

/** How a bureau takes files; what is not named stays. The queue is woken, as it may be open now. */
export async function changeTerms(
  db: Db,
  id: number,
  { settings, version }: { settings: Partial<BureauSettings>; version: string | undefined },
): Promise<void> {
  await db`
    update isp_bureaus set settings = settings || ${db.json(settings)}, version = coalesce(${version ?? null}, version)
    where id = ${id}`;
  await wakeBureau(db, id);
}
