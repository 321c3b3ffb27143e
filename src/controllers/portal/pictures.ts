import { inspectPicture } from "../../documents/picture.ts";
import { isPictureProblem, pictureProblemText } from "../../documents/picture-problem.ts";
import { controlIds, shownName } from "../../forms/material.ts";
import { packSides } from "../../models/material/sides.ts";
import type { Place } from "../../models/material/slots.ts";
import type { Problem } from "../../view.ts";

/** The bytes to keep, undefined when no file was sent; or what speaks against a file, beside its control. */
export type Pictures = { bytes: Uint8Array | undefined; problems: Problem[] };

/** Reads the files of a slot's form and judges them by their bytes; two are front and back of one card. */
export async function readPictures(files: readonly File[], place: Place): Promise<Pictures> {
  const field = controlIds(place).picture;
  const read = files.map(async (file) => new Uint8Array(await file.arrayBuffer()));
  const pictures = await Promise.all(read);
  const problems = pictures.flatMap((bytes, index) => {
    const found = inspectPicture(bytes);
    if (!isPictureProblem(found)) return [];
    const name = shownName(files[index]?.name ?? "");
    return [{ field, text: `没有收下“${name}”：${pictureProblemText(found)}。其他内容没有变` }];
  });
  const [front, back] = pictures;
  return { bytes: front && back ? packSides(front, back) : front, problems };
}

/** What a person reads of a picture whose copies could not be made, by the code that the row keeps. */
export const failureText = (code: string | null): string =>
  code === "expired"
    ? "图片没有按时处理完，原图已经删除，请重新上传。"
    : `${pictureProblemText({ code: "broken" })}。`;
