import type { Sharp } from "sharp";
import { type Drawing, watermark } from "../../src/demo/pictures/drawing.ts";
import { FAMILY, fontsReady } from "../../src/demo/pictures/fonts.ts";
import { sharp, toPixels } from "../../src/documents/engine.ts";
import { type Corners, layUpon } from "./warp.ts";

/** How a paper was photographed. Angles in degrees; what is left out is not there. */
export type Scene = {
  /** Turned in its plane. */
  tilt?: number;
  /** Seen from the side and from below: how much shorter the far edge is, −0.2 to 0.2. */
  lean?: readonly [across: number, down: number];
  /** Standard deviation in pixels of the photo. */
  blur?: number;
  /** The hand's shake, in pixels along the line. */
  shake?: number;
  /** Grain of the sensor: standard deviation in steps of 256. */
  noise?: number;
  shadow?: "side" | "hand" | "lamp";
  /** 1 is well lit. */
  light?: number;
  /** A lamp that mirrors in the lamination. */
  glare?: readonly [x: number, y: number];
  on?: "wood" | "cloth" | "paper" | "dark";
  quality?: number;
  megapixels?: number;
  /** How much of the frame's width the paper takes. */
  share?: number;
  /** 演示 仅供测试 all over it, as many people mark their copies. */
  marked?: boolean;
  /** How the phone was held, EXIF 1, 3, 6 or 8: the pixels are stored turned. */
  orientation?: number;
};

const GROUNDS = {
  wood: ["#8a6544", ".004 .12", "#5a3d24"],
  cloth: ["#6f7f8d", ".35 .35", "#4b5863"],
  paper: ["#dcdad4", ".05 .05", "#cbc8c0"],
  dark: ["#2c2b2d", ".2 .2", "#1a191b"],
} as const;

const svg = (width: number, height: number, body: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`);

/** A desk with its grain, drawn small and enlarged. */
const groundOf = (kind: keyof typeof GROUNDS, width: number, height: number) => {
  const [colour, frequency, dark] = GROUNDS[kind];
  const body =
    `<filter id="g" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="3"/>` +
    `<feColorMatrix values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1.4 -.35"/></filter>` +
    `<rect width="1000" height="750" fill="${colour}"/><rect width="1000" height="750" fill="${dark}" filter="url(#g)"/>`;
  return sharp(svg(1000, 750, body)).resize(width, height, { fit: "fill" });
};

/** The fine lines that papers of this kind are printed on. */
function guilloche(width: number, height: number): string {
  const lines = Array.from({ length: 46 }, (_, index) => {
    const y = (index / 45) * height;
    const swing = 26 + (index % 7) * 6;
    const colour = ["#8fc7c4", "#e3b5b9", "#9fb9dc"][index % 3];
    return `<path d="M0 ${y}q${width / 8} ${-swing} ${width / 4} 0t${width / 4} 0t${width / 4} 0t${width / 4} 0" fill="none" stroke="${colour}" stroke-width="1.1" opacity=".55"/>`;
  });
  return `<g style="mix-blend-mode:multiply">${lines.join("")}</g>`;
}

/** A drawing as printed: its own margin cut away, fine lines over it, `width` pixels wide. */
async function printed({ width, height, body }: Drawing, margin: number, wanted: number, marked: boolean) {
  await fontsReady();
  const [w, h] = [width - 2 * margin, height - 2 * margin];
  const scale = wanted / w;
  const inner = `<g font-family="${FAMILY}">${body}${marked ? watermark(width, height) : ""}${guilloche(width, height)}</g>`;
  const sized = `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(w * scale)}" height="${Math.round(h * scale)}" viewBox="${margin} ${margin} ${w} ${h}">${inner}</svg>`;
  return toPixels(sharp(Buffer.from(sized)));
}

/** Where the four corners of the paper come to lie in the frame. */
function cornersOf(
  { tilt = 0, lean = [0, 0] }: Scene,
  paper: [number, number],
  frame: [number, number],
): Corners {
  const [w, h] = paper;
  const angle = (tilt * Math.PI) / 180;
  const [across, down] = lean;
  const place = (right: -1 | 1, below: -1 | 1): [number, number] => {
    // The far side is shorter: what lies right shrinks by `across`, what lies above by `down`.
    const x = (right * w * (1 - down * (below < 0 ? 1 : 0))) / 2;
    const y = (below * h * (1 - across * (right > 0 ? 1 : 0))) / 2;
    return [
      frame[0] / 2 + x * Math.cos(angle) - y * Math.sin(angle),
      frame[1] / 2 + x * Math.sin(angle) + y * Math.cos(angle),
    ];
  };
  return [place(-1, -1), place(1, -1), place(1, 1), place(-1, 1)];
}

const SHADOWS = {
  side: `<linearGradient id="s"><stop offset="0" stop-color="#000" stop-opacity=".05"/><stop offset="1" stop-color="#000" stop-opacity=".55"/></linearGradient>`,
  lamp: `<radialGradient id="s" cx=".3" cy=".25" r=".95"><stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".6"/></radialGradient>`,
  hand: `<linearGradient id="s" x2="1" y2=".5"><stop offset=".5" stop-color="#000" stop-opacity="0"/><stop offset=".56" stop-color="#000" stop-opacity=".45"/><stop offset="1" stop-color="#000" stop-opacity=".5"/></linearGradient>`,
};

/** Shadow and mirrored lamp over the whole frame, drawn small: they have no sharp edges. */
function lighting({ shadow, glare }: Scene): Buffer {
  const dark = shadow ? `<defs>${SHADOWS[shadow]}</defs><rect width="200" height="150" fill="url(#s)"/>` : "";
  const bright = glare
    ? `<defs><radialGradient id="g"><stop offset="0" stop-color="#fff" stop-opacity=".85"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs><ellipse cx="${glare[0] * 200}" cy="${glare[1] * 150}" rx="34" ry="20" fill="url(#g)"/>`
    : "";
  return svg(200, 150, dark + bright);
}

/** Shadow and light at the size of the frame, as pixels: packing and unpacking them would take longer than all else. */
async function lit(scene: Scene, width: number, height: number) {
  const sized = sharp(lighting(scene)).resize(width, height, { fit: "fill", kernel: "linear" }).ensureAlpha();
  const { data, info } = await sized.raw().toBuffer({ resolveWithObject: true });
  return { input: data, raw: { width, height, channels: info.channels as 4 } };
}

const grain = (sigma: number) =>
  sharp({
    create: {
      width: 509,
      height: 509,
      channels: 3,
      background: "#808080",
      noise: { type: "gaussian", mean: 128, sigma },
    },
  })
    .png()
    .toBuffer();

/** Photographs a drawn paper. `margin`: what of the drawing around the paper is cut away. Gives a JPEG. */
export async function photoOf(drawing: Drawing, scene: Scene, margin = 0): Promise<Buffer> {
  const { on = "wood", megapixels = 12, share = 0.8, noise = 4, light = 1, quality = 88 } = scene;
  const height = Math.round(Math.sqrt((megapixels * 1e6 * 3) / 4));
  const width = Math.round((height * 4) / 3);
  const paper = await printed(drawing, margin, Math.round(width * share), scene.marked ?? false);
  const ground = await toPixels(groundOf(on, width, height));
  layUpon(ground, paper, cornersOf(scene, [paper.width, paper.height], [width, height]));
  const raw = { width, height, channels: 3 as const };
  const composed = await toPixels(
    sharp(ground.data, { raw })
      .composite([await lit(scene, width, height)])
      .removeAlpha(),
  );
  const seen = await toPixels(throughLens(sharp(composed.data, { raw }), scene).linear(light, 0));
  const speckled = { input: await grain(noise * 2), blend: "soft-light" as const, tile: true };
  const grained = await toPixels(sharp(seen.data, { raw }).composite([speckled]).removeAlpha());
  return stored(sharp(grained.data, { raw }), scene.orientation ?? 1)
    .jpeg({ quality })
    .toBuffer();
}

function throughLens(pipeline: Sharp, { blur = 0, shake = 0 }: Scene): Sharp {
  const soft = blur > 0.3 ? pipeline.blur(blur) : pipeline;
  if (shake < 3) return soft;
  const size = Math.min(Math.round(shake) | 1, 21);
  const kernel = Array.from({ length: size * size }, (_, i) =>
    Math.floor(i / size) === (size - 1) / 2 ? 1 : 0,
  );
  return soft.convolve({ width: size, height: size, kernel, scale: size });
}

/** Turned as the phone was held, with the mark that says so. */
const stored = (pipeline: Sharp, orientation: number): Sharp =>
  pipeline.rotate({ 3: 180, 6: 270, 8: 90 }[orientation] ?? 0).withMetadata({ orientation });
