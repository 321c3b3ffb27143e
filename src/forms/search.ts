import { compact, normalise } from "../lib/text.ts";
import type { Lookup } from "../models/filing/lookups.ts";
import type { Wanted } from "../models/search/search.ts";
import { parseDomain, toAscii } from "../vocabulary/domain.ts";
import { parseIcpNumber } from "../vocabulary/icp-number.ts";

const MOST = 100;

/** A name of two to four Chinese characters, or one with a middle dot, may be a person's. */
const PERSON = /^(?:\p{Script=Han}{2,4}|\p{Script=Han}+·[\p{Script=Han}·]+)$/u;

/** Five digits or more, with what stands between the digits of a telephone or a document. */
const DIGITS = /^[\dA-Za-z+() -]*$/;

const hasNumber = (text: string): boolean => (text.match(/\d/g)?.length ?? 0) >= 5;

const isNumber = (text: string): boolean => DIGITS.test(text) && hasNumber(text);

/** A number among words (电话13800005678), looked for as what it may be. */
const NUMBERS = /\d[\dA-Za-z() -]*[\dA-Za-z]/g;

const numbersIn = (text: string): Lookup[] =>
  (text.match(NUMBERS) ?? []).filter(hasNumber).flatMap((number): Lookup[] => [
    { kind: "document", value: number },
    { kind: "phone", value: number },
  ]);

/** What is searched for, by the shape of what was typed; undefined for nothing. */
export function readSearch(typed: string): Wanted | undefined {
  const text = [...normalise(typed)].slice(0, MOST).join("");
  const close = compact(text);
  if (close === "") return undefined;
  if (/^20\d{6}-\d{1,6}$/.test(close)) return { by: "number", text: close };
  const icp = parseIcpNumber(close);
  if (icp) return { by: "icp", text: close.toUpperCase() };
  if (close.includes("@")) return { by: "person", text, lookups: [{ kind: "email", value: close }] };
  if (isNumber(text))
    return {
      by: "person",
      text,
      lookups: [
        { kind: "document", value: close },
        { kind: "phone", value: text },
      ],
    };
  const domain = domainOf(close);
  if (domain) return { by: "domain", text: domain };
  if (PERSON.test(close)) return { by: "person", text, lookups: [{ kind: "name", value: close }] };
  // Numbers among words may be somebody's, and a website's name may have some too.
  if (hasNumber(text))
    return { by: "person", text, lookups: [...numbersIn(text), { kind: "name", value: close }] };
  return { by: "text", text };
}

/** A domain, also out of the address of a page or with www in front. */
export function domainOf(text: string): string | undefined {
  const host = text.replace(/^https?:\/\//i, "").replace(/[/:?#].*$/, "");
  if (!host.includes(".")) return undefined;
  const found = parseDomain(host);
  if (found.ok) return found.ascii;
  return found.registrable === undefined ? undefined : toAscii(found.registrable);
}

/** What must not stand in an address: the search is stored, and the address names the row. */
export const isPersonal = (wanted: Wanted): boolean => wanted.by === "person";
