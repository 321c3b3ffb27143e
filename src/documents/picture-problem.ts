/** Why a file is not taken as a picture. */
export type PictureProblem =
  | { code: "empty" }
  | { code: "too-large"; megabytes: number }
  | { code: "wrong-kind"; name: string }
  | { code: "not-a-picture" }
  | { code: "broken" }
  | { code: "too-many-pixels"; width: number; height: number }
  | { code: "too-small"; width: number; height: number };

export type PictureProblemCode = PictureProblem["code"];

/** Largest file taken, in bytes (20 MB). */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024;

/** Most pixels taken; the largest common phone photo, 8192 × 6144, fits. A decoder may need three bytes for each. */
export const MAX_PIXELS = 52_000_000;

/** Below this many pixels on the long side no paper can be read. */
export const MIN_LONG_SIDE = 300;

const TAKEN = "这里只收图片（JPG、PNG、WebP）";

/** What to do about a kind that is not taken, where there is more to say than “take a photo of it”. */
const ADVICE: Record<string, string> = {
  HEIC照片: "请在手机的相机设置里把格式改为“兼容性最佳”后重新拍，或者截图后再传",
  压缩文件: "请解压后，把里面的图片一张一张地传",
  视频文件: "请拍成照片后再传",
  GIF动图: "请截图或拍照后再传",
};

const TEXTS: { [Code in PictureProblemCode]: (problem: Extract<PictureProblem, { code: Code }>) => string } =
  {
    empty: () => "这个文件是空的，请重新选择图片",
    "too-large": ({ megabytes }) =>
      `图片有${megabytes} MB，最大20 MB，请换一张小一些的，或者用手机重新拍一张`,
    "wrong-kind": ({ name }) => `这是${name}，${TAKEN}，${ADVICE[name] ?? "请截图或拍照后再传"}`,
    "not-a-picture": () => `这个文件不是图片，${TAKEN}，请重新选择或拍照后再传`,
    broken: () => "图片不完整，打不开，可能没有存好或没有传完，请重新选择，或者重新拍一张",
    "too-many-pixels": ({ width, height }) =>
      `图片有${width}×${height}像素，太大了，请用手机的普通模式重新拍，或者截图后再传`,
    "too-small": ({ width, height }) =>
      `图片只有${width}×${height}像素，字会看不清，请换一张更大的，或者重新拍一张`,
  };

/** The sentence for the person who sent the file: what is wrong and what to do, without a full stop. */
export function pictureProblemText(problem: PictureProblem): string {
  const text = TEXTS[problem.code] as (problem: PictureProblem) => string;
  return text(problem);
}

/** Tells a refusal from a result. */
export const isPictureProblem = (value: object): value is PictureProblem => "code" in value;
