import { type DataKey, decrypt, encrypt } from "./vault.ts";

/** Marks a sealed string inside jsonb, where bytes cannot stand. */
const PREFIX = "sealed:";

/**
 * Seals a value under a data key. `context` names the place it belongs to (`isp:3:filing:12:subject:certNo`);
 * a value moved to another row or field does not open.
 */
export const seal = (key: DataKey, plain: string | Uint8Array, context: string): Buffer =>
  encrypt(key, typeof plain === "string" ? Buffer.from(plain) : plain, context);

/** The bytes that were sealed; throws when key, context or bytes are not the same. */
export const open = (key: DataKey, sealed: Uint8Array, context: string): Buffer =>
  decrypt(key, sealed, context);

/** As `open`, for text. */
export const openText = (key: DataKey, sealed: Uint8Array, context: string): string =>
  decrypt(key, sealed, context).toString();

/** For values inside jsonb: a string that `isSealed` knows. */
export const sealString = (key: DataKey, plain: string, context: string): string =>
  PREFIX + seal(key, plain, context).toString("base64");

export const isSealed = (value: unknown): value is string =>
  typeof value === "string" && value.startsWith(PREFIX);

/** The text of a sealed string; throws as `open` does. */
export const openString = (key: DataKey, sealed: string, context: string): string =>
  openText(key, Buffer.from(sealed.slice(PREFIX.length), "base64"), context);
