import type { PictureFault } from "../vocabulary/filing.ts";
import { fromPixels, type Pixels } from "./engine.ts";

/** Below so many pixels on the long side the small print of a paper cannot be read. */
const SMALL_SIDE = 800;

/**
 * Found on the demo's cards, papers and curtain photos, photographed with 12 megapixels and looked at with 1280 pixels
 * on the long side. `step`: sharp ones have 49–61 (the shrunk ones that browsers send too), blurred by 4 pixels of the
 * camera 28–32 (still legible), by 6 pixels 21–23, by 9 pixels 18. `dark`: the light parts of a well lit picture have
 * 207 and more, with 40 % of the light 83–99. `bright`: the darkest parts have 30–70, of a picture that got 4 times the
 * light 139 and more.
 */
const LIMITS = { step: 26, dark: 110, bright: 140 };

/** Half of the pixels over which a step from dark to light is looked for. */
const REACH = 4;

/** A step of less than so many greys is grain, not an edge. */
const GRAIN = 4;

/** The strongest edges are looked at alone: they are letters and rims, not shadows. */
const STRONGEST = { share: 0.05, least: 200 };

/**
 * What makes a picture hard to read, by its pixels (upright or not, at most 1280 long). `longSide` is that of the
 * picture as it came. Nothing is found wrong with a legible one.
 */
export async function pictureFaults(pixels: Pixels, longSide: number): Promise<PictureFault[]> {
  const grey = await fromPixels(pixels).greyscale().raw().toBuffer();
  const light = brightness(grey);
  const faults: [PictureFault, boolean][] = [
    ["small", longSide < SMALL_SIDE],
    ["dark", light.light < LIMITS.dark],
    ["bright", light.dark > LIMITS.bright],
    ["blurred", edgeStep(grey, pixels) < LIMITS.step],
  ];
  const found = faults.flatMap(([fault, is]) => (is ? [fault] : []));
  // What is too dark or too bright shows no edges either: one cause is said.
  return found.length > 1 ? found.filter((fault) => fault !== "blurred") : found;
}

/** The greys that 0.3 % and 99 % of the pixels do not exceed. */
function brightness(grey: Uint8Array): { dark: number; light: number } {
  const sorted = Uint8Array.from(grey).sort();
  const below = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { dark: below(0.003), light: below(0.99) };
}

/**
 * How abrupt the strongest edges are: the steepest step between neighbours in percent of the whole step, the median of
 * them. Free of how bright and how rich in contrast the picture is, and of grain; 0 where there are no edges.
 */
function edgeStep(grey: Uint8Array, { width, height }: Pixels): number {
  const edges = new Uint32Array(256 * 256);
  let total = 0;
  for (let y = 0; y < height; y += 2)
    for (let x = REACH; x < width - REACH; x += 1) {
      const at = edgeAt(grey, y * width + x);
      if (at === 0) continue;
      edges[at] = (edges[at] ?? 0) + 1;
      total += 1;
    }
  return median(strongestOf(edges, Math.max(STRONGEST.least, total * STRONGEST.share)));
}

type Step = { step: number; count: number };

/** Of edges counted by whole step and steepest rise, the strongest ones, with how much of the step the rise is. */
function strongestOf(edges: Uint32Array, enough: number): Step[] {
  const strongest: Step[] = [];
  let found = 0;
  for (let range = 255; range > 0 && found < enough; range -= 1)
    for (let steepest = 1; steepest <= range; steepest += 1) {
      const count = edges[range * 256 + steepest] ?? 0;
      if (count > 0) strongest.push({ step: (100 * steepest) / range, count });
      found += count;
    }
  return strongest;
}

/** The step that half of them do not exceed; 0 of none. */
function median(steps: readonly Step[]): number {
  let left = steps.reduce((sum, { count }) => sum + count, 0) >> 1;
  for (const { step, count } of [...steps].sort((a, b) => a.step - b.step)) {
    left -= count;
    if (left < 0) return step;
  }
  return 0;
}

/**
 * The edge between a pixel and its right neighbour, where it is the steepest of the three beside it: 256 × the whole
 * step + the steepest rise, which is never 0; 0 where there is none.
 */
function edgeAt(grey: Uint8Array, at: number): number {
  const rise = (from: number): number => Math.abs((grey[from + 1] ?? 0) - (grey[from] ?? 0));
  const steepest = rise(at);
  if (steepest < GRAIN || steepest < rise(at - 1) || steepest < rise(at + 1)) return 0;
  let [low, high] = [255, 0];
  for (let near = at - REACH + 1; near <= at + REACH; near += 1) {
    const value = grey[near] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return (high - low) * 256 + steepest;
}
