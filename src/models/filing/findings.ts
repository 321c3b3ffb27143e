import { isoDate } from "../../lib/dates.ts";
import { check } from "../../rules/index.ts";
import type { Finding, RuleContext } from "../../rules/types.ts";
import { filedDomain } from "../../vocabulary/domain.ts";
import type { FilingData, Values } from "../../vocabulary/filing.ts";
import { inCodesOf } from "../code-table/in-force.ts";
import { usedElsewhere } from "../evidence/elsewhere.ts";
import { idsSeenElsewhere } from "../material/likeness.ts";
import { readMaterials } from "../material/read-text.ts";
import { currentMaterials } from "../material/rows.ts";
import { ruleInForce } from "../province-rule/in-force.ts";
import { filedOf } from "../record/filed.ts";
import { onRecord } from "../record/on-record.ts";
import type { Store } from "../store.ts";
import { wordsInForce } from "../word-list/in-force.ts";
import { certificateHold, domainHold, type Hold, heldByOthers, recordHold } from "./holds.ts";
import { kindFindings } from "./kind-findings.ts";
import type { Filing } from "./rows.ts";
import { arrange, sectionsOf } from "./sections.ts";

/** The filing as the rules read it. */
export async function filingData(store: Store, filing: Filing): Promise<FilingData> {
  const [sections, rows, seen, filed, texts] = await Promise.all([
    sectionsOf(store, filing),
    currentMaterials(store.db, filing.id),
    idsSeenElsewhere(store.db, filing.id),
    filing.subjectId === null ? undefined : filedOf(store.db, filing.subjectId),
    readMaterials(store, filing),
  ]);
  const materials = rows.map((row) => {
    const read = texts.find(({ id }) => id === row.id)?.read;
    return { ...row, seenElsewhere: seen.has(row.id), ...(read && { read }) };
  });
  return { kind: filing.kind, scope: filing.scope, ...arrange(sections), materials, ...(filed && { filed }) };
}

/**
 * What a filing must hold alone: its subject's certificate, the subject on record that it works on, and every domain. A
 * line that is no domain holds nothing.
 */
export function holdsOf({ subject, websites }: Pick<FilingData, "subject" | "websites">): Hold[] {
  const { certType, certNo } = subject.values;
  const lines = websites.flatMap(({ values }) => listOf(values, "domains"));
  const domains = lines.flatMap((line) => filedDomain(line, subject.values.nature) ?? []);
  const certificate = certType && certNo ? [certificateHold(String(certType), String(certNo))] : [];
  const record = subject.recordId ? [recordHold(subject.recordId)] : [];
  return [...certificate, ...record, ...[...new Set(domains)].map(domainHold)];
}

export const listOf = (values: Values, key: string): string[] => {
  const value = values[key] ?? [];
  return (Array.isArray(value) ? value : [value]).map((line) => line.trim()).filter((line) => line !== "");
};

/** All that the rules must know besides the filing. */
export async function ruleContext(store: Store, filing: Filing, data: FilingData): Promise<RuleContext> {
  const { db } = store;
  const province = await ruleInForce(db, filing.ispId, filing.province);
  const ipRanges = await db<{ first: string; last: string }[]>`
    select host(first_ip) as first, host(last_ip) as last from isp_ip_ranges where isp_id = ${filing.ispId}`;
  const [isp] = await db<
    { name: string; today: Date }[]
  >`select name, now() as today from isps where id = ${filing.ispId}`;
  const holds = holdsOf(data);
  const conflicts = await heldByOthers(store, filing, holds);
  // After the holds: a filing that is numbered in between is then seen as the one or as the other.
  const recorded = await onRecord(store, filing, holds);
  return {
    province,
    ipRanges,
    today: isoDate(isp?.today ?? new Date()),
    openConflicts: byKind(conflicts),
    onRecord: byKind(recorded),
    ispName: isp?.name ?? "",
    words: await wordsInForce(db, filing.ispId),
    elsewhere: await usedElsewhere(store, filing, data, holds),
  };
}

const byKind = (holds: readonly Hold[]): RuleContext["openConflicts"] => ({
  certificate: holds.some(({ kind }) => kind === "certificate"),
  domains: holds.filter(({ kind }) => kind === "domain").map(({ value }) => value),
});

/** All findings of a filing as it is now, with what they were found on. */
export async function findingsOf(
  store: Store,
  filing: Filing,
): Promise<{ data: FilingData; context: RuleContext; findings: Finding[] }> {
  const data = await filingData(store, filing);
  const context = await ruleContext(store, filing, data);
  const { ispId, province } = filing;
  const found = await inCodesOf(store.db, { ispId, about: { province } }, () => check(data, context));
  const findings = [...found, ...(await kindFindings(store.db, filing, data))];
  return { data, context, findings };
}
