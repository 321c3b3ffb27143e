import { PASSWORD_MISSING, PRODUCT_MISSING } from "../../models/filing/kind-findings.ts";
import type { Filing } from "../../models/filing/rows.ts";
import { takesPassword } from "../../models/type-check/give-password.ts";
import type { Finding } from "../../rules/types.ts";
import { filingPath } from "../../view.ts";
import { listOf, optionLabel, sectionNames, textOf } from "../../vocabulary/fields/index.ts";
import type { FilingData, Section } from "../../vocabulary/filing.ts";

/** One thing to fill in, with where it is done and how far it is. */
export type SectionTask = {
  kind: Section["kind"] | "materials" | "password" | "product";
  sectionId: number | null;
  label: string;
  /** What is in it, short; never a number of a person. */
  text: string;
  href: string;
  /** Copied from the record: shown, not filled in. */
  closed: boolean;
  errors: number;
  warnings: number;
};

/** Address of a section's form; websites and accesses count from 1. */
export function sectionPath(
  filing: Pick<Filing, "number">,
  data: Pick<FilingData, "websites">,
  section: Pick<Section, "kind" | "id">,
): string {
  const base = filingPath(filing);
  if (section.kind === "subject") return `${base}/subject`;
  if (section.kind === "cancellation") return `${base}/reason`;
  for (const [index, website] of data.websites.entries()) {
    if (website.id === section.id) return `${base}/websites/${index + 1}`;
    const access = website.accesses.findIndex(({ id }) => id === section.id);
    if (access >= 0) return `${base}/websites/${index + 1}/accesses/${access + 1}`;
  }
  return base;
}

/** Rules of what has a page of its own. */
const apart: readonly string[] = [PASSWORD_MISSING, PRODUCT_MISSING];

/** The sections of a filing and its materials in the order they are filled in. */
export function sectionTasks(filing: Filing, data: FilingData, findings: readonly Finding[]): SectionTask[] {
  const task = (section: Section, label: string, text: string): SectionTask => {
    const own = findings.filter(
      (one) => one.section.id === section.id && !one.slot && !apart.includes(one.rule),
    );
    return {
      kind: section.kind,
      sectionId: section.id,
      label,
      text,
      href: sectionPath(filing, data, section),
      closed: section.open === false,
      ...counts(own),
    };
  };
  const several = data.websites.length > 1;
  const sites = data.websites.flatMap((website, index) => {
    const name = textOf(website.values, "siteName");
    const domains = listOf(website.values, "domains").join("、");
    return [
      task(website, several ? `网站${index + 1}` : "网站", [name, domains].filter(Boolean).join("，")),
      ...website.accesses.map((access, at) =>
        task(
          access,
          `网站${several ? index + 1 : ""}接入${website.accesses.length > 1 ? at + 1 : ""}`,
          listOf(access.values, "ips").join("、"),
        ),
      ),
    ];
  });
  const ready = data.materials.filter(({ state }) => state === "ready").length;
  const materials: SectionTask = {
    kind: "materials",
    sectionId: null,
    label: "核验材料",
    text: ready > 0 ? `${ready}份已就绪` : "",
    href: `${filingPath(filing)}/materials`,
    closed: false,
    ...counts(findings.filter(({ slot }) => slot)),
  };
  const reason = data.cancellation;
  return [
    task(data.subject, "主办单位", textOf(data.subject.values, "name")),
    ...sites,
    ...(reason ? [task(reason, sectionNames.cancellation, reasonText(reason))] : []),
    ...(takesPassword(filing) ? [passwordTask(filing, findings)] : []),
    ...productTasks(filing, findings),
    materials,
  ];
}

const reasonText = ({ values }: Section): string =>
  textOf(values, "reason") && optionLabel("cancel_reason", textOf(values, "reason"));

const passwordTask = (filing: Filing, findings: readonly Finding[]): SectionTask => ({
  kind: "password",
  sectionId: null,
  label: filing.kind === "join" ? "备案密码" : "备案密码（选填）",
  text: filing.hasPassword ? "已填写" : "",
  href: `${filingPath(filing)}/password`,
  closed: false,
  ...counts(findings.filter(({ rule }) => rule === PASSWORD_MISSING)),
});

/** Only where it is missing: a product that was verified stands among the facts. */
const productTasks = (filing: Filing, findings: readonly Finding[]): SectionTask[] => {
  const own = findings.filter(({ rule }) => rule === PRODUCT_MISSING);
  const href = `${filingPath(filing)}/product`;
  const task = {
    kind: "product" as const,
    sectionId: null,
    label: "产品核验",
    text: "",
    href,
    closed: false,
  };
  return own.length > 0 ? [{ ...task, ...counts(own) }] : [];
};

const counts = (findings: readonly Finding[]) => ({
  errors: findings.filter(({ severity }) => severity === "error").length,
  warnings: findings.filter(({ severity }) => severity === "warning").length,
});
