import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules of WCAG 2.2, levels A and AA: one line for each place that breaks one. */
const look = `${source};
  axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => id + ": " + node.target.join(" ") + " " + node.failureSummary)))`;

/**
 * What axe finds wrong with a page. It is put in by the browser's own tools, past the policy of the page. It is a
 * script: of a page that runs none it looks at the page as drawn, in another window.
 */
export async function axeFindings(page: Page, runsScripts: boolean): Promise<string[]> {
  if (runsScripts) return page.evaluate(look);
  const context = await page.context().browser()?.newContext({ viewport: page.viewportSize() });
  if (!context) throw new Error("the browser is gone");
  const window = await context.newPage();
  const body = (await page.content())
    .replaceAll(/<script[^>]*><\/script>/g, "")
    .replaceAll(/<(\/?)noscript>/g, "<$1div>");
  await window.route(page.url(), (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }));
  await window.goto(page.url());
  const found = await window.evaluate<string[]>(look);
  await context.close();
  return found;
}
