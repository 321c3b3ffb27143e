import type { Vault } from "../../crypto/vault.ts";

/** Digest that finds an account by its e-mail address; the case of an address does not tell two people apart. */
export const emailHash = (vault: Vault, email: string): Buffer => vault.lookup("email", email.toLowerCase());

/** Digest that finds an account by its mobile number (eleven digits). */
export const mobileHash = (vault: Vault, mobile: string): Buffer => vault.lookup("mobile", mobile);
