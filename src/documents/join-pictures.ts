import { fromPixels, oneAtATime, type Pixels, sharp, toPixels } from "./engine.ts";
import { inspectPicture } from "./picture.ts";
import { isPictureProblem, type PictureProblem } from "./picture-problem.ts";
import { pixelsOf, readSource } from "./source.ts";

/** Which of the two pictures was refused. */
export type JoinProblem = PictureProblem & { side: "front" | "back" };

/** Long side in pixels at which each half is taken, and the white between them. */
const HALF_SIDE = 1600;
const GAP = 24;

/**
 * 身份证正反面合成: one picture with the front above the back, equally wide, upright, on white. Gives a JPEG that then
 * goes the way of every picture (`preparePicture`), or which of the two was refused and why.
 */
export async function joinPictures(front: Uint8Array, back: Uint8Array): Promise<Buffer | JoinProblem> {
  return oneAtATime(async () => {
    const above = await halfOf(front);
    if (isPictureProblem(above)) return { ...above, side: "front" };
    const below = await halfOf(back);
    if (isPictureProblem(below)) return { ...below, side: "back" };
    const width = Math.min(above.width, below.width);
    return stack(await asWideAs(above, width), await asWideAs(below, width));
  });
}

async function halfOf(bytes: Uint8Array): Promise<Pixels | PictureProblem> {
  const inspected = inspectPicture(bytes);
  if (isPictureProblem(inspected)) return inspected;
  const read = await readSource(bytes);
  return isPictureProblem(read) ? read : pixelsOf(read.source, HALF_SIDE);
}

const asWideAs = (pixels: Pixels, width: number): Promise<Pixels> =>
  toPixels(fromPixels(pixels).resize({ width }));

function stack(above: Pixels, below: Pixels): Promise<Buffer> {
  const height = above.height + GAP + below.height;
  const layer = ({ data, width, height }: Pixels, top: number) => ({
    input: data,
    raw: { width, height, channels: 3 as const },
    ...{ top, left: 0 },
  });
  return sharp({ create: { width: above.width, height, channels: 3, background: "#ffffff" } })
    .composite([layer(above, 0), layer(below, above.height + GAP)])
    .jpeg({ quality: 92 })
    .toBuffer();
}
