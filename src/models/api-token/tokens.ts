import type { Db } from "../../db/client.ts";
import { newToken } from "../../lib/ids.ts";
import type { Store } from "../store.ts";

/** What a program may do. */
export const scopes = {
  "products:read": "read products",
  "products:write": "add and change products",
  "codes:read": "list authorisation codes",
  "codes:write": "make and revoke authorisation codes",
  "filings:read": "ask whether a filing's domains may be opened",
} as const;

export type Scope = keyof typeof scopes;
export const scopeNames = Object.keys(scopes) as Scope[];

/** A token by which a provider's own system is known; what it reads is told once. */
export type ApiToken = { id: number; ispId: number; name: string; scopes: Scope[] };

export type ListedToken = ApiToken & {
  lastFour: string;
  createdAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
};

/** So that a token in a log or a repository is known for one. */
const PREFIX = "obt_";

const hashOf = ({ vault }: Store, token: string): Buffer => vault.lookup("api-token", token);

/** Makes a token and gives what it reads: it is not kept. */
export async function addToken(
  store: Store,
  { ispId, name, scopes: granted }: Omit<ApiToken, "id">,
): Promise<{ id: number; token: string }> {
  const token = PREFIX + newToken();
  const [row] = await store.db<{ id: number }[]>`
    insert into api_tokens (isp_id, name, token_hash, last_four, scopes)
    values (${ispId}, ${name}, ${hashOf(store, token)}, ${token.slice(-4)}, ${granted}) returning id`;
  return { id: row?.id ?? 0, token };
}

/** The token of that text, as long as it holds; notes at most once a minute that it was used. */
export async function maybeToken(store: Store, text: string): Promise<ApiToken | undefined> {
  if (!text.startsWith(PREFIX) || text.length > 100) return undefined;
  const [row] = await store.db<(ApiToken & { stale: boolean })[]>`
    select id, isp_id, name, scopes, used_at is null or used_at < now() - interval '1 minute' as stale
    from api_tokens where token_hash = ${hashOf(store, text)} and revoked_at is null`;
  if (!row) return undefined;
  const { stale, ...token } = row;
  if (stale) await store.db`update api_tokens set used_at = now() where id = ${token.id}`;
  return token;
}

/** The tokens of a provider, the newest first. */
export const listTokens = (db: Db, ispId: number): Promise<ListedToken[]> => db<ListedToken[]>`
  select id, isp_id, name, scopes, last_four, created_at, used_at, revoked_at
  from api_tokens where isp_id = ${ispId} order by id desc limit 500`;

/** Ends a token; false when the provider has no such token that holds. */
export async function revokeToken(db: Db, ispId: number, id: number): Promise<boolean> {
  const { count } = await db`
    update api_tokens set revoked_at = now() where id = ${id} and isp_id = ${ispId} and revoked_at is null`;
  return count > 0;
}

/** What a program changed, for the audit log: ids and codes only. */
export async function recordProgram(
  db: Db,
  { id, ispId }: ApiToken,
  action: "api-product" | "api-code" | "api-code-revoked",
  detail: Record<string, unknown>,
): Promise<void> {
  await db`
    insert into audit_log (isp_id, actor_kind, action, detail)
    values (${ispId}, 'system', ${action}, ${db.json({ tokenId: id, ...detail } as never)})`;
}
