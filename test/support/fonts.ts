import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../src/lib/project.ts";
import { cacheFolder } from "./cache.ts";

/** A configuration that knows one Chinese family besides the system's fonts, if it has any. */
const configuration = (cache: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${projectPath("node_modules/@expo-google-fonts/noto-sans-sc/400Regular")}</dir>
  <dir>${projectPath("node_modules/@expo-google-fonts/noto-sans-sc/700Bold")}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
`;

/** A fontconfig file for the browser: without a Chinese font a screenshot is boxes and still passes. */
export function fontConfiguration(): string {
  const folder = join(cacheFolder(), "fonts");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "fonts.conf");
  const own = `${file}.${process.pid}`;
  writeFileSync(own, configuration(folder));
  renameSync(own, file);
  return file;
}
