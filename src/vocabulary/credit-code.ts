/** The 31 characters of GB 32100-2015 in the order of their values: no I, O, S, V, Z. */
const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

export type CreditCode =
  | { ok: false; fault: "length" | "characters" | "check"; length: number }
  /** Registration office and kind of body, its division, and the organisation code inside. */
  | { ok: true; category: string; division: string; organisationCode: string };

/** The check character of GB 32100-2015 for seventeen characters: modulus 31, weights 3^i. */
export function creditCodeCheck(first17: string): string {
  let [sum, weight] = [0, 1];
  for (const sign of first17) {
    sum += SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return SIGNS[(31 - (sum % 31)) % 31] ?? "";
}

/**
 * Unified social credit code (统一社会信用代码) by GB 32100-2015. Some real codes of early pilot regions fail the
 * check character: treat the fault `check` as a question, not as a refusal.
 */
export function parseCreditCode(text: string): CreditCode {
  const code = text.toUpperCase();
  const { length } = code;
  if (length !== 18) return { ok: false, fault: "length", length };
  if ([...code].some((sign) => !SIGNS.includes(sign))) return { ok: false, fault: "characters", length };
  if (creditCodeCheck(code.slice(0, 17)) !== code[17]) return { ok: false, fault: "check", length };
  return {
    ok: true,
    category: code.slice(0, 2),
    division: code.slice(2, 8),
    organisationCode: code.slice(8, 17),
  };
}
