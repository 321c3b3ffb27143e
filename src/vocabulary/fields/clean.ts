import { compact, normalise } from "../../lib/text.ts";
import { cleanEmail } from "../email.ts";
import { cleanHomePage } from "../home-page.ts";
import { cleanIpRange } from "../ip-address.ts";
import { cleanPhone } from "../phone.ts";
import { cleanDay } from "../validity.ts";
import type { Cleaning } from "./types.ts";

/** Dots that keyboards give for the one in 买买提·艾力 (U+00B7), the only one that bureaus take. */
const DOTS = /(?<=\p{Script=Han})\s?[•‧∙⋅・･．]\s?(?=\p{Script=Han})/gu;

const cleaners: Record<Cleaning, (text: string) => string> = {
  none: (text) => text,
  text: normalise,
  name: (text) => normalise(text).replace(DOTS, "·"),
  // Composed again: some letters fall apart in the other case.
  code: (text) => compact(compact(text).toUpperCase()),
  phone: cleanPhone,
  email: cleanEmail,
  host: (text) => compact(compact(text).replace(/。/g, ".").toLowerCase()),
  url: (text) => compact(cleanHomePage(compact(text).replace(/。/g, ".")).toLowerCase()),
  date: cleanDay,
  ip: (text) => cleanIpRange(compact(text)),
};

/** The usual spelling of a typed value. Harmless differences vanish; what is wrong stays for the rules to name. */
export function clean(how: Cleaning, text: string): string {
  return cleaners[how](text);
}
