import { alternate, type Target } from "./load.ts";
import { startBaseline, startWeb } from "./processes.ts";
import { type Figure, type Row, rowOf } from "./row.ts";
import type { Scene } from "./scene.ts";

const HALF = 50;
const HALF_AGAIN = 1.5;

type List = { what: string; path: string; byHand: string; cookie: (scene: Scene) => string };

/** A domain that one filing of the first provider has, in every scene. */
const DOMAIN = "site1234.cn";

const lists: readonly List[] = [
  { what: "queue page", path: "/console/queue?stage=bureau", byHand: "/queue", cookie: ({ staff }) => staff },
  {
    what: "search by domain",
    path: `/console/search?q=${DOMAIN}`,
    byHand: `/search?q=${DOMAIN}`,
    cookie: ({ staff }) => staff,
  },
  { what: "progress list", path: "/filings", byHand: "/filings", cookie: ({ registrant }) => registrant },
];

const target = (base: string, path: string, cookie: string): Target => ({
  url: base + path,
  headers: { cookie, "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0" },
  status: 200,
});

const named = (rows: number): string => rows.toLocaleString("en");

/** Lists at many filings, against the same by hand and against our own at few filings. */
export async function listRows(many: Scene, few: Scene, secretKeys: string): Promise<Row[]> {
  const ours = await startWeb(many.url, secretKeys);
  const small = await startWeb(few.url, secretKeys);
  const byHand = await startBaseline(many.url);
  try {
    const figures: Figure[] = [];
    for (const list of lists) {
      const here = target(ours.url, list.path, list.cookie(many));
      const hand = target(byHand.url, list.byHand, list.cookie(many));
      figures.push(
        await againstHand(`${list.what}, ${named(many.rows)} filings, of hand-written`, here, hand),
      );
      const there = target(small.url, list.path, list.cookie(few));
      figures.push(
        await againstFew(
          `${list.what}, ${named(many.rows)} against ${named(few.rows)} filings, p50`,
          here,
          there,
        ),
      );
    }
    return figures.map(rowOf);
  } finally {
    for (const server of [ours, small, byHand]) await server.stop();
  }
}

/** How much of the hand-written server's throughput is left. */
export async function againstHand(what: string, ours: Target, hand: Target): Promise<Figure> {
  const [a, b] = await alternate(ours, hand);
  const beside = `${a.perSecond.toFixed(0)} and ${b.perSecond.toFixed(0)} a second; Django 10–15 %, Rails 6–7 %`;
  return { what, measured: (100 * a.perSecond) / b.perSecond, unit: "%", least: HALF, beside };
}

async function againstFew(what: string, many: Target, few: Target): Promise<Figure> {
  const [a, b] = await alternate(many, few);
  return { what, measured: a.p50 / b.p50, unit: "×", limit: HALF_AGAIN, beside: `${a.p50} and ${b.p50} ms` };
}
