import type { ReportLine } from "./check-report.ts";
import type { SectionTask } from "./section-tasks.ts";

/** What the report says of one page of the filing. */
export type ReportPage = {
  label: string;
  href: string;
  lines: ReportLine[];
  /** How many places must be corrected, and how many are to be looked at. */
  errors: number;
  warnings: number;
};

/** From so many on, what is only empty is told in one line: a new filing would fill pages otherwise. */
const MANY = 3;

/** The report by page, in the order of the pages; pages without a line are left out. */
export function reportPages(
  lines: readonly ReportLine[],
  tasks: readonly SectionTask[],
  photo: string,
): ReportPage[] {
  const pages = [...tasks, { label: "真实性核验", href: photo }];
  return pages.flatMap(({ label, href }, at) => {
    const own = lines.filter(({ seat }) => seat.page === at);
    const of = (severity: ReportLine["severity"]) => own.filter((line) => line.severity === severity);
    const [errors, warnings] = [of("error"), of("warning")];
    if (own.length === 0) return [];
    const shown = gathered([...errors, ...warnings]);
    return [{ label, href, lines: shown, errors: errors.length, warnings: warnings.length }];
  });
}

function gathered(lines: readonly ReportLine[]): ReportLine[] {
  return lines.flatMap((line) => {
    const like = lines.filter(({ kind }) => kind !== undefined && kind.id === line.kind?.id);
    if (!line.kind || like.length < MANY) return [line];
    if (like[0] !== line) return [];
    const links = like.map(({ label, href }) => ({ label, href }));
    return [{ ...line, label: line.kind.label, text: line.kind.text(links.length), source: "", links }];
  });
}

/** The first line behind a place; undefined where nothing follows. */
export const lineAfter = (
  lines: readonly ReportLine[],
  page: number,
  order: number,
): ReportLine | undefined =>
  lines.find(({ seat }) => seat.page > page || (seat.page === page && Math.floor(seat.order) > order));
