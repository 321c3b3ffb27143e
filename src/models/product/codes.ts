import { randomInt } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { CODE_LENGTH, CODE_SIGNS, type StoredTypeName } from "../../vocabulary/product-types.ts";
import { accountNamed } from "../account/find.ts";
import { NotFound } from "../errors.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { codeHash, lockRunningProduct } from "./rows.ts";

export type CodeState = "open" | "bound" | "spent" | "revoked";

/** An authorisation code (备案授权码) as lists show it; what it reads is known to whoever saw it made. */
export type AuthorisationCode = {
  id: number;
  lastFour: string;
  state: CodeState;
  productId: number;
  productName: string;
  productType: StoredTypeName;
  accountId: number | null;
  /** User names; the one that it was granted to as it was typed, it may be nobody's. */
  madeBy: string | null;
  grantedTo: string | null;
  /** The filing it is in. */
  filing: string | null;
  createdAt: Date;
};

const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_SIGNS[randomInt(CODE_SIGNS.length)]).join("");

export type Made = { made: true; id: number; code: string } | { made: false; reason: "quota" | "repeated" };

type Wanted = { ispId: number; productId: number; accountId: number | null; requestId: string };

/**
 * Makes a code for a product with a place left. `accountId` null is the provider's own system; an account makes codes
 * for products it owns, for others it is NotFound. The code is in the answer and nowhere else; a request that is sent
 * again (`repeated`) gets none.
 */
export async function createCode(store: RootStore, wanted: Wanted): Promise<Made> {
  return inTransaction(store, async (inside) => {
    const { db } = inside;
    const { ispId, productId, accountId, requestId } = wanted;
    const product = await lockRunningProduct(db, ispId, productId);
    if (!product || !(await mayMake(db, productId, accountId))) throw new NotFound(`no product ${productId}`);
    const [before] = await db`select 1 from authorisation_codes where request_id = ${requestId}`;
    if (before) return { made: false, reason: "repeated" };
    if (product.used >= product.quota) return { made: false, reason: "quota" };
    const code = newCode();
    const [row] = await db<{ id: number }[]>`
      insert into authorisation_codes (isp_id, product_id, code_hash, last_four, account_id, request_id)
      values (${ispId}, ${productId}, ${codeHash(store, ispId, code)}, ${code.slice(-4)}, ${accountId}, ${requestId})
      returning id`;
    return { made: true, id: row?.id ?? 0, code };
  });
}

async function mayMake(db: Db, productId: number, accountId: number | null): Promise<boolean> {
  if (accountId === null) return true;
  const [row] = await db`
    select 1 from product_owners where product_id = ${productId} and account_id = ${accountId}`;
  return row !== undefined;
}

const codeColumns = (db: Db) => db`
  a.id, a.last_four, a.state, a.product_id, p.name as product_name, p.type as product_type, a.account_id,
  m.user_name as made_by, coalesce(a.granted_name, g.user_name) as granted_to, a.created_at,
  (select f.number from filing_products b join filings f on f.id = b.filing_id
    where b.code_id = a.id and b.state <> 'freed') as filing`;

const codesFrom = (db: Db) => db`
  authorisation_codes a join products p on p.id = a.product_id
  left join accounts m on m.id = a.account_id left join accounts g on g.id = a.granted_to`;

/** The codes that an account made, newest first, those with an id below `before`. */
export const codesMadeBy = (
  db: Db,
  accountId: number,
  before = Number.MAX_SAFE_INTEGER,
  limit = 50,
): Promise<AuthorisationCode[]> => db<AuthorisationCode[]>`
  select ${codeColumns(db)} from ${codesFrom(db)}
  where a.account_id = ${accountId} and a.id < ${before} order by a.id desc limit ${limit}`;

/** The codes that others granted to an account and that are not taken back. */
export const codesGrantedTo = (db: Db, accountId: number, limit = 100): Promise<AuthorisationCode[]> =>
  db<AuthorisationCode[]>`
    select ${codeColumns(db)} from ${codesFrom(db)}
    where a.granted_to = ${accountId} and a.state <> 'revoked' order by a.id desc limit ${limit}`;

/** The codes of a provider, newest first, of one product where it is given. */
export const codesOfIsp = (
  db: Db,
  ispId: number,
  {
    productId,
    before = Number.MAX_SAFE_INTEGER,
    limit = 50,
  }: { productId?: number; before?: number; limit?: number },
): Promise<AuthorisationCode[]> => db<AuthorisationCode[]>`
  select ${codeColumns(db)} from ${codesFrom(db)}
  where a.isp_id = ${ispId} and a.id < ${before}
    and (${productId ?? null}::bigint is null or a.product_id = ${productId ?? null})
  order by a.id desc limit ${limit}`;

/** Who may change a code: the account that made it, or the provider's system any of its provider. */
export type CodeHolder = { ispId: number; accountId: number | null };

/** Whether the code is this holder's at all; throws NotFound otherwise. */
async function lockCode(db: Db, { ispId, accountId }: CodeHolder, id: number): Promise<{ state: CodeState }> {
  const [row] = await db<{ state: CodeState }[]>`
    select state from authorisation_codes
    where id = ${id} and isp_id = ${ispId} and (${accountId}::bigint is null or account_id = ${accountId})
    for update`;
  if (!row) throw new NotFound(`no code ${id}`);
  return row;
}

/** Takes a code back for good while it is unused, and frees its place. False: a filing has it, or had it. */
export async function revokeCode(store: RootStore, holder: CodeHolder, id: number): Promise<boolean> {
  return inTransaction(store, async ({ db }) => {
    const { state } = await lockCode(db, holder, id);
    if (state !== "open") return state === "revoked";
    await db`update authorisation_codes set state = 'revoked', updated_at = now() where id = ${id}`;
    return true;
  });
}

export type Granted = "granted" | "unknown" | "used";

/**
 * Grants an unused code to one account of the provider, which alone may then use it, or with `userName` null takes the
 * grant back. An account is not told whether there is one of that name: where there is none, nobody may use the code.
 * `unknown` is for the provider's own system alone; `used`: it is in a filing or revoked.
 */
export async function grantCode(
  store: RootStore,
  holder: CodeHolder,
  id: number,
  userName: string | null,
): Promise<Granted> {
  return inTransaction(store, async ({ db }) => {
    const { state } = await lockCode(db, holder, id);
    if (state !== "open") return "used";
    const account = userName === null ? undefined : await accountNamed({ db }, holder.ispId, userName);
    if (userName !== null && account === undefined && holder.accountId === null) return "unknown";
    await db`
      update authorisation_codes
      set granted_to = ${account ?? null}, granted_name = ${userName},
        granted_at = ${account === undefined ? null : db`now()`}, updated_at = now()
      where id = ${id}`;
    return "granted";
  });
}

/** Who may use a code: the account that it is granted to, and everybody while it is granted to no name. */
export const isFor = (db: Db, accountId: number | null) =>
  db`(granted_to = ${accountId} or granted_to is null and granted_name is null)`;

/** An unused code that this account may use: what it reads, or the id of one that was granted to it. */
export async function openCode(
  store: Store,
  { ispId, accountId }: { ispId: number; accountId: number },
  by: { code: string } | { grantedId: number },
): Promise<{ id: number; productId: number; state: CodeState } | undefined> {
  const { db } = store;
  const match =
    "code" in by
      ? db`code_hash = ${codeHash(store, ispId, by.code)} and ${isFor(db, accountId)}`
      : db`id = ${by.grantedId} and granted_to = ${accountId}`;
  const [row] = await db<{ id: number; productId: number; state: CodeState }[]>`
    select id, product_id, state from authorisation_codes where isp_id = ${ispId} and ${match} and state <> 'revoked'`;
  return row;
}
