import type { ServedWorld } from "./served-world.ts";

/** A phone at the edge of the net: 50 kbit/s both ways, 400 ms for each round trip. */
export const LINK = {
  offline: false,
  latency: 400,
  downloadThroughput: 50_000 / 8,
  uploadThroughput: 50_000 / 8,
};

/** Milliseconds from typing the address to a page that can be read and used, and to the last byte of it. */
export type FirstPage = { usable: number; loaded: number };

/**
 * Opens a page over the slow link in a browser that was never here. Usable is painted with its stylesheet and with
 * everything in place down to the last form: without htmx, which comes later, links and forms work as they are.
 */
export async function firstPage({ page: open, url }: ServedWorld, path: string): Promise<FirstPage> {
  const page = await open({});
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.clearBrowserCache");
  await session.send("Network.emulateNetworkConditions", LINK);
  await page.goto(url + path, { waitUntil: "load", timeout: 60_000 });
  const times = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return {
      painted: paint?.startTime ?? Number.POSITIVE_INFINITY,
      parsed: navigation?.domInteractive ?? Number.POSITIVE_INFINITY,
      loaded: navigation?.loadEventEnd || performance.now(),
    };
  });
  await page.context().close();
  return { usable: Math.max(times.painted, times.parsed), loaded: times.loaded };
}
