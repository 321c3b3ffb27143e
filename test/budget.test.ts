import { suite } from "uvu";
import * as assert from "uvu/assert";
import { testWorld, type World } from "./support/app.ts";
import { encodings, limits, type Weight, weigh } from "./support/page-weight.ts";
import { portalPages } from "./support/portal-pages.ts";

const test = suite<{ world: World; weights: Weight[] }>("the weight of the portal's pages");
test.before(async (context) => {
  context.world = await testWorld();
  context.weights = [];
  const browser = context.world.visitor();
  for (const page of await portalPages(context.world))
    for (const encoding of encodings) {
      const weight = await weigh(page, (path, headers) => browser.get(path, headers), encoding);
      if (weight) context.weights.push(weight);
    }
});
test.after(({ world }) => world.close());

const over = (weights: Weight[], isOver: (weight: Weight) => boolean): string =>
  weights
    .filter(isOver)
    .map((weight) => JSON.stringify(weight))
    .join("\n");

test("is known for every page there is", ({ weights }) => {
  assert.ok(weights.length > 100, `${weights.length} pages were weighed`);
  assert.is(
    over(weights, ({ status }) => status >= 500),
    "",
  );
});

test("fits in the first window of a connection: HTML and stylesheet, compressed", ({ weights }) => {
  assert.is(
    over(weights, ({ html, css }) => html + css > limits.page),
    "",
  );
});

test("stays small with all that a first view loads", ({ weights }) => {
  assert.is(
    over(weights, ({ all }) => all > limits.firstView),
    "",
  );
});

test("is asked for in three requests, besides a captcha, and the script and the examples of the pages about pictures", ({
  weights,
}) => {
  const besides = ({ further }: Weight) =>
    further.filter((path) => !/^\/(captcha\/|static\/(upload|samples)\.)/.test(path));
  assert.is(
    over(weights, (weight) => besides(weight).length > 0 || weight.requests - weight.further.length > 3),
    "",
  );
  const withScript = weights.filter(({ further }) =>
    further.some((path) => /\/(upload|samples)\./.test(path)),
  );
  assert.is(
    over(withScript, ({ page }) => !/materials|photo|supplements|certificates/.test(page)),
    "",
  );
});

test("is first seen with its stylesheet, which alone holds it up", ({ weights }) => {
  assert.is(
    over(weights, ({ blocking }) => blocking.length > 1 || !/stylesheet/.test(blocking[0] ?? "stylesheet")),
    "",
  );
});

test("of a later click is the HTML alone", ({ weights }) => {
  assert.is(
    over(weights, ({ html }) => html > limits.laterClick),
    "",
  );
});

test.run();
