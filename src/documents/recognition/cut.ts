import { sharp } from "../engine.ts";
import type { Grey } from "./ink.ts";
import type { Piece } from "./lines.ts";

/** The model was taught on lines of about this height: letters with some air above and below. */
const LETTER = 36;
const AIR = 0.25;

/** Pixels before the first letter and after the last, in heights of a letter. */
const ENDS = 0.45;

/** Cuts a line out of a page, level and at the height that is read best. Gives a PNG. */
export function cutLine({ data, width, height }: Grey, line: Piece): Promise<Buffer> {
  const [dx, dy] = [line.to[0] - line.from[0], line.to[1] - line.from[1]];
  const run = Math.hypot(dx, dy) || 1;
  const [right, down]: [[number, number], [number, number]] = [
    [dx / run, dy / run],
    [-dy / run, dx / run],
  ];
  const scale = line.height / LETTER;
  const [w, h] = [Math.ceil((run + 2 * ENDS * line.height) / scale), Math.ceil(LETTER * (1 + 2 * AIR))];
  const cut = Buffer.alloc(w * h, 255);
  for (let j = 0; j < h; j += 1) {
    const v = (j - h / 2) * scale;
    for (let i = 0; i < w; i += 1) {
      const u = i * scale - ENDS * line.height;
      const x = line.from[0] + u * right[0] + v * down[0];
      const y = line.from[1] + u * right[1] + v * down[1];
      if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) continue;
      cut[j * w + i] = between(data, width, x, y);
    }
  }
  return sharp(cut, { raw: { width: w, height: h, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

function between(data: Uint8Array, width: number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [x - left, y - top];
  const at = top * width + left;
  const upper = (data[at] ?? 0) * (1 - right) + (data[at + 1] ?? 0) * right;
  const lower = (data[at + width] ?? 0) * (1 - right) + (data[at + width + 1] ?? 0) * right;
  return upper * (1 - below) + lower * below;
}
