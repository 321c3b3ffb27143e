import { suite } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../../src/rules/index.ts";
import { context, filing } from "./sample.ts";

const test = suite("filing rules on hostile input");

/** Longer than any honest text, shorter than the largest form. */
const LENGTH = 60_000;

const texts: Record<string, string> = {
  "one character": "中".repeat(LENGTH),
  "characters apart": "中 ".repeat(LENGTH / 2),
  dots: ".".repeat(LENGTH),
  labels: "a.".repeat(LENGTH / 2),
  brackets: "（".repeat(LENGTH),
};

for (const [what, siteName] of Object.entries(texts))
  test(`a name of ${what} without end keeps nobody waiting`, () => {
    const start = performance.now();
    const findings = check(filing({ website: { siteName } }), context);
    assert.ok(performance.now() - start < 5_000, "the rules took too long");
    assert.ok(findings.some(({ rule }) => rule === "text-length"));
  });

test.run();
