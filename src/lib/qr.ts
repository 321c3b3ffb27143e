import { create } from "qrcode";

/** Light modules around a code, as ISO/IEC 18004 wants them. */
const QUIET = 4;

/**
 * A QR code of a text as the path of an SVG: `size` is the side of its square view box in modules, quiet zone included.
 * Correction level M: a screen may be dirty, and paper is not expected.
 */
export function qrCode(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const rows = Array.from({ length: modules.size }, (_, y) => rowPath(modules, y));
  return { size: modules.size + 2 * QUIET, path: rows.join("") };
}

type Modules = { size: number; get(row: number, column: number): number };

/** The dark runs of a row, each a rectangle of one module's height. */
function rowPath(modules: Modules, y: number): string {
  const runs: string[] = [];
  for (let x = 0; x < modules.size; x += 1) {
    if (!modules.get(y, x)) continue;
    let end = x + 1;
    while (end < modules.size && modules.get(y, end)) end += 1;
    runs.push(`M${x + QUIET} ${y + QUIET}h${end - x}v1h${x - end}z`);
    x = end;
  }
  return runs.join("");
}
