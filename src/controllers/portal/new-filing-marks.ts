import { type NewFilingForm, newFilingFindings, subjectValues } from "../../forms/new-filing.ts";
import { rewriting } from "../../forms/spelling.ts";
import { isoDate } from "../../lib/dates.ts";
import { type FormBody, text } from "../../lib/form-body.ts";
import { type FieldMarks, markOf, stampOf } from "./section-marks.ts";

const FIELDS = ["nature", "certType", "certNo", "domain"] as const;

/** What is said of the fields of the check that hold something, while the form is filled in; see `freshMarks`. */
export function newFilingMarks(form: NewFilingForm, body: FormBody, shown: readonly string[]): FieldMarks[] {
  const findings = newFilingFindings(form, isoDate(new Date())).filter(
    ({ severity, confirmable }) => severity !== "check" || confirmable === true,
  );
  const values = subjectValues(form);
  return FIELDS.flatMap((key) => {
    const own = form[key] === "" ? [] : findings.filter(({ field }) => field === key);
    const marks = own.map((finding) => markOf(finding, values));
    const stamp = stampOf(marks);
    const other = rewriting(key, text(body, key), form[key]);
    const before = shown.find((one) => one.split(".")[0] === key);
    if (!other && before === (stamp && `${key}.${stamp}`)) return [];
    if (!other && before === undefined && stamp === "") return [];
    return [{ key, marks, stamp, told: other?.told ? other.to : undefined, to: other?.to }];
  });
}
