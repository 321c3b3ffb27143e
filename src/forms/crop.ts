import { type FormBody, text } from "../lib/form-body.ts";
import type { Problem } from "../view.ts";

/** Edges in the order in which they are kept, with the names of the controls. */
export const cropEdges = [
  { key: "left", label: "左边" },
  { key: "top", label: "上边" },
  { key: "right", label: "右边" },
  { key: "bottom", label: "下边" },
] as const;

export type CropForm = {
  values: Record<string, string>;
  /** Percent cut off at the left, top, right and bottom; undefined while something is wrong. */
  crop: [number, number, number, number] | undefined;
  problems: Problem[];
};

/** At least so much of the width and the height stays, in percent, and so many pixels of the longer one. */
const LEAST = 10;
const LEAST_PIXELS = 300;

export const noCrop: CropForm["values"] = { left: "0", top: "0", right: "0", bottom: "0" };

/** Reads how much is cut off a picture of these pixels. An empty control cuts nothing. */
export function readCrop(body: FormBody, { width, height }: { width: number; height: number }): CropForm {
  const typed = cropEdges.map(({ key }) => [key, text(body, key).normalize("NFKC").trim() || "0"] as const);
  const values = Object.fromEntries(typed);
  const problems: Problem[] = cropEdges.flatMap(({ key, label }) =>
    /^\d{1,2}$/.test(values[key] ?? "")
      ? []
      : [{ field: key, text: `${label}剪掉多少请填0到90的整数，单位是百分之一` }],
  );
  const [left = 0, top = 0, right = 0, bottom = 0] = typed.map(([, value]) => Number(value));
  if (problems.length === 0) problems.push(...wholeProblems([left, top, right, bottom], width, height));
  return { values, problems, crop: problems.length === 0 ? [left, top, right, bottom] : undefined };
}

function wholeProblems(
  [left, top, right, bottom]: readonly [number, number, number, number],
  width: number,
  height: number,
): Problem[] {
  const [across, down] = [100 - left - right, 100 - top - bottom];
  if (left + top + right + bottom === 0)
    return [{ field: "left", text: "还没有剪掉什么，请至少在一边填上数字" }];
  if (across < LEAST) return [{ field: "left", text: "左右剪得太多，剩下的不到一成，请少剪一些" }];
  if (down < LEAST) return [{ field: "top", text: "上下剪得太多，剩下的不到一成，请少剪一些" }];
  if (Math.max((width * across) / 100, (height * down) / 100) < LEAST_PIXELS)
    return [{ field: "left", text: "剩下的太小，字会看不清，请少剪一些，或者靠近重拍" }];
  return [];
}
