import type { Answer } from "./app.ts";
import type { Sample } from "./portal-pages.ts";

/** What the server sends of one page in an encoding, in bytes of bodies; `blocking` names what holds up the first sight of it. */
export type Weight = {
  page: string;
  status: number;
  html: number;
  css: number;
  /** Everything of a first view but pictures of filings. */
  all: number;
  requests: number;
  blocking: string[];
  /** What is loaded besides the page, its stylesheet and htmx. */
  further: string[];
};

/** The budgets in bytes, compressed: one first TCP window of ten segments, a first view, a later click. */
export const limits = { page: 14_000, firstView: 40_000, laterClick: 6_000, wholeFiling: 60_000 };

export const encodings = ["br", "gzip"] as const;
export type Encoding = (typeof encodings)[number];

type Fetch = (path: string, headers: Record<string, string>) => Promise<Answer>;

/** Pictures of filings come after the page, one by one, and are a matter of their own budget. */
const isPicture = (path: string): boolean => /\/materials\/\d+\//.test(path);

const matches = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map(([, path = ""]) => path);

const isScript = (tag: string): boolean => tag.startsWith("<script");

/** Weighs a page; undefined for what is no page (a picture, a redirect, a route that is not there). */
export async function weigh(sample: Sample, fetch: Fetch, encoding: Encoding): Promise<Weight | undefined> {
  const plain = await sample.open({});
  if (!plain.headers.get("content-type")?.startsWith("text/html") || plain.location) return undefined;
  const sent = await sample.open({ "accept-encoding": encoding });
  const html = plain.text;
  const tags = html.match(/<(?:script|link)[^>]*>/g) ?? [];
  const styles = matches(html, /<link rel="stylesheet" href="([^"]+)"/g);
  const scripts = matches(html, /<script src="([^"]+)"/g);
  const images = matches(html, /<img[^>]*\ssrc="([^"]+)"/g).filter((path) => !isPicture(path));
  const files = [...new Set(images.map((path) => path.replace(/#.*$/, "")))];
  const size = async (path: string) => (await fetch(path, { "accept-encoding": encoding })).bytes.length;
  const css = await sum(styles, size);
  const parts = [...styles, ...scripts, ...files];
  return {
    page: sample.name,
    status: plain.status,
    html: sent.bytes.length,
    css,
    all: sent.bytes.length + (await sum(parts, size)),
    requests: 1 + parts.length,
    blocking: tags.filter((tag) =>
      isScript(tag) ? !/\s(defer|async|type="module")/.test(tag) : /rel="stylesheet"/.test(tag),
    ),
    further: parts.filter((path) => !/^\/static\/(app|htmx)\./.test(path)),
  };
}

async function sum(paths: readonly string[], size: (path: string) => Promise<number>): Promise<number> {
  let total = 0;
  for (const path of new Set(paths)) total += await size(path);
  return total;
}
