import { isDate } from "../lib/dates.ts";
import { compact } from "../lib/text.ts";

/** How a document without an end (长期有效) is kept. */
export const UNLIMITED = "长期";

const UNLIMITED_WORDS = /^(?:(?:有效期)?(?:至)?)?(?:长期|永久|无(?:固定)?期限|无限期|不约定期限)(?:有效)?$/;

/** Year, month and day with any separators, alone or behind the first day of a span (2010.01.02-2030.01.02). */
const DAY = /^(?:\d{4}.*[-—–~至到])?(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?(?:止)?$/;
const PLAIN = /^(?:\d{8}[-—–~至到])?(\d{4})(\d\d)(\d\d)$/;

/**
 * The last day of a document as it is kept: YYYY-MM-DD or 长期. Understood are 2030年1月2日, 2030.1.2, 2030/1/2, 20300102,
 * full-width digits, the whole span as printed on a card, 永久 and 无固定期限; anything else stays as it was typed.
 */
export function cleanDay(text: string): string {
  const bare = compact(text);
  if (UNLIMITED_WORDS.test(bare) || /^\d{4}.*[-—–~至到](?:长期|永久)$/.test(bare)) return UNLIMITED;
  const [, year, month = "", day = ""] = DAY.exec(bare) ?? PLAIN.exec(bare) ?? [];
  return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : bare;
}

/** True for what `cleanDay` gives of a day that exists, or of a document without an end. */
export const isValidity = (text: string): boolean => text === UNLIMITED || isDate(text);
