import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sharp } from "../../documents/engine.ts";
import { projectPath } from "../../lib/project.ts";

/** The family in all drawings, from the package of the same name: a machine without Chinese fonts draws the same. */
export const FAMILY = "Noto Sans SC";

const FONTS = projectPath("node_modules", "@expo-google-fonts", "noto-sans-sc");
const WEIGHTS = ["400Regular", "700Bold"];

let ready: Promise<void> | undefined;

/**
 * Makes the fonts known to the process. Text in an SVG is set through fontconfig, which reads its settings once, at
 * the first text: it is given a file that names our two font folders alone, and the variable is then put back, so that
 * programs started from here keep the machine's own fonts.
 */
export function fontsReady(): Promise<void> {
  ready ??= loadFonts();
  return ready;
}

async function loadFonts(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "openbeian-fonts-"));
  const file = join(folder, "fonts.conf");
  writeFileSync(file, settings(join(folder, "cache")));
  const before = process.env.FONTCONFIG_FILE;
  process.env.FONTCONFIG_FILE = file;
  try {
    await sharp(Buffer.from(FIRST_TEXT)).raw().toBuffer();
  } finally {
    if (before === undefined) delete process.env.FONTCONFIG_FILE;
    else process.env.FONTCONFIG_FILE = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rescanning is off: the settings are gone once they were read. */
const settings = (cache: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${WEIGHTS.map((weight) => `<dir>${join(FONTS, weight)}</dir>`).join("\n")}
<cachedir>${cache}</cachedir>
<config><rescan><int>0</int></rescan></config>
</fontconfig>
`;

const FIRST_TEXT = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="40"><g font-family="${FAMILY}">
<text y="15">备</text><text y="35" font-weight="700">案</text></g></svg>`;
