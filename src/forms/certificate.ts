import { type FormBody, text } from "../lib/form-body.ts";
import { length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";
import { cleanDay, isValidity } from "../vocabulary/validity.ts";
import { UPLOAD_LIMIT } from "./material.ts";

const LONGEST = { note: 100, holder: 100 } as const;

/** What its owner says of a certificate: 类型, 证件说明, 持有人, 有效期至 (YYYY-MM-DD, 长期 or ""). */
export type CertificateValues = { kind: string; note: string; holder: string; validUntil: string };

export type CertificateForm = {
  values: CertificateValues;
  /** None, one or two pictures (正面, 反面). */
  files: File[];
  problems: Problem[];
  isTooLong: boolean;
};

/** Reads a certificate's form. `kinds` are those that there are; a new certificate needs a picture. */
export function readCertificate(
  body: FormBody,
  { kinds, isNew }: { kinds: readonly string[]; isNew: boolean },
): CertificateForm {
  const typed = (field: string) => normalise(text(body, field));
  const values = {
    ...{ kind: text(body, "kind"), note: typed("note"), holder: typed("holder") },
    validUntil: cleanDay(text(body, "validUntil")),
  };
  const files = [body.picture, body.back].flat().filter(isFile);
  const isTooLong = files.some(({ size }) => size > UPLOAD_LIMIT);
  const problems: Problem[] = [
    ...(kinds.includes(values.kind) ? [] : [{ field: "kind", text: "请选这是什么证件" }]),
    ...tooLong("note", "证件说明", values.note),
    ...tooLong("holder", "持有人", values.holder),
    ...dayProblems(values.validUntil),
    ...(isNew && files.length === 0 ? [{ field: "picture", text: "还没有选择图片，请先选一张再保存" }] : []),
    ...(isTooLong ? [{ field: "picture", text: "图片超过了20 MB，请换一张小一点的" }] : []),
  ];
  return { values, files, problems, isTooLong };
}

/** A control that was left empty sends a file without a name. */
const isFile = (one: unknown): one is File => one instanceof File && (one.name !== "" || one.size > 0);

function tooLong(field: keyof typeof LONGEST, label: string, value: string): Problem[] {
  if (length(value) <= LONGEST[field]) return [];
  return [{ field, text: `${label}最多${LONGEST[field]}个字，现在是${length(value)}个字` }];
}

const dayProblems = (day: string): Problem[] =>
  day === "" || isValidity(day)
    ? []
    : [{ field: "validUntil", text: "有效期请写成2035-01-02这样的日期，长期有效的写“长期”" }];
