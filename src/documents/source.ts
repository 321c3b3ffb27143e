import type { Sharp } from "sharp";
import { fromPixels, type Pixels, sharp, toPixels } from "./engine.ts";
import { type Turns, turnsOf, upright } from "./orientation.ts";
import { MAX_PIXELS, type PictureProblem } from "./picture-problem.ts";

/** An inspected file and what brings it upright. Each copy is decoded from it anew: a decoder that shrinks while it
 * reads costs less, in time and memory, than keeping all pixels of a photo. */
export type Source = { bytes: Uint8Array; turns: Turns; box?: Box | undefined };

/** What is cut off at the left, top, right and bottom, in percent of the picture as it is stored, before it is turned. */
export type Crop = readonly [left: number, top: number, right: number, bottom: number];

type Box = { left: number; top: number; width: number; height: number };

/** A JPEG and its size in pixels. */
export type FullCopy = { jpeg: Buffer; width: number; height: number };

/** Longest side of the full copy in pixels: a 12-megapixel photo as it is, more than any reviewer's screen. */
const FULL_SIDE = 4000;

/** Without optimised codes the file is a tenth larger and takes half of the time. */
const FULL_JPEG = { quality: 85, optimiseCoding: false };

/** How much a decoder lets pass: `warning` nothing, `error` the odd but harmless headers that some phones write. */
type FailOn = "warning" | "error";

/** Only the first frame counts. */
const opened = (bytes: Uint8Array, failOn: FailOn = "error"): Sharp =>
  sharp(bytes, { failOn, limitInputPixels: MAX_PIXELS, pages: 1 });

/** The part of the picture that is kept. */
const decoder = ({ bytes, box }: Source, failOn?: FailOn): Sharp =>
  box ? opened(bytes, failOn).extract(box) : opened(bytes, failOn);

/** The pixels that a crop leaves, at least one each way. */
export function boxOf([left, top, right, bottom]: Crop, width: number, height: number): Box {
  const part = (percent: number, of: number) => Math.min(Math.floor((of * percent) / 100), of - 1);
  const [x, y] = [part(left, width), part(top, height)];
  return {
    ...{ left: x, top: y },
    width: Math.max(1, width - x - part(right, width)),
    height: Math.max(1, height - y - part(bottom, height)),
  };
}

const within = (side: number) =>
  ({ width: side, height: side, fit: "inside", withoutEnlargement: true }) as const;

/** What a person wants of a picture besides the camera's own orientation: turned clockwise by quarters, cut off. */
export type Changes = { quarterTurns?: number | undefined; crop?: Crop | undefined };

/** Reads how the camera was held; `quarterTurns` are the person's own turns, clockwise, after that. */
async function openSource(bytes: Uint8Array, { quarterTurns = 0, crop }: Changes): Promise<Source> {
  const { orientation, width, height } = await opened(bytes).metadata();
  const turns = turnsOf(orientation ?? 1, quarterTurns);
  return { bytes, turns, box: crop && boxOf(crop, width, height) };
}

/** The full copy, upright: a JPEG and its size. */
async function fullCopy(source: Source, failOn: FailOn): Promise<FullCopy> {
  const { turns } = source;
  const flat = decoder(source, failOn)
    .resize(within(FULL_SIDE))
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb");
  const { data, info } = await upright(flat, turns).jpeg(FULL_JPEG).toBuffer({ resolveWithObject: true });
  return { jpeg: data, width: info.width, height: info.height };
}

/** Upright pixels at most `side` long. Shrunk before they are turned: turning a whole photo takes longer than reading it. */
export async function pixelsOf(source: Source, side: number): Promise<Pixels> {
  const { turns } = source;
  const pixels = await toPixels(decoder(source).resize(within(side)));
  return turns.mirror || turns.quarter ? toPixels(upright(fromPixels(pixels), turns)) : pixels;
}

/** Said of a JPEG of which the lower part would come out grey. */
const CUT_OFF = /premature end/;

/**
 * Opens a file and decodes all of it once. What only the decoder finds wrong is `broken`: libvips has no classes of
 * errors, and whatever it is, the person needs another file.
 */
export async function readSource(
  bytes: Uint8Array,
  changes: Changes = {},
): Promise<{ source: Source; full: FullCopy } | PictureProblem> {
  try {
    const source = await openSource(bytes, changes);
    return { source, full: await wholeCopy(source) };
  } catch {
    return { code: "broken" };
  }
}

/** The full copy, decoded strictly, then once more leniently unless a part of the picture is missing. */
async function wholeCopy(source: Source): Promise<FullCopy> {
  try {
    return await fullCopy(source, "warning");
  } catch (error) {
    if (CUT_OFF.test(String(error))) throw error;
    return fullCopy(source, "error");
  }
}
