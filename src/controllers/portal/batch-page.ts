import type { RowFinding } from "../../models/batch/read.ts";
import type { Batch, BatchFiling } from "../../models/batch/rows.ts";

/** More than this a page does not show; the report has all of it. */
const MOST_FILINGS = 40;
const MOST_FINDINGS = 60;

const stateWords: Record<BatchFiling["state"], { text: string; tone: string }> = {
  bad: { text: "不能生成", tone: "bad" },
  ready: { text: "可以生成", tone: "" },
  done: { text: "已生成", tone: "ok" },
  failed: { text: "没有生成", tone: "bad" },
};

const countOf = (filings: readonly BatchFiling[], state: BatchFiling["state"]): number =>
  filings.filter((one) => one.state === state).length;

/** Everything that the page of a batch shows. */
export function batchPage({ id, state }: Batch, filings: readonly BatchFiling[]) {
  const findings = filings.flatMap(({ kept }) => kept.findings);
  const errors = findings.filter(({ severity }) => severity === "error");
  return {
    ...{ id, state },
    counts: {
      rows: filings.reduce((sum, { kept }) => sum + kept.websites.length, 0),
      filings: filings.length,
      bad: countOf(filings, "bad"),
      ready: countOf(filings, "ready"),
      done: countOf(filings, "done"),
      failed: countOf(filings, "failed"),
      wrongRows: new Set(errors.map(({ row }) => row)).size,
    },
    filings: filings.slice(0, MOST_FILINGS).map(({ kept, ...one }) => ({
      ...{ row: one.row, name: one.name, domains: one.domains.slice(0, 3), count: one.domains.length },
      ...{ number: one.number, failure: one.failure, status: stateWords[one.state] },
      kind: kept.kind === "add" ? "新增网站" : "首次备案",
    })),
    findings: findings.slice(0, MOST_FINDINGS),
    more: { filings: filings.length > MOST_FILINGS, findings: findings.length > MOST_FINDINGS },
  };
}

const severityWords: Record<RowFinding["severity"], string> = { error: "要改", warning: "请核对" };

/** The report as a table: a line for each finding, and one for each filing that has none. */
export function reportRows(filings: readonly BatchFiling[]): string[][] {
  const lines = filings.flatMap((one) => {
    const state = stateWords[one.state].text;
    const of = (row: number): string[] => [String(row), one.name, one.domains.join("、"), state];
    const whole = [...of(one.row), one.number ?? "", "", "", one.failure ?? ""];
    const found = one.kept.findings.map(({ row, column, message, severity }) => [
      ...of(row),
      ...[one.number ?? "", severityWords[severity], column, message],
    ]);
    return one.failure || found.length === 0 ? [whole, ...found] : found;
  });
  return [["行", "主办单位", "域名", "结果", "备案单号", "程度", "列", "说明"], ...lines];
}
