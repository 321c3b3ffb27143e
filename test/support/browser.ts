import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { projectPath } from "../../src/lib/project.ts";
import { cacheFolder } from "./cache.ts";
import { fontConfiguration } from "./fonts.ts";

const SYSTEM = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"].map(
  (name) => `/usr/bin/${name}`,
);

/** The sandbox does not work as root; the rest keeps the browser from calling home. */
const FLAGS = [
  ...["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync", "--disable-quic", "--font-render-hinting=none"],
];

/**
 * A headless Chromium: CHROMIUM_PATH, else the system's, else the one of the package `@sparticuz/chromium`.
 * Chinese text has glyphs on any machine. Close it in `after`.
 */
export async function openBrowser(): Promise<Browser> {
  const installed = process.env.CHROMIUM_PATH ?? SYSTEM.find((path) => existsSync(path));
  const executablePath = installed ?? (await packaged());
  const libraries = installed ? {} : missingLibraries(executablePath);
  const env = { ...process.env, ...libraries, FONTCONFIG_FILE: fontConfiguration() } as Record<
    string,
    string
  >;
  return chromium.launch({ executablePath, args: FLAGS, env });
}

/**
 * The package's browser, unpacked once for all runs of this version. It is unpacked into a folder of its own and
 * moved to its place when it is whole, so that two processes never run half a browser.
 */
async function packaged(): Promise<string> {
  const root = cacheFolder();
  const description = readFileSync(projectPath("node_modules/@sparticuz/chromium/package.json"), "utf8");
  const folder = join(root, `chromium-${JSON.parse(description).version}`);
  if (!existsSync(folder)) await unpack(root, folder);
  return join(folder, "chromium");
}

/** The package unpacks into the folder for temporary files, and its libraries only where it believes itself in Lambda. */
async function unpack(root: string, folder: string): Promise<void> {
  const half = mkdtempSync(join(root, "unpacking-"));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = half;
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    await packed.executablePath();
    const { inflate } = await import(projectPath("node_modules/@sparticuz/chromium/build/esm/lambdafs.js"));
    await inflate(projectPath("node_modules/@sparticuz/chromium/bin/al2023.tar.br"));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    renameSync(half, folder);
  } catch {
    rmSync(half, { recursive: true, force: true });
  }
}

/** On a bare system the browser's libraries (NSS and others) come from the package too. */
function missingLibraries(executable: string): { LD_LIBRARY_PATH?: string } {
  const { stdout } = spawnSync("ldd", [executable], { encoding: "utf8" });
  if (!/not found/.test(stdout ?? "")) return {};
  return { LD_LIBRARY_PATH: join(dirname(executable), "al2023", "lib") };
}
