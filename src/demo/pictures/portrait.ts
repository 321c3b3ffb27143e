/** A person from the waist up, drawn around (0, 0) at the chin, some 100 units from chin to crown. */
export type Looks = { hair: "short" | "long"; hairColour: string; skin: string; clothes: string };

const SKINS = ["#f1cfae", "#e9c19c", "#f5d7bb", "#e2b48c"];
const HAIRS = ["#1d1a19", "#2b2320", "#3a2d26"];

/** No red and no blue: the rules for verification photos (核验照片) ask for other colours. */
const CLOTHES = ["#4c6b52", "#6b6b6b", "#7a6a4f", "#3d4a45", "#8a7d6a", "#55505e"];

const pick = <T>(from: readonly T[], seed: number): T => from[seed % from.length] as T;

/** The looks that belong to a name: the same person looks the same on every picture. */
export function looksOf(name: string, female: boolean): Looks {
  const seed = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  return {
    hair: female ? "long" : "short",
    hairColour: pick(HAIRS, seed),
    skin: pick(SKINS, seed >>> 3),
    clothes: pick(CLOTHES, seed >>> 6),
  };
}

/** Draws the person with the chin at (x, y). */
export function portrait(
  { hair, hairColour, skin, clothes }: Looks,
  [x, y]: [number, number],
  scale: number,
): string {
  const long = `<path d="M-44 -62c-8 40-14 80-6 104h100c8-24 2-64-6-104z" fill="${hairColour}"/>`;
  const ears = `<ellipse cx="-38" cy="-44" rx="6" ry="11" fill="${skin}"/><ellipse cx="38" cy="-44" rx="6" ry="11" fill="${skin}"/>`;
  return `<g transform="translate(${x} ${y}) scale(${scale})">${hair === "long" ? long : ""}
<path d="M-150 210c0-96 22-134 70-150l54-30h52l54 30c48 16 70 54 70 150z" fill="${clothes}"/>
<path d="M-26 30l26 44 26-44z" fill="#f3f1ec"/>
<path d="M-21 -14h42v46c0 14-42 14-42 0z" fill="${skin}"/><path d="M-21 8c14 12 28 12 42 0v8c-14 12-28 12-42 0z" fill="#000" opacity=".1"/>
<ellipse cy="-46" rx="38" ry="50" fill="${skin}"/>${hair === "short" ? ears : ""}
<path d="M-41 -46c-6-46 16-62 41-62s47 16 41 62c-4-18-10-28-18-32-18 6-38 4-48-2-8 6-14 16-16 34z" fill="${hairColour}"/>
<g fill="none" stroke="#2a211c" stroke-linecap="round"><path d="M-24 -60q8-5 15-1M9 -61q8-4 15 1" stroke-width="3"/><path d="M-9 -13q9 5 18 0" stroke="#a8564c" stroke-width="3"/><path d="M0 -46l-4 18q4 3 8 0" stroke="#000" stroke-width="1.6" opacity=".35"/></g>
<g fill="#fff"><ellipse cx="-16" cy="-49" rx="7" ry="4"/><ellipse cx="16" cy="-49" rx="7" ry="4"/></g><g fill="#2a1d16"><circle cx="-16" cy="-49" r="3.6"/><circle cx="16" cy="-49" r="3.6"/></g></g>`;
}
