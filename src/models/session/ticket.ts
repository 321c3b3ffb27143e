import { open, seal } from "../../crypto/seal.ts";
import type { Vault } from "../../crypto/vault.ts";

/** A wrapped data key: one byte of key id, nonce, tag, 32 bytes. */
const WRAPPED = 61;

type Kept<T> = { data: T; until: number };

/** Seals something for the browser to keep: it can be neither read nor changed there, and ends after so many seconds. */
export function sealTicket<T>(vault: Vault, name: string, data: T, seconds: number): string {
  const { key, wrapped } = vault.newDataKey();
  const kept: Kept<T> = { data, until: Date.now() + seconds * 1000 };
  return Buffer.concat([wrapped, seal(key, JSON.stringify(kept), `ticket:${name}`)]).toString("base64url");
}

/** What was sealed under that name; undefined when its time is over or it is not ours. */
export function openTicket<T>(vault: Vault, name: string, ticket: string): T | undefined {
  const sealed = Buffer.from(ticket, "base64url");
  if (sealed.length <= WRAPPED) return undefined;
  try {
    const key = vault.unwrap(sealed.subarray(0, WRAPPED));
    const kept = JSON.parse(open(key, sealed.subarray(WRAPPED), `ticket:${name}`).toString()) as Kept<T>;
    return kept.until > Date.now() ? kept.data : undefined;
  } catch {
    // Another key, another name, or somebody tried: for us it is not there.
    return undefined;
  }
}
