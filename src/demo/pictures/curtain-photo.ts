import { type Drawing, line } from "./drawing.ts";
import { looksOf, portrait } from "./portrait.ts";

/** `person` decides the looks, which are those of the identity card; `isp` is the text on the curtain (幕布). */
export type CurtainPhotoData = { person: string; identity: string; isp: string };

const WIDTH = 1200;
const HEIGHT = 1500;

/** A fold of the cloth: light in the middle, dark at its sides. */
const folds = Array.from(
  { length: 10 },
  (_, index) => `<rect x="${index * 120}" width="120" height="${HEIGHT - 120}" fill="url(#fold)"/>`,
).join("");

/** 核验照片: the person from the waist up before the provider's curtain. */
export function curtainPhoto({ person, identity, isp }: CurtainPhotoData): Drawing {
  const looks = looksOf(person, Number(identity[16]) % 2 === 0);
  const words = ["网站备案", isp, "网站备案", isp].map((text, index) =>
    line(text, {
      at: [index % 2 ? 870 : 330, 150 + Math.floor(index / 2) * 170],
      ...{ size: 54, weight: 700, anchor: "middle", fill: "#f4f8fb" },
    }),
  );
  const body = `<defs><linearGradient id="fold"><stop offset="0" stop-color="#000" stop-opacity=".16"/><stop offset=".5" stop-color="#fff" stop-opacity=".1"/><stop offset="1" stop-color="#000" stop-opacity=".16"/></linearGradient>
<linearGradient id="floor" x2="0" y2="1"><stop offset="0" stop-color="#8d8578"/><stop offset="1" stop-color="#5e574d"/></linearGradient></defs>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#3f7fb0"/>${folds}<rect y="${HEIGHT - 120}" width="${WIDTH}" height="120" fill="url(#floor)"/>
<g opacity=".95">${words.join("")}</g>
${portrait(looks, [600, 860], 3.1)}`;
  return { width: WIDTH, height: HEIGHT, body };
}
