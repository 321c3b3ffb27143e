import type { Browser } from "playwright-core";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openBrowser } from "../support/browser.ts";
import { Person, type Way, wayName } from "../support/journey-person.ts";

/** A page on which everything is wrong that the journeys look for. */
const broken = `<!doctype html><html lang="zh-CN"><head><title>坏页面</title></head><body><main>
  <h1>坏页面</h1><img src="http://other.example/a.png"><p style="width: 3000px">太宽</p>
  <script>console.error("script"); setTimeout(() => nothing(), 0);</script></main></body></html>`;

const ways: Way[] = [
  { js: true, width: 360 },
  { js: false, width: 360 },
];

const test = suite<{ browser: Browser }>("the eyes of the journeys");
test.before(async (context) => {
  context.browser = await openBrowser();
});
test.after(({ browser }) => browser.close());

for (const way of ways)
  test(`see what is wrong with a page ${wayName(way)}`, async ({ browser }) => {
    const world = { browser, url: "http://beian.example" };
    const person = await Person.arrives(world, way, new Set());
    await person.page
      .context()
      .route("**/*", (route) =>
        route.request().url().endsWith(".png")
          ? route.fulfill({ status: 404 })
          : route.fulfill({ body: broken, contentType: "text/html; charset=utf-8" }),
      );
    await person.open("/");
    const complaint = await person.looksRight("broken").then(
      () => "",
      (error: Error & { details?: string }) => `${error.message} ${error.details}`,
    );
    assert.match(complaint, /image-alt/);
    const faults = person.faults.join(" ");
    assert.match(faults, /asks http:\/\/other\.example/);
    if (way.js) assert.match(faults, /: script .*nothing is not defined/);
    await person.leaves();
  });

test.run();
