import type { Sharp } from "sharp";

/** Mirrored left to right first, then turned clockwise by quarters. */
export type Turns = { mirror: boolean; quarter: number };

/** EXIF tag 0x0112 (EXIF 2.32, table 4): what brings a picture stored with this value upright. */
const ORIENTATIONS: Record<number, Turns> = {
  1: { mirror: false, quarter: 0 },
  2: { mirror: true, quarter: 0 },
  3: { mirror: false, quarter: 2 },
  4: { mirror: true, quarter: 2 },
  5: { mirror: true, quarter: 3 },
  6: { mirror: false, quarter: 1 },
  7: { mirror: true, quarter: 1 },
  8: { mirror: false, quarter: 3 },
};

/** The camera's orientation and the person's own quarter turns (clockwise) in one; an unknown value counts as upright. */
export function turnsOf(orientation: number, quarterTurns: number): Turns {
  const { mirror, quarter } = ORIENTATIONS[orientation] ?? { mirror: false, quarter: 0 };
  return { mirror, quarter: (((quarter + quarterTurns) % 4) + 4) % 4 };
}

/** Adds the turns to a pipeline (sharp mirrors before it rotates, whatever the order of the calls). */
export function upright(pipeline: Sharp, { mirror, quarter }: Turns): Sharp {
  const mirrored = mirror ? pipeline.flop() : pipeline;
  return quarter === 0 ? mirrored : mirrored.rotate(quarter * 90);
}
