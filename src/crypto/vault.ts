import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** A data key: 32 bytes that seal the values of one row or one filing. Lives in memory only. */
export type DataKey = Buffer;

/**
 * The application's master keys. A data key is wrapped by the newest one and carries its id, so that rotation
 * re-wraps data keys and leaves the sealed values alone; destroying a data key destroys what it sealed.
 */
export type Vault = {
  newDataKey(): { key: DataKey; wrapped: Buffer };
  /** Throws when the key id is unknown or the bytes were changed. */
  unwrap(wrapped: Uint8Array): DataKey;
  /** The same data key under the newest master key. */
  rewrap(wrapped: Uint8Array): Buffer;
  /** Keyed digest for a look-up column: equal values of a kind give equal digests, and nothing else is told. */
  lookup(kind: string, value: string): Buffer;
  /** Keyed digest for cookies, codes and form tokens, apart from those of look-up columns. */
  sign(kind: string, value: string): Buffer;
};

type MasterKey = { id: number; key: Buffer };

const NONCE = 12;
const TAG = 16;

/** `1:<base64 of 32 bytes>,2:<…>`; the highest id is the newest. Throws with a sentence when it is not of that form. */
export function parseSecretKeys(text: string): MasterKey[] {
  const keys = text.split(",").map((part) => {
    const [id, secret] = part.trim().split(":");
    const key = Buffer.from(secret ?? "", "base64");
    if (!/^\d{1,3}$/.test(id ?? "") || Number(id) > 255 || key.length !== 32)
      throw new Error(
        "SECRET_KEYS must look like 1:<base64 of 32 random bytes>, several separated by commas",
      );
    return { id: Number(id), key };
  });
  return keys.sort((a, b) => b.id - a.id);
}

/** A new value for SECRET_KEYS. */
export const newSecretKeys = (): string => `1:${randomBytes(32).toString("base64")}`;

/** Takes the text of SECRET_KEYS; see `parseSecretKeys`. */
export function openVault(secretKeys: string): Vault {
  const masters = parseSecretKeys(secretKeys).map(({ id, key }) => ({ id, wrap: derive(key, "wrap") }));
  const newest = masters[0];
  // Look-ups must survive a rotation, so they hang on the oldest key until every hashed column is written anew.
  const oldest = parseSecretKeys(secretKeys).at(-1);
  if (!newest || !oldest) throw new Error("SECRET_KEYS is empty");
  const lookupKey = derive(oldest.key, "lookup");
  const signKey = derive(oldest.key, "sign");

  const wrap = (key: DataKey): Buffer =>
    Buffer.concat([Buffer.from([newest.id]), encrypt(newest.wrap, key, "data-key")]);

  const unwrap = (wrapped: Uint8Array): DataKey => {
    const master = masters.find(({ id }) => id === wrapped[0]);
    if (!master) throw new Error(`no master key with id ${wrapped[0]}`);
    return decrypt(master.wrap, wrapped.subarray(1), "data-key");
  };

  return {
    newDataKey: () => {
      const key = randomBytes(32);
      return { key, wrapped: wrap(key) };
    },
    unwrap,
    rewrap: (wrapped) => wrap(unwrap(wrapped)),
    lookup: (kind, value) => createHmac("sha256", lookupKey).update(`${kind}\0${value}`).digest(),
    sign: (kind, value) => createHmac("sha256", signKey).update(`${kind}\0${value}`).digest(),
  };
}

const derive = (key: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync("sha256", key, "", `openbeian ${use}`, 32));

/** AES-256-GCM: nonce, tag, ciphertext; `context` is authenticated and must be the same to open it. */
export function encrypt(key: Buffer, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const body = [cipher.update(plain), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...body]);
}

/** Throws when the key or the context is another one, or when a bit was changed. */
export function decrypt(key: Buffer, sealed: Uint8Array, context: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE))
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  const plain = decipher.update(sealed.subarray(NONCE + TAG));
  // Only judges the tag: GCM keeps nothing back, and joining would copy 50 MB for nothing.
  decipher.final();
  return plain;
}
