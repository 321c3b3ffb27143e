import type { Filing } from "../../models/filing/rows.ts";
import type { Finding } from "../../rules/types.ts";
import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { FilingData, Section } from "../../vocabulary/filing.ts";

/** One thing to fill in, with where it is done and how far it is. */
export type SectionTask = {
  kind: Section["kind"] | "materials";
  sectionId: number | null;
  label: string;
  /** What is in it, short; never a number of a person. */
  text: string;
  href: string;
  errors: number;
  warnings: number;
};

/** Address of a section's form; websites and accesses count from 1. */
export function sectionPath(
  filing: Pick<Filing, "number">,
  data: Pick<FilingData, "websites">,
  section: Pick<Section, "kind" | "id">,
): string {
  const base = `/filings/${filing.number}`;
  if (section.kind === "subject") return `${base}/subject`;
  if (section.kind === "cancellation") return `${base}/reason`;
  for (const [index, website] of data.websites.entries()) {
    if (website.id === section.id) return `${base}/websites/${index + 1}`;
    const access = website.accesses.findIndex(({ id }) => id === section.id);
    if (access >= 0) return `${base}/websites/${index + 1}/accesses/${access + 1}`;
  }
  return base;
}

/** The sections of a filing and its materials in the order they are filled in. */
export function sectionTasks(filing: Filing, data: FilingData, findings: readonly Finding[]): SectionTask[] {
  const task = (section: Section, label: string, text: string): SectionTask => {
    const own = findings.filter((finding) => finding.section.id === section.id && !finding.slot);
    return {
      kind: section.kind,
      sectionId: section.id,
      label,
      text,
      href: sectionPath(filing, data, section),
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
    href: `/filings/${filing.number}/materials`,
    ...counts(findings.filter(({ slot }) => slot)),
  };
  return [task(data.subject, "主办单位", textOf(data.subject.values, "name")), ...sites, materials];
}

const counts = (findings: readonly Finding[]) => ({
  errors: findings.filter(({ severity }) => severity === "error").length,
  warnings: findings.filter(({ severity }) => severity === "warning").length,
});
