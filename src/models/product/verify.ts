import { setTimeout as wait } from "node:timers/promises";
import { verifyPassword } from "../../crypto/password.ts";
import type { ProductGateway } from "../../gateways/products/types.ts";
import { isCovered, parseIpRange } from "../../vocabulary/ip-address.ts";
import { type ProductTypeName, productType, type StoredTypeName } from "../../vocabulary/product-types.ts";
import { GatewayFailed } from "../errors.ts";
import { ispSettings } from "../isp/settings.ts";
import { countHit, type Limit, takeBackHit } from "../rate-limit/rate-limit.ts";
import type { RootStore, Store } from "../store.ts";
import { openCode } from "./codes.ts";
import { maybeHook } from "./hook.ts";
import { rememberOwner } from "./owners.ts";
import { findProduct, isRunning, type Product, runningProductByKey } from "./rows.ts";
import { upsertProducts } from "./upsert.ts";

/** Tries in an hour: of an account, of a network, and at one product, whoever tries. */
const limits = {
  account: { name: "product-account", most: 10, seconds: 3600 },
  source: { name: "product-source", most: 100, seconds: 3600 },
  product: { name: "product-key", most: 30, seconds: 3600 },
} satisfies Record<string, Limit>;

/** No answer of "wrong" comes sooner, in milliseconds: how long the work took tells nothing. */
const FLOOR = 400;

/** What was typed, cleaned by the fields of the type; `proof` is "" where the type asks for none. */
export type Credentials = { key: string; proof: string };

export type Asked = {
  ispId: number;
  accountId: number;
  type: ProductTypeName;
  credentials: Credentials;
  /** The network the request came from (`networkOf`). */
  source: string;
};

export type VerifiedProduct = {
  ok: true;
  productId: number;
  /** The code by which it was verified, null for any other kind. */
  codeId: number | null;
  type: StoredTypeName;
  name: string;
  ips: string[];
  serverPlace: string | null;
  accessMode: string | null;
  /** Places left before this filing takes one. */
  left: number;
};

/**
 * `wrong`: no such product, wrong proof, out of use; never which. `slow_down`: too many tries. `quota`: it carries all it
 * may. `unavailable`: the provider's system gave no answer in time, to be typed again.
 */
export type Verification =
  | VerifiedProduct
  | { ok: false; reason: "wrong" | "slow_down" | "quota" | "unavailable" };

/**
 * Whether somebody's product is their own (产品核验). Takes what was typed and keeps nothing of it: no secret is stored
 * or logged, tries are counted under digests. An answer of `wrong` is slow and says no more. `places` 0 is for filings
 * that change what is on record already.
 */
export async function verifyProduct(
  store: RootStore,
  deps: { products: ProductGateway },
  asked: Asked,
  places: 0 | 1 = 1,
): Promise<Verification> {
  const started = performance.now();
  if (await isTooMuch(store, asked)) return { ok: false, reason: "slow_down" };
  const found = await find(store, deps, asked);
  if (found === "unavailable" || found === "quota") return { ok: false, reason: found };
  if (!found) {
    await wait(Math.max(0, FLOOR - (performance.now() - started)));
    return { ok: false, reason: "wrong" };
  }
  await takeBackHit(store, limits.account, String(asked.accountId));
  if (found.codeId === null) await rememberOwner(store.db, found.product.id, asked.accountId);
  const left = found.codeId === null ? Math.max(0, found.product.quota - found.product.used) : 1;
  return left < places ? { ok: false, reason: "quota" } : verified(found, left);
}

type Found = { product: Product; codeId: number | null };

function verified({ product, codeId }: Found, left: number): VerifiedProduct {
  const { id: productId, type, name, ips, serverPlace } = product;
  const accessMode = product.accessMode ?? productType(type).accessMode;
  return { ok: true, productId, codeId, type, name, ips, serverPlace, accessMode, left };
}

/** Counted before anything is looked at, so that tries sent all at once count one by one. */
async function isTooMuch(
  store: Store,
  { ispId, accountId, type, credentials, source }: Asked,
): Promise<boolean> {
  const counts = [
    await countHit(store, limits.account, String(accountId)),
    await countHit(store, limits.source, source),
    await countHit(store, limits.product, `${ispId} ${type} ${credentials.key}`),
  ];
  return counts.some(({ over }) => over);
}

async function find(
  store: RootStore,
  deps: { products: ProductGateway },
  asked: Asked,
): Promise<Found | "unavailable" | "quota" | undefined> {
  const { products: settings } = await ispSettings(store.db, asked.ispId);
  if (!settings.types.includes(asked.type)) return undefined;
  if (asked.type === "authorisation_code") return findByCode(store, asked);
  const product = await (settings.source === "webhook"
    ? askHook(store, deps, asked)
    : findInTable(store, asked));
  return product === undefined || product === "unavailable" ? product : { product, codeId: null };
}

async function findByCode(store: Store, asked: Asked): Promise<Found | "quota" | undefined> {
  if (asked.credentials.key === "") return undefined;
  const code = await openCode(store, asked, { code: asked.credentials.key });
  return code && foundCode(store, asked.ispId, code);
}

type Code = NonNullable<Awaited<ReturnType<typeof openCode>>>;

async function foundCode(store: Store, ispId: number, code: Code): Promise<Found | "quota" | undefined> {
  const { db } = store;
  const [running] = await db`select 1 from products p where p.id = ${code.productId} and ${isRunning(db)}`;
  if (!running) return undefined;
  if (code.state !== "open") return "quota";
  return { product: await findProduct(db, ispId, code.productId), codeId: code.id };
}

/** The same for a code that was granted to the account: it is chosen from a list, nothing is typed. */
export async function verifyGrantedCode(
  store: RootStore,
  asked: { ispId: number; accountId: number; codeId: number },
): Promise<Verification> {
  const code = await openCode(store, asked, { grantedId: asked.codeId });
  const found = code && (await foundCode(store, asked.ispId, code));
  if (!found) return { ok: false, reason: "wrong" };
  return found === "quota" ? { ok: false, reason: "quota" } : verified(found, 1);
}

/** An unknown key costs the same hash as a wrong secret. */
async function findInTable(store: Store, { ispId, type, credentials }: Asked): Promise<Product | undefined> {
  const { key, proof } = credentials;
  const row = key === "" ? undefined : await runningProductByKey(store, ispId, type, key);
  const { secretHash, ...product } = row ?? { secretHash: null };
  const secretIsRight = await verifyPassword(secretHash ?? undefined, proof);
  if (!("id" in product)) return undefined;
  const right = productType(type).proves === "address" ? isAmong(proof, product.ips) : secretIsRight;
  return right ? product : undefined;
}

/** Whether an address is one of the product's. */
function isAmong(address: string, ips: readonly string[]): boolean {
  const range = parseIpRange(address);
  const own = ips.map(parseIpRange).flatMap((one) => (one.ok ? [one] : []));
  return range.ok && isCovered(range, own);
}

/**
 * Asks the provider's system; a product that it knows gets a row here, without a secret, so that places are counted.
 * One that was taken out of use here stays so.
 */
async function askHook(
  store: RootStore,
  { products }: { products: ProductGateway },
  { ispId, type, credentials }: Asked,
): Promise<Product | "unavailable" | undefined> {
  const hook = await maybeHook(store, ispId);
  if (!hook || type === "authorisation_code" || credentials.key === "")
    return hook ? undefined : "unavailable";
  try {
    const answer = await products.ask(hook, { type, ...credentials });
    if (!answer.ok) return undefined;
    const { ok: _, ...known } = answer;
    const product = {
      ...known,
      type,
      key: credentials.key,
      secret: null,
      owner: null,
      state: "active" as const,
    };
    const [written] = await upsertProducts(store, { ispId, products: [product], source: "webhook" });
    if (!written || written.outcome === "refused") return undefined;
    const found = await findProduct(store.db, ispId, written.id ?? 0);
    return found.state === "retired" ? undefined : found;
  } catch (error) {
    if (error instanceof GatewayFailed) return "unavailable";
    throw error;
  }
}
