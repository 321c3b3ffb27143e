import { parse } from "tldts";
import { toAscii, toUnicode } from "./domain.ts";

export type HomePage =
  | { ok: false; fault: "shape" | "ip" }
  /** `more`: a port, path or query follows the host, which a home page has not. */
  | { ok: true; host: string; ascii: string; more: boolean };

/** Address of a home page (首页网址), with or without http://: www.example.cn, https://example.cn/. */
export function parseHomePage(text: string): HomePage {
  const [, host = "", rest = ""] = /^(?:https?:\/\/)?([^/?#:\s]+)(.*)$/i.exec(text) ?? [];
  const ascii = toAscii(host);
  const found = parse(ascii, { validateHostname: true });
  if (found.isIp) return { ok: false, fault: "ip" };
  if (!found.hostname || !found.domain || /\s/.test(rest)) return { ok: false, fault: "shape" };
  return { ok: true, host: toUnicode(ascii), ascii, more: rest !== "" && rest !== "/" };
}

/** The spelling that is filed: host without scheme and final slash, or the text as it was. */
export function cleanHomePage(text: string): string {
  return text.replace(/^https?:\/\//i, "").replace(/^([^/?#]+)\/$/, "$1");
}
