import { addMonths, isDate } from "../lib/dates.ts";

/** Something to correct: `field` is the id of the control. */
type Problem = { field: string; text: string };

/** What a picture may weigh as it comes (20 MB), before it is shrunk. */
export const UPLOAD_LIMIT = 20 * 1024 * 1024;

/** The form of one slot as it was sent: none, one or two pictures (正面, 反面), and for 核验单 the 签字日期. */
export type MaterialForm = {
  /** In the order of the controls; a control left empty is not here. */
  files: File[];
  /** YYYY-MM-DD; null when it was left empty or is no date. */
  formSignedOn: string | null;
  requestId: string;
  problems: Problem[];
  /** A file is over the limit: the answer is 413. */
  isTooLong: boolean;
};

/** Ids of the controls of a slot. */
export const controlIds = (place: { slot: string; sectionId: number }) => ({
  picture: `f-${place.slot}-${place.sectionId}`,
  back: `b-${place.slot}-${place.sectionId}`,
  signedOn: `d-${place.slot}-${place.sectionId}`,
});

/** Reads the form of a slot. `today` is the day in Shanghai, YYYY-MM-DD: nobody signs tomorrow. */
export function readMaterialForm(
  body: Readonly<Record<string, unknown>>,
  place: { slot: string; sectionId: number },
  today: string,
): MaterialForm {
  const ids = controlIds(place);
  const files = [body.picture, body.back].flatMap(filesOf);
  const day = place.slot === "form" ? textOf(body.formSignedOn) : "";
  const problems = [
    ...dayProblems(day, ids.signedOn, today),
    ...files.flatMap((file) => fileProblems(file, ids.picture)),
  ];
  if (files.length === 0 && day === "" && problems.length === 0)
    problems.push({ field: ids.picture, text: "还没有选择图片，请先选一张再上传" });
  return {
    files,
    formSignedOn: isDate(day) ? day : null,
    requestId: textOf(body.requestId),
    problems,
    isTooLong: files.some(({ size }) => size > UPLOAD_LIMIT),
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

/** A control that was left empty sends a file without a name. */
const filesOf = (value: unknown): File[] =>
  [value].flat().filter((one): one is File => one instanceof File && (one.name !== "" || one.size > 0));

function dayProblems(day: string, field: string, today: string): Problem[] {
  if (day === "") return [];
  if (!isDate(day)) return [{ field, text: "签字日期应写成2026-11-20这样，请重新填写" }];
  if (day > today) return [{ field, text: "签字日期还没有到，请按核验单上写的日期填写" }];
  if (addMonths(day, 3) < today) return [{ field, text: "核验单签字已超过3个月，请重新签字，再拍照上传" }];
  return [];
}

function fileProblems(file: File, field: string): Problem[] {
  const name = shownName(file.name);
  if (/[/\\]/.test(file.name)) return [{ field, text: `没有收下“${name}”：文件名里有路径，请改名后再传` }];
  if (file.size === 0) return [{ field, text: `没有收下“${name}”：文件是空的，请重新选择图片` }];
  if (file.size > UPLOAD_LIMIT)
    return [{ field, text: `没有收下“${name}”：图片超过了20 MB，请换一张小一点的。其他内容没有变` }];
  return [];
}

/** The last part of a file's name, short enough for a sentence and without characters that cannot be seen. */
export function shownName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const clean = last.replace(/\p{C}/gu, "").trim() || "未命名";
  return clean.length > 40 ? `${clean.slice(0, 24)}…${clean.slice(-12)}` : clean;
}
