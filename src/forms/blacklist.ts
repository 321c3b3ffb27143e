import { type FormBody, text } from "../lib/form-body.ts";
import { compact, length, lines, normalise } from "../lib/text.ts";
import type { Listed } from "../models/blacklist/entries.ts";
import type { BlacklistSearch } from "../models/blacklist/list.ts";
import type { Problem } from "../view.ts";
import { codeTable } from "../vocabulary/code-tables.ts";
import { registrableOf } from "../vocabulary/domain.ts";
import { domainOf } from "./search.ts";

/** What was typed into the search; a number of a document never stands in an address. */
export type BlacklistQuery = { typed: string; search: BlacklistSearch; personal: boolean; any: boolean };

/** A domain, also out of the address of a page; anything else is the number of a document. */
export function readBlacklistSearch(words: string): BlacklistQuery {
  const typed = [...normalise(words)].slice(0, 200).join("");
  const close = compact(typed);
  if (close === "") return { typed: "", search: {}, personal: false, any: false };
  const host = close.replace(/^https?:\/\//i, "").replace(/[/:?#].*$/, "");
  if (domainOf(close)) return { typed, search: { domain: host }, personal: false, any: true };
  return { typed, search: { document: close.toUpperCase() }, personal: true, any: true };
}

export const blacklistFields = ["kind", "name", "certType", "certNo", "domains", "reason"] as const;
export type BlacklistValues = Record<(typeof blacklistFields)[number], string>;

export type BlacklistForm = { values: BlacklistValues; listed: Listed | undefined; problems: Problem[] };

const MOST = 200;

/** An entry of the provider's own list. */
export function readBlacklistEntry(body: FormBody): BlacklistForm {
  const values = Object.fromEntries(
    blacklistFields.map((key) => [key, normalise(text(body, key))]),
  ) as BlacklistValues;
  const { name, reason } = values;
  const kind = values.kind === "subject" || values.kind === "website" ? values.kind : undefined;
  const problems: Problem[] = [
    ...(kind ? [] : [{ field: "kind", text: "请选主体还是网站" }]),
    ...tooLong("name", name, kind === "subject" ? "请填主办单位名称" : undefined),
    ...(kind === "subject" ? certificateWrong(values) : []),
    ...(kind === "website" ? domainsWrong(values) : []),
    ...tooLong("reason", reason, "请写明为什么列入"),
  ];
  if (problems.length > 0 || !kind) return { values, listed: undefined, problems };
  const listed: Listed = {
    ...{ kind, name, reason },
    domains: kind === "website" ? lines(values.domains) : [],
    ...(kind === "subject" ? { certificate: certificateOf(values) } : {}),
  };
  return { values, listed, problems };
}

const certificateOf = ({ certType, certNo }: BlacklistValues) => ({
  type: Number(certType),
  number: compact(certNo).toUpperCase(),
});

const tooLong = (field: string, value: string, missing: string | undefined): Problem[] => {
  if (value === "") return missing === undefined ? [] : [{ field, text: missing }];
  return length(value) > MOST ? [{ field, text: `最多${MOST}个字，现在是${length(value)}个字` }] : [];
};

function certificateWrong({ certType, certNo }: BlacklistValues): Problem[] {
  const known = codeTable("cert_type").rows.some(({ code }) => code === certType);
  return [
    ...(known ? [] : [{ field: "certType", text: "请选证件类型" }]),
    ...(/^[\dA-Z()-]{5,40}$/i.test(compact(certNo)) ? [] : [{ field: "certNo", text: "请填完整的证件号码" }]),
  ];
}

function domainsWrong({ domains }: BlacklistValues): Problem[] {
  const all = lines(domains);
  if (all.length === 0) return [{ field: "domains", text: "请填域名，每行一个" }];
  if (all.length > 50) return [{ field: "domains", text: "一次最多50个域名" }];
  const wrong = all.find((one) => registrableOf(one) === undefined);
  return wrong === undefined ? [] : [{ field: "domains", text: `“${wrong}”不是域名，请写成example.cn这样` }];
}

/** Why an own entry is taken out. */
export function readRemoval(body: FormBody): { reason: string; problems: Problem[] } {
  const reason = normalise(text(body, "reason"));
  return { reason, problems: tooLong("reason", reason, "请写明为什么移出") };
}
