import { type FormBody, text } from "../lib/form-body.ts";
import { length } from "../lib/text.ts";
import type { Problem } from "../view.ts";
import { UPLOAD_LIMIT } from "./material.ts";

const NOTE = 500;

/** Value of the select: `other-12` names a slot and its section. */
export const placeValue = ({ slot, sectionId }: { slot: string; sectionId: number }): string =>
  `${slot}-${sectionId}`;

/** The slot and section that a form names; undefined for anything else. */
export function readPlace(value: string): { slot: string; sectionId: number } | undefined {
  const [, slot, id] = /^([A-Za-z]{1,30})-(\d{1,15})$/.exec(value) ?? [];
  return slot && id ? { slot, sectionId: Number(id) } : undefined;
}

export type SupplementForm = {
  values: { place: string; note: string };
  place: { slot: string; sectionId: number } | undefined;
  file: File | undefined;
  /** Id of the request of staff that it answers. */
  wanted: number | undefined;
  problems: Problem[];
  /** The file is over the limit: the answer is 413. */
  isTooLong: boolean;
};

/** 补传资料 as the registrant sends it: where it belongs, one picture, a word about it. */
export function readSupplement(body: FormBody): SupplementForm {
  const values = { place: text(body, "place"), note: text(body, "note").trim() };
  const place = readPlace(values.place);
  const wanted = /^\d{1,15}$/.test(text(body, "wanted")) ? Number(text(body, "wanted")) : undefined;
  const picture = [body.picture].flat()[0];
  const file = picture instanceof File && picture.size > 0 ? picture : undefined;
  const isTooLong = file !== undefined && file.size > UPLOAD_LIMIT;
  const problems: Problem[] = [
    ...(place ? [] : [{ field: "place", text: "请选这是什么材料" }]),
    ...(file ? [] : [{ field: "picture", text: "还没有选择图片，请先选一张再上传" }]),
    ...(isTooLong ? [{ field: "picture", text: "图片超过了20 MB，请换一张小一点的" }] : []),
    ...(length(values.note) > NOTE
      ? [{ field: "note", text: `说明最多${NOTE}个字，现在是${length(values.note)}个字` }]
      : []),
  ];
  return { values, place, file, wanted, problems, isTooLong };
}

/** What staff ask for. */
export function readWish(body: FormBody) {
  const wish = text(body, "wish").trim();
  const place = readPlace(text(body, "place"));
  const problems: Problem[] = [
    ...(place ? [] : [{ field: "place", text: "请选要补传的材料" }]),
    ...(wish === ""
      ? [{ field: "wish", text: "请写明要补传什么，有什么要求" }]
      : length(wish) > NOTE
        ? [{ field: "wish", text: `最多${NOTE}个字，现在是${length(wish)}个字` }]
        : []),
  ];
  return { wish, place, problems };
}

/** Why a supplement is not taken in. */
export function readRejection(body: FormBody): { reason: string; problems: Problem[] } {
  const reason = text(body, "reason").trim();
  if (reason === "") return { reason, problems: [{ field: "reason", text: "请写明没有收下的原因" }] };
  if (length(reason) > NOTE)
    return {
      reason,
      problems: [{ field: "reason", text: `原因最多${NOTE}个字，现在是${length(reason)}个字` }],
    };
  return { reason, problems: [] };
}
