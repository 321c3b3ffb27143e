import sharp, { type Sharp } from "sharp";

/**
 * The one place where sharp is set up. Nothing is cached (pictures differ, and what they show is personal) and one
 * picture uses one thread, so a process with many uploads stays small.
 */
sharp.cache(false);
sharp.concurrency(1);

/** Pixels as they lie in memory: 8 bits a channel, three channels, sRGB. */
export type Pixels = { data: Buffer; width: number; height: number };

/** A pipeline over pixels in memory. */
export const fromPixels = ({ data, width, height }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels: 3 } });

/** Runs a pipeline to pixels: transparent parts on white, any colour space turned to sRGB. */
export async function toPixels(pipeline: Sharp): Promise<Pixels> {
  const flat = pipeline.flatten({ background: "#ffffff" }).toColourspace("srgb");
  const { data, info } = await flat.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected three channels, got ${info.channels}`);
  return { data, width: info.width, height: info.height };
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs heavy picture work one at a time in this process: the memory of one picture is then the memory of all.
 * Gives what `work` gives, and its failure.
 */
export function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const result = last.then(work);
  last = result.catch(() => undefined);
  return result;
}

export { sharp };
