import { compact, fold } from "../lib/text.ts";
import { readData } from "./data.ts";

const file = readData("area-codes") as { provinces: Record<string, string[]> };

const provinceByArea = new Map(
  Object.entries(file.provinces).flatMap(([province, codes]) =>
    codes.map((code) => [code, province] as const),
  ),
);

/** `noArea`: a local number alone; `area`: no such area code. */
export type LandlineFault = "shape" | "noArea" | "area" | "number";

export type Landline =
  | { ok: false; fault: LandlineFault }
  /** `area` with its 0 (0571), `province` its six-digit code, `text` the bureau's spelling 086-0571-88888888. */
  | { ok: true; area: string; number: string; extension: string; province: string; text: string };

/** Brackets, blanks, dots and slashes become hyphens; the country code in any spelling falls off. */
function bare(text: string): string {
  const marked = compact(text.replace(/\s+/g, "-"))
    .replace(/[()[\]./\\_]+/g, "-")
    .replace(/(?:转|ext\.?|#|\*)/i, "-")
    .replace(/-{2,}/g, "-")
    .replace(/^-|-$/g, "");
  return marked.replace(/^(?:\+|00)?0?86-?(?=0?[1-9])/, "");
}

/** Area code at the start of a row of digits, with its 0: two or three digits follow the 0. */
function areaOf(digits: string): string | undefined {
  return [digits.slice(0, 3), digits.slice(0, 4)].find((area) => provinceByArea.has(area));
}

function split(text: string): { area: string; number: string; extension: string } | undefined {
  const [, first = "", second = "", third = "", fourth = ""] =
    /^(\d+)(?:-(\d+))?(?:-(\d+))?(?:-(\d+))?$/.exec(bare(text)) ?? [];
  const digits = first.startsWith("0") ? first : `0${first}`;
  if (digits.length <= 4) return fourth ? undefined : { area: digits, number: second, extension: third };
  const area = areaOf(digits);
  if (!area || third) return undefined;
  return { area, number: digits.slice(area.length), extension: second };
}

/**
 * A landline of mainland China in any common spelling: 086-0571-88888888, 0571-88888888, (0571)88888888,
 * +86 571 8888 8888, 057188888888, an extension behind it. The number itself may be any seven or eight digits:
 * whether somebody answers, the reviewer finds out.
 */
export function parseLandline(text: string): Landline {
  const folded = fold(text);
  const joined = /^[\d+() -]+$/.test(compact(folded)) ? joinBlocks(folded) : folded;
  if (/^[1-9]\d{6,7}$/.test(joined)) return { ok: false, fault: "noArea" };
  const found = split(joined);
  if (!found) return { ok: false, fault: "shape" };
  const { area, number, extension } = found;
  const province = provinceByArea.get(area);
  if (!/^0\d{2,3}$/.test(area)) return { ok: false, fault: "shape" };
  if (!province) return { ok: false, fault: "area" };
  if (!/^\d{7,8}$/.test(number) || extension.length > 6) return { ok: false, fault: "number" };
  const end = extension && `-${extension}`;
  return { ok: true, area, number, extension, province, text: `086-${area}-${number}${end}` };
}

/** 8888 8888 is one number: a blank or hyphen between two blocks of four, or three and four, digits at the end. */
function joinBlocks(text: string): string {
  return text.replace(/(\D)(\d{3,4})[ -](\d{4})\s*$/, "$1$2$3");
}

/** The eleven digits of a mainland mobile number in any common spelling, undefined if it is none. */
export function parseMobile(text: string): string | undefined {
  const digits = compact(text).replace(/[-() .]/g, "");
  return /^(?:\+?86|0086|086)?(1[3-9]\d{9})$/.exec(digits)?.[1];
}

/** Eleven digits of a mobile number, or the bureau's spelling of a landline, or the text as it was. */
export function cleanPhone(text: string): string {
  const mobile = parseMobile(text);
  if (mobile) return mobile;
  const landline = parseLandline(text);
  return landline.ok ? landline.text : compact(text);
}
