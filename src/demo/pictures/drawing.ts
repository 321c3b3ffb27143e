import { createHash } from "node:crypto";
import { sharp } from "../../documents/engine.ts";
import { FAMILY, fontsReady } from "./fonts.ts";

/** How a line of text is set; `at` is the start (or middle, or end) of its base line. */
export type TextStyle = {
  at: [x: number, y: number];
  size: number;
  weight?: 400 | 700;
  fill?: string;
  anchor?: "start" | "middle" | "end";
  spacing?: number;
};

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (found) => ESCAPES[found] ?? "");

/** One line of text. */
export function line(text: string, style: TextStyle): string {
  const { at, size, weight = 400, fill = "#222", anchor = "start", spacing = 0 } = style;
  return (
    `<text x="${at[0]}" y="${at[1]}" font-size="${size}" font-weight="${weight}" fill="${fill}" ` +
    `text-anchor="${anchor}" letter-spacing="${spacing}">${escaped(text)}</text>`
  );
}

/** How wide a character is set, in parts of the font size: Chinese is square, Latin about half. */
const widthOf = (character: string): number => (/[\u2e80-\uffef]/.test(character) ? 1 : 0.56);

/** Breaks a text into lines at most `ems` wide, never inside a number or word and never before a mark of punctuation. */
export function wrapped(text: string, ems: number): string[] {
  const lines: string[] = [];
  let [current, used] = ["", 0];
  for (const part of text.match(/[!-~]+|./gu) ?? []) {
    const width = [...part].reduce((sum, character) => sum + widthOf(character), 0);
    if (current && used + width > ems && !/^[，。、；：）”]/.test(part)) {
      lines.push(current);
      [current, used] = ["", 0];
    }
    current += part;
    used += width;
  }
  return current ? [...lines, current] : lines;
}

/** A text over several lines, `leading` apart. */
export const paragraph = (text: string, ems: number, leading: number, style: TextStyle): string =>
  wrapped(text, ems)
    .map((part, index) => line(part, { ...style, at: [style.at[0], style.at[1] + index * leading] }))
    .join("");

/** A round red company seal (公章): a star, the name around it, 演示 below; never a real body's seal. */
export function seal(name: string, [x, y]: [number, number], radius: number): string {
  const letters = [...name];
  const spread = Math.min(236, letters.length * 23);
  const around = letters.map((letter, index) => {
    const angle = letters.length === 1 ? 0 : -spread / 2 + (index * spread) / (letters.length - 1);
    const set = line(letter, {
      at: [0, -radius * 0.72],
      size: radius * 0.24,
      anchor: "middle",
      fill: "#c8202a",
    });
    return `<g transform="rotate(${angle.toFixed(1)})">${set}</g>`;
  });
  return `<g transform="translate(${x} ${y}) rotate(-6)" opacity=".82"><circle r="${radius}" fill="none" stroke="#c8202a" stroke-width="${radius * 0.06}"/>
<path d="${star(radius * 0.28)}" fill="#c8202a"/>${around.join("")}
${line("演示专用章", { at: [0, radius * 0.6], size: radius * 0.17, anchor: "middle", fill: "#c8202a" })}</g>`;
}

/** A five-pointed star around the origin. */
export function star(radius: number): string {
  const points = Array.from({ length: 10 }, (_, index) => {
    const length = index % 2 === 0 ? radius : radius * 0.382;
    const angle = (index * Math.PI) / 5 - Math.PI / 2;
    return `${(Math.cos(angle) * length).toFixed(2)} ${(Math.sin(angle) * length).toFixed(2)}`;
  });
  return `M${points.join("L")}Z`;
}

/** A signature by hand: leaning letters and a stroke beneath. */
export const signature = (name: string, [x, y]: [number, number], size: number): string =>
  `<g transform="translate(${x} ${y}) skewX(-16) rotate(-4)">${line(name, { at: [0, 0], size, fill: "#1a2350", spacing: -size * 0.12 })}
<path d="M${-size * 0.2} ${size * 0.3}q${size * 1.6} ${-size * 0.5} ${size * 3.2} ${-size * 0.1}" fill="none" stroke="#1a2350" stroke-width="${size * 0.05}"/></g>`;

/** 演示 over the whole picture: nobody can take it for a real paper. */
export function watermark(width: number, height: number): string {
  const step = Math.min(width, height) / 2.4;
  const marks: string[] = [];
  for (let y = step / 2; y < height + step; y += step) {
    for (let x = step / 3; x < width + step; x += step * 1.5) {
      const set = line("演示 仅供测试", { at: [0, 0], size: step / 7, anchor: "middle", fill: "#888" });
      marks.push(
        `<g transform="translate(${x.toFixed(0)} ${y.toFixed(0)}) rotate(-24)" opacity=".22">${set}</g>`,
      );
    }
  }
  return marks.join("");
}

/** A drawing: its size in pixels and what is on it. */
export type Drawing = { width: number; height: number; body: string };

const svgOf = ({ width, height, body }: Drawing): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g font-family="${FAMILY}">` +
  `${body}${watermark(width, height)}</g></svg>`;

const drawn = new Map<string, Promise<Buffer>>();
const KEPT = 64;

/** Draws a picture as a JPEG on white with the watermark. The last 64 are kept: the demo shows many papers twice. */
export async function jpegOf(drawing: Drawing): Promise<Buffer> {
  const svg = svgOf(drawing);
  const key = createHash("sha256").update(svg).digest("hex");
  const known = drawn.get(key) ?? draw(svg);
  drawn.delete(key);
  drawn.set(key, known);
  const oldest = drawn.keys().next();
  if (drawn.size > KEPT && !oldest.done) drawn.delete(oldest.value);
  return known;
}

async function draw(svg: string): Promise<Buffer> {
  await fontsReady();
  return sharp(Buffer.from(svg)).flatten({ background: "#ffffff" }).jpeg({ quality: 88 }).toBuffer();
}
