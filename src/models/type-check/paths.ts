/** Whether something is filed: not at all, with this provider, or elsewhere. */
export type Standing = "no" | "here" | "elsewhere";

/** 首次备案 · 新增网站 (subject on record here, or elsewhere) · 新增接入 · 变更备案 · somebody else's domain */
export type Path = "first" | "add_here" | "add_elsewhere" | "join" | "change" | "foreign_domain";

/** Paths on which a filing is opened from the check. */
export type Opening = Exclude<Path, "change" | "foreign_domain">;

/** 验证备案类型: by the subject's certificate, then by the domain. */
const table: Record<Standing, Record<Standing, Path>> = {
  no: { no: "first", here: "foreign_domain", elsewhere: "foreign_domain" },
  here: { no: "add_here", here: "change", elsewhere: "join" },
  elsewhere: { no: "add_elsewhere", here: "change", elsewhere: "join" },
};

/** Which way a filing goes. Pure. */
export const pathOf = (certificate: Standing, domain: Standing): Path => table[certificate][domain];

/** What our records and the bureau say of one of the two; `filed` null: the bureau did not say. */
export type Sighting = { here: boolean; own: boolean; filed: boolean | null };

/**
 * All that was found, without a value of it. `owner`: whether the domain belongs to the subject of the certificate.
 * `failures`: why the bureau gave no answer.
 */
export type Evidence = {
  certificate: Sighting;
  domain: Sighting;
  owner: "same" | "other" | "unknown";
  failures: string[];
};

/** What something may be as far as is known; one where everything is. */
const standings = ({ here, filed }: Sighting): Standing[] => {
  if (here) return ["here"];
  if (filed === null) return ["no", "elsewhere"];
  return [filed ? "elsewhere" : "no"];
};

/** The path that the evidence leads to; what nobody knows counts as not filed. */
export function pathFor({ certificate, domain, owner }: Evidence): Path {
  const [[ofCertificate = "no"], [ofDomain = "no"]] = [standings(certificate), standings(domain)];
  return owner === "other" && ofDomain !== "no" ? "foreign_domain" : pathOf(ofCertificate, ofDomain);
}

const isOpening = (path: Path): path is Opening => path !== "change" && path !== "foreign_domain";

/** The paths that the registrant may choose from where the bureau did not say all; one or none: there is no choice. */
export function choicesOf(evidence: Evidence): Opening[] {
  if (pathFor(evidence) === "foreign_domain" && evidence.owner === "other") return [];
  const paths = standings(evidence.certificate).flatMap((certificate) =>
    standings(evidence.domain).map((domain) => pathOf(certificate, domain)),
  );
  return [...new Set(paths)].filter(isOpening);
}
