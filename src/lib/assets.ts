import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { projectPath } from "./project.ts";

export type Encoding = "br" | "gzip" | "identity";

/** A file that never changes under its address: the address carries a digest of the content. */
export type Asset = { path: string; type: string; bodies: Record<Encoding, Buffer> };

/** `app.css` → its asset. */
export type Assets = ReadonlyMap<string, Asset>;

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** A stylesheet without comments and needless blanks; keeps those around + and - in calc() and before a pseudo-class. */
export const minifyCss = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/: /g, ":")
    .replaceAll(";}", "}")
    .trim();

/** A script of ours without lines that are comments and without indentation; no text in them spans lines. */
export const minifyScript = (script: string): string =>
  script
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/\n\s+/g, "\n")
    .trim();

const require = createRequire(import.meta.url);

/** Scripts of ours, and of a package, that are sent in one file: one request less on a slow line. */
const bundles = new Map<string, { packaged?: string; own: string[] }>([
  ["upload.js", { own: ["shrink.js", "parts.js", "upload.js"] }],
  ["htmx.js", { packaged: "htmx.org/dist/htmx.min.js", own: ["line.js", "typing.js"] }],
]);

/** Files of `static/` that travel inside another one. */
const carried = new Set([...bundles.values()].flatMap(({ own }) => own));

const ownScript = (name: string): string => minifyScript(readFileSync(projectPath("static", name), "utf8"));

function contentOf(name: string): Buffer {
  const part = bundles.get(name);
  if (part) {
    const packaged = part.packaged ? [readFileSync(require.resolve(part.packaged), "utf8")] : [];
    return Buffer.from([...packaged, ...part.own.map(ownScript), ""].join("\n"));
  }
  if (name.endsWith(".js")) return Buffer.from(ownScript(name));
  const content = readFileSync(projectPath("static", name));
  return name.endsWith(".css") ? Buffer.from(minifyCss(content.toString())) : content;
}

function build(name: string): Asset {
  const identity = contentOf(name);
  const extension = extname(name);
  const digest = createHash("sha256").update(identity).digest("hex").slice(0, 10);
  return {
    path: `/static/${name.slice(0, -extension.length)}.${digest}${extension}`,
    type: types[extension] ?? "application/octet-stream",
    bodies: {
      identity,
      gzip: gzipSync(identity, { level: 9 }),
      br: brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    },
  };
}

const ownFiles = (): string[] =>
  readdirSync(projectPath("static")).filter((name) => extname(name) in types && !carried.has(name));

let loaded: Assets | undefined;

/** Every file of `static/` and htmx: minified, named by content, compressed once for the life of the process. */
export function loadAssets(): Assets {
  loaded ??= new Map([...ownFiles(), ...bundles.keys()].map((name) => [name, build(name)]));
  return loaded;
}

/** The best encoding that the browser takes and we have. */
export function encodingFor(accepted: string | undefined): Encoding {
  const names = (accepted ?? "").split(",").map((part) => part.split(";")[0]?.trim());
  if (names.includes("br")) return "br";
  return names.includes("gzip") ? "gzip" : "identity";
}
