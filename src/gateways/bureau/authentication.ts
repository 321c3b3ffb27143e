import { createHash, randomInt } from "node:crypto";
import { encodeGbk } from "./gbk.ts";
import type { BureauAccount } from "./types.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Fewer are refused with code 16. */
const RANDOM_LENGTH = 20;

/** `randVal`: 20 fresh random characters, digits and letters. */
export const newRandomValue = (): string =>
  Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");

/** `pwdHash`: base64 of the MD5 of password and random value, joined in this order and encoded as GBK. */
export const passwordHash = (password: string, randomValue: string): string =>
  createHash("md5")
    .update(encodeGbk(password + randomValue))
    .digest("base64");

/** Name and value of a parameter of a call, in the order of the specification. */
export type Parameter = readonly [name: string, value: string | number];

/** MD5 is the only one there is. */
export const hashAlgorithm: Parameter = ["hashAlgorithm", 0];

/** The four parameters that every call begins with, the random value fresh each time. */
export function credentials({ ispId, userName, password, ispIdParameter }: BureauAccount): Parameter[] {
  const randVal = newRandomValue();
  return [
    [ispIdParameter, ispId],
    ["userName", userName],
    ["randVal", randVal],
    ["pwdHash", passwordHash(password, randVal)],
  ];
}
