import type { Vault } from "../../crypto/vault.ts";

/** Crockford's base 32: no i, l, o or u, so that a code can be read out and typed on a phone. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

/** 26 letters of five bits: 130 bits. */
const LENGTH = 26;

/** The code of a link. It hangs on the link's id and the master key, so that it can be shown again and is stored nowhere. */
export function codeOf(vault: Vault, id: string): string {
  let left = BigInt(`0x${vault.sign("handover", id).toString("hex")}`);
  let code = "";
  for (let at = 0; at < LENGTH; at += 1) {
    code += LETTERS[Number(left % 32n)];
    left /= 32n;
  }
  return code;
}

/** The code as it was meant when somebody typed it: capitals, o for 0, i and l for 1; undefined for what is none. */
export function readCode(typed: string): string | undefined {
  const code = typed.toLowerCase().replaceAll("o", "0").replace(/[il]/g, "1");
  return /^[0-9a-hjkmnp-tv-z]{26}$/.test(code) ? code : undefined;
}

/** What the table keeps of a code. */
export const codeKey = (vault: Vault, code: string): Buffer => vault.lookup("handover", code);
