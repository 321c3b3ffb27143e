import { ageOn, isDate } from "../lib/dates.ts";
import { division } from "./divisions.ts";

/** Factors of GB 11643-1999 for the first seventeen digits, and the check character by remainder. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

/** First two digits in use: the provinces, and 71 81 82 83 on documents of Taiwan, Hong Kong and Macao. */
const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

export type IdentityFault = "length" | "old" | "characters" | "region" | "date" | "check";

export type IdentityCard =
  | { ok: false; fault: IdentityFault }
  | {
      ok: true;
      birth: string;
      sex: "male" | "female";
      /** Six digits of the place of first registration. */
      region: string;
      /** False where the division was abolished or renumbered since: not a fault of the person. */
      regionKnown: boolean;
      /** Six-digit code of the province, "" on documents from outside the 31 provinces. */
      province: string;
    };

/** The check character for seventeen digits, modulus 11-2 of ISO 7064. */
export function identityCheck(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECKS[sum % 11] ?? "";
}

function faultOf(number: string): IdentityFault | null {
  if (/^\d{15}$/.test(number)) return "old";
  if (number.length !== 18) return "length";
  if (!/^\d{17}[\dX]$/.test(number)) return "characters";
  if (!isDate(birthOf(number))) return "date";
  if (identityCheck(number.slice(0, 17)) !== number[17]) return "check";
  return PROVINCES.test(number) ? null : "region";
}

const birthOf = (number: string): string =>
  `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;

/**
 * Number of a resident identity card (居民身份证) by GB 11643-1999: 18 characters, region of GB/T 2260, day of birth,
 * check character modulus 11-2. The 15-digit numbers of the first generation ended in 2013.
 */
export function parseIdentityCard(text: string): IdentityCard {
  const number = text.toUpperCase();
  const fault = faultOf(number);
  if (fault) return { ok: false, fault };
  const region = number.slice(0, 6);
  const province = `${region.slice(0, 2)}0000`;
  return {
    ok: true,
    birth: birthOf(number),
    sex: Number(number[16]) % 2 === 1 ? "male" : "female",
    region,
    regionKnown: division(region) !== undefined || /^(?:71|8[1-3])/.test(region),
    province: division(province) ? province : "",
  };
}

/** Age in whole years on a day (YYYY-MM-DD), undefined for a number that is none or a birth after that day. */
export function ageOfIdentity(text: string, day: string): number | undefined {
  const card = parseIdentityCard(text);
  if (!card.ok || card.birth > day) return undefined;
  return ageOn(card.birth, day);
}
