import { type Drawing, line, paragraph, star } from "./drawing.ts";
import { looksOf, portrait } from "./portrait.ts";

/** Sex and day of birth stand in the number (GB 11643: digits 7–14, and digit 17 odd for men). */
export type IdentityCardData = {
  name: string;
  identity: string;
  address: string;
  authority?: string;
  /** As printed: 2021.05.01-2041.05.01. */
  valid?: string;
};

const WIDTH = 1000;
const HEIGHT = 630;
const LABEL = "#3a6a8c";

const isFemale = (identity: string): boolean => Number(identity[16]) % 2 === 0;

/** 身份证, front above back in one picture, of an invented person. */
export function identityCard(data: IdentityCardData): Drawing {
  const back = `<g transform="translate(0 ${HEIGHT + 40})">${backSide(data)}</g>`;
  return {
    width: WIDTH + 80,
    height: HEIGHT * 2 + 120,
    body: `<rect width="100%" height="100%" fill="#fff"/><g transform="translate(40 40)">${frontSide(data)}${back}</g>`,
  };
}

/** One side alone, for the pages that join front and back. */
export const identityCardSide = (data: IdentityCardData, side: "front" | "back"): Drawing => ({
  width: WIDTH + 80,
  height: HEIGHT + 80,
  body: `<rect width="100%" height="100%" fill="#fff"/><g transform="translate(40 40)">${side === "front" ? frontSide(data) : backSide(data)}</g>`,
});

const card = (colour: string): string =>
  `<rect width="${WIDTH}" height="${HEIGHT}" rx="34" fill="${colour}" stroke="#c9d3d6" stroke-width="3"/>` +
  Array.from(
    { length: 9 },
    (_, index) =>
      `<path d="M0 ${90 + index * 60}q250 ${-60 + index * 12} 500 0t500 0" fill="none" stroke="#9fc3cf" stroke-width="2" opacity=".35"/>`,
  ).join("");

function frontSide({ name, identity, address }: IdentityCardData): string {
  const female = isFemale(identity);
  const [year, month, day] = [
    identity.slice(6, 10),
    Number(identity.slice(10, 12)),
    Number(identity.slice(12, 14)),
  ];
  const facts: Array<[string, string, number]> = [
    ["姓名", name, 100],
    ["性别", `${female ? "女" : "男"}　　民族　汉`, 180],
    ["出生", `${year} 年 ${month} 月 ${day} 日`, 260],
  ];
  return [
    card("#eef5f4"),
    ...facts.map(([label, value, y]) => fact(label, y) + line(value, { at: [190, y], size: 36 })),
    fact("住址", 340) + paragraph(address, 12, 50, { at: [190, 340], size: 34 }),
    fact("公民身份号码", 560) + line(identity, { at: [360, 562], size: 42, weight: 700, spacing: 3 }),
    `<svg x="690" y="90" width="250" height="330" viewBox="-125 -125 250 330"><rect x="-125" y="-125" width="250" height="330" fill="#fff"/>${portrait(looksOf(name, female), [0, 20], 1)}</svg>`,
  ].join("");
}

function backSide({ authority = "示例市公安局", valid = "2021.05.01-2041.05.01" }: IdentityCardData): string {
  return [
    card("#f3f1ea"),
    `<g transform="translate(160 150)"><circle r="84" fill="none" stroke="#c8202a" stroke-width="8"/><path d="${star(52)}" fill="#c8202a"/></g>`,
    line("演示样本", { at: [590, 150], size: 54, weight: 700, anchor: "middle", spacing: 16 }),
    line("居民身份证", { at: [590, 250], size: 76, weight: 700, anchor: "middle", spacing: 18 }),
    fact("签发机关", 450, 250) + line(authority, { at: [430, 450], size: 36 }),
    fact("有效期限", 540, 250) + line(valid, { at: [430, 540], size: 36 }),
  ].join("");
}

const fact = (label: string, y: number, x = 70): string => line(label, { at: [x, y], size: 30, fill: LABEL });
