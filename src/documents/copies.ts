import { fromPixels, type Pixels, toPixels } from "./engine.ts";

/** Sizes tried for the bureau's copy: long side in pixels and the quality below which the next smaller one reads better. */
const STEPS: Array<{ side: number; quality: number }> = [
  { side: 1920, quality: 62 },
  { side: 1600, quality: 50 },
  { side: 1280, quality: 36 },
  { side: 1024, quality: 18 },
  { side: 800, quality: 12 },
  { side: 640, quality: 8 },
  { side: 480, quality: 5 },
  { side: 320, quality: 3 },
  { side: 160, quality: 1 },
];

/** Long side in pixels of what the small copies are made of, where the bureau's needs no more. */
export const WORKING_SIDE = 1280;

/** Encoded once to see how much detail there is. */
const PROBE = { side: 1024, quality: 40 };
const BEST_QUALITY = 85;

/** How the bytes grow with the side and shrink with the quantiser's step, as seen on photographed papers. */
const SIDE_EXPONENT = 1.45;
const STEP_EXPONENT = 0.5;

/** A result between these shares of the limit is good enough; a first guess aims between them. */
const ENOUGH = 0.86;
const AIM = 0.94;
const TRIES = 4;

/** libjpeg's scale of its quantisation table for a quality of 1–100 (jcparam.c), and back. */
const stepOf = (quality: number): number => (quality < 50 ? 5000 / quality : 200 - 2 * quality);
const qualityOf = (step: number): number => Math.floor(step > 100 ? 5000 / step : (200 - step) / 2);

/** Progressive with ImageMagick's table: a decibel better than plain JPEG at the same bytes, for no time. */
const encode = (pixels: Pixels, quality: number): Promise<Buffer> =>
  fromPixels(pixels).jpeg({ quality, progressive: true, quantisationTable: 3 }).toBuffer();

const longSide = ({ width, height }: Pixels): number => Math.max(width, height);

const shrunkTo = (pixels: Pixels, side: number): Promise<Pixels> =>
  longSide(pixels) <= side
    ? Promise.resolve(pixels)
    : toPixels(fromPixels(pixels).resize(side, side, { fit: "inside" }));

/** The steps for a picture of this size: the first is the picture as it is, never enlarged. */
const stepsFor = (long: number): typeof STEPS =>
  STEPS.filter((_, index) => (STEPS[index + 1]?.side ?? 0) < long).map((step) => ({
    ...step,
    side: Math.min(step.side, long),
  }));

/** The quality that should give `wanted` bytes where `quality` gave `bytes`. */
function predict(quality: number, bytes: number, wanted: number, exponent = STEP_EXPONENT): number {
  const step = stepOf(quality) * (bytes / wanted) ** (1 / exponent);
  return Math.max(1, Math.min(BEST_QUALITY, qualityOf(step)));
}

/**
 * The bureau's copy: a JPEG of at most `limitBytes`, as large and as sharp as fits. Size and quality are predicted from
 * one cheap encoding and corrected by what the guess really weighed; no search over all qualities.
 * `pixels` are at most `WORKING_SIDE` long; `larger` gives them again where a clean page leaves room for more.
 */
export async function bureauCopy(
  pixels: Pixels,
  limitBytes: number,
  larger: (side: number) => Promise<Pixels>,
): Promise<Buffer> {
  const bytesAt = await probe(pixels);
  const largest = longSide(pixels) < WORKING_SIDE ? longSide(pixels) : Number.POSITIVE_INFINITY;
  for (const { side, quality: least } of stepsFor(largest)) {
    const first = predict(PROBE.quality, bytesAt(side), limitBytes * AIM);
    if (first < least) continue;
    const sized = side > WORKING_SIDE ? await larger(side) : await shrunkTo(pixels, side);
    const fitted = await fitQuality(sized, first, limitBytes);
    if (fitted) return fitted;
  }
  throw new Error(`no JPEG of this picture fits ${limitBytes} bytes`);
}

/** How many bytes the picture should take at the probe's quality, by its long side. */
async function probe(pixels: Pixels): Promise<(side: number) => number> {
  const small = await shrunkTo(pixels, PROBE.side);
  const { length } = await encode(small, PROBE.quality);
  return (side) => length * (side / longSide(small)) ** SIDE_EXPONENT;
}

/** Corrects the quality by what came out, at most four times. Undefined when nothing came below the limit. */
async function fitQuality(pixels: Pixels, first: number, limitBytes: number): Promise<Buffer | undefined> {
  let best: Buffer | undefined;
  let quality = first;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const result = await encode(pixels, quality);
    if (result.length <= limitBytes && result.length > (best?.length ?? 0)) best = result;
    const enough = result.length > limitBytes * ENOUGH || quality === BEST_QUALITY;
    if (result.length <= limitBytes && enough) return result;
    const next = predict(quality, result.length, limitBytes * AIM);
    if (next === quality) return best;
    quality = next;
  }
  return best;
}

/** The thumbnail's long side in pixels, its most bytes, and the qualities tried in order. */
const THUMBNAIL = { side: 256, limitBytes: 12 * 1024, qualities: [65, 45, 25, 8] };

/** The thumbnail: a JPEG, which every browser in use can show, of at most 12 KB. */
export async function thumbnailCopy(pixels: Pixels): Promise<Buffer> {
  const small = await shrunkTo(pixels, THUMBNAIL.side);
  let result: Buffer = Buffer.alloc(0);
  for (const quality of THUMBNAIL.qualities) {
    result = await encode(small, quality);
    if (result.length <= THUMBNAIL.limitBytes) break;
  }
  return result;
}
