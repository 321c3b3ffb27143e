import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openBrowser } from "./support/browser.ts";

const test = suite("the browser of the tests");

test("draws Chinese characters that differ from each other", async () => {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const pictures: string[] = [];
    for (const character of ["备", "案", "系", "统"]) {
      await page.setContent(`<p style="font: 40px sans-serif">${character}</p>`);
      pictures.push((await page.locator("p").screenshot()).toString("base64"));
    }
    // Boxes for missing glyphs would all look the same.
    assert.is(new Set(pictures).size, 4);
  } finally {
    await browser.close();
  }
});

test.run();
