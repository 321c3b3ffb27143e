import { compact } from "../lib/text.ts";
import type { RecoveryQuestion } from "../models/recovery/recovery.ts";
import { readQuery } from "./query.ts";

export type ReadRecovery = { ok: true; question: RecoveryQuestion } | { ok: false; problem: string };

/** Letters and digits of a document, also with brackets and hyphens. */
const CERTIFICATE = /^[\dA-Z（）()-]{6,40}$/;

/** A domain, also as an address of a page, or the number of a certificate; by its shape. */
export function readRecovery(typed: string): ReadRecovery {
  const close = compact(typed).toUpperCase();
  if (close === "") return { ok: false, problem: "请填写已备案的域名，或者主办单位的证件号码" };
  if (/[.。｡]/.test(close)) {
    const read = readQuery(typed);
    if (read.ok && read.query.by === "domain")
      return { ok: true, question: { by: "domain", value: read.query.domain } };
    return { ok: false, problem: "域名的写法不对，例如example.cn" };
  }
  if (CERTIFICATE.test(close)) return { ok: true, question: { by: "certificate", value: close } };
  return { ok: false, problem: "请填写域名，例如example.cn，或者证件号码，例如18位统一社会信用代码" };
}
