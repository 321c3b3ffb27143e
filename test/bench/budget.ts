import { encodings, limits, type Weight, weigh } from "../support/page-weight.ts";
import { portalPages } from "../support/portal-pages.ts";
import { mailWeights } from "./mails.ts";
import { type Figure, printTable, type Row, rowOf } from "./row.ts";
import { type ServedWorld, servedWorld } from "./served-world.ts";
import { firstPage } from "./slow-link.ts";
import { type Pace, wholeFiling } from "./whole-filing.ts";

/**
 * `npm run budget`: what the portal's pages weigh, what a whole filing takes over the wire, and when the first page can
 * be used over a slow line. Every figure is of bytes that a real server sent. Ends with 1 when a budget is broken.
 */

/** Lines of each table: the heaviest pages; `npm test -- budget` holds all of them. */
const SHOWN = 8;

async function weights({ world }: ServedWorld): Promise<Weight[]> {
  const browser = world.visitor("localhost");
  const all: Weight[] = [];
  for (const page of await portalPages(world)) {
    const both = [];
    for (const encoding of encodings)
      both.push(await weigh(page, (path, headers) => browser.get(path, headers), encoding));
    const heavier = both.toSorted((a, b) => (b?.html ?? 0) - (a?.html ?? 0))[0];
    if (heavier) all.push(heavier);
  }
  return all;
}

function heaviest(
  all: readonly Weight[],
  size: (weight: Weight) => number,
  limit: number,
  beside?: string,
): Row[] {
  const rows = all.map((weight) => ({ what: weight.page, measured: size(weight), limit, unit: "bytes" }));
  const sorted = rows.toSorted((a, b) => b.measured - a.measured);
  return sorted.slice(0, SHOWN).map((row, at) => rowOf({ ...row, beside: at === 0 ? beside : undefined }));
}

function pageTables(all: readonly Weight[]): Row[] {
  const requests = all.map(({ page, requests, further }) => ({
    what: page,
    measured: requests - further.length,
    limit: 3,
    unit: "requests",
    beside: further.join(" "),
  }));
  const most = requests.toSorted((a, b) => b.measured - a.measured || b.beside.length - a.beside.length);
  return [
    ...printTable(
      `HTML + CSS of a page, in the worse of Brotli and gzip (${all.length} pages, heaviest first)`,
      heaviest(
        all,
        ({ html, css }) => html + css,
        limits.page,
        "admin template 1,185 kB, GOV.UK form page 113 kB",
      ),
    ),
    ...printTable(
      "everything of a first view, without pictures of filings",
      heaviest(all, ({ all: everything }) => everything, limits.firstView),
    ),
    ...printTable(
      "requests of a first view; beside: captcha, script of pages about pictures",
      most.slice(0, 4).map(rowOf),
    ),
    ...printTable(
      "a later click: the HTML alone",
      heaviest(all, ({ html }) => html, limits.laterClick),
    ),
  ];
}

const ways: { pace: Pace; what: string; limit?: number }[] = [
  { pace: "plain", what: "without a script", limit: limits.wholeFiling },
  { pace: "quick", what: "with htmx, typed in one go", limit: limits.wholeFiling },
  { pace: "slow", what: "with htmx, so slowly that every field is saved by itself" },
];

async function filingTable(served: ServedWorld): Promise<Row[]> {
  const rows: Figure[] = [];
  for (const { pace, what, limit } of ways) {
    const { sent, received } = await wholeFiling(served, pace);
    const beside = `${sent} up, ${received} down`;
    rows.push({ what, measured: sent + received, unit: "bytes", beside, limit });
  }
  return printTable(
    "a whole filing without pictures, both ways on the wire, heads and bodies",
    rows.map(rowOf),
  );
}

async function slowTable(served: ServedWorld): Promise<Row[]> {
  const rows: Figure[] = [];
  for (const [what, path] of [
    ["first page", "/"],
    ["login", "/login"],
    ["registration, with its terms", "/agreement"],
  ] as const) {
    const { usable, loaded } = await firstPage(served, path);
    const beside = `${(loaded / 1000).toFixed(1)} s with htmx; template 111 s, GOV.UK 8 s, bare HTML 2.5 s`;
    rows.push({ what, measured: usable / 1000, limit: 4.6, unit: "s", beside });
  }
  return printTable("usable at 50 kbit/s and 400 ms, nothing in the cache", rows.map(rowOf));
}

const served = await servedWorld();
try {
  const broken = [
    ...pageTables(await weights(served)),
    ...printTable("mails, words and HTML, not compressed", await mailWeights(served.world)),
    ...(await filingTable(served)),
    ...(await slowTable(served)),
  ];
  console.log(broken.length === 0 ? "\nall budgets hold" : `\n${broken.length} budgets are broken`);
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await served.close();
}
process.exit();
