const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

export type OrganisationCode =
  | { ok: false; fault: "length" | "characters" | "check" }
  /** `code` is eight characters and the check character, without the hyphen. */
  | { ok: true; code: string };

function signValue(sign: string): number {
  return /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 55;
}

/** The check character of GB 11714-1997 for eight characters. */
export function organisationCheck(first8: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * signValue(first8[i] ?? "0"), 0);
  const rest = 11 - (sum % 11);
  return rest === 10 ? "X" : rest === 11 ? "0" : String(rest);
}

/** Code of an organisation (组织机构代码) by GB 11714-1997: eight digits or capitals, a hyphen if written, one check character. */
export function parseOrganisationCode(text: string): OrganisationCode {
  const code = text.toUpperCase().replace(/^(.{8})-(.)$/, "$1$2");
  if (code.length !== 9) return { ok: false, fault: "length" };
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(code)) return { ok: false, fault: "characters" };
  if (organisationCheck(code.slice(0, 8)) !== code[8]) return { ok: false, fault: "check" };
  return { ok: true, code };
}
