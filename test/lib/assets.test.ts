import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { encodingFor, loadAssets, minifyCss, minifyScript } from "../../src/lib/assets.ts";

const test = suite("a static file");

test("of styles loses comments and blanks, and nothing that means something", () => {
  const css = "/* why */\na :hover , b > c {\n  width: calc(1rem - 1px);\n  color : red ;\n}\n";
  assert.is(minifyCss(css), "a :hover,b > c{width:calc(1rem - 1px);color :red}");
});

test("has an address that changes with its content, and is the same in every encoding", () => {
  const css = loadAssets().get("app.css");
  assert.match(css?.path ?? "", /^\/static\/app\.[0-9a-f]{10}\.css$/);
  assert.equal(gunzipSync(css?.bodies.gzip ?? Buffer.alloc(0)), css?.bodies.identity);
  assert.equal(brotliDecompressSync(css?.bodies.br ?? Buffer.alloc(0)), css?.bodies.identity);
});

test("stays far below what a slow line bears", () => {
  const [css, htmx] = [loadAssets().get("app.css"), loadAssets().get("htmx.js")];
  assert.ok((css?.bodies.gzip.length ?? 0) < 8_000);
  assert.ok((css?.bodies.gzip.length ?? 0) + (htmx?.bodies.gzip.length ?? 0) < 30_000);
});

test("comes in the best encoding that the browser takes", () => {
  assert.is(encodingFor("gzip, deflate, br"), "br");
  assert.is(encodingFor("gzip;q=1.0"), "gzip");
  assert.is(encodingFor(undefined), "identity");
});

test("takes comments and indentation out of scripts, and nothing else", () => {
  const script =
    '// Why.\n(() => {\n  // Because.\n  const address = "https://example.cn"; // said\n\n  go(address);\n})();\n';
  assert.is(
    minifyScript(script),
    '(() => {\nconst address = "https://example.cn"; // said\ngo(address);\n})();',
  );
  const { htmx, upload } = Object.fromEntries(
    [...loadAssets()].map(([name, { bodies }]) => [name.replace(".js", ""), bodies.identity.toString()]),
  );
  for (const sent of [htmx, upload]) assert.not.match(sent ?? "", /^\s*\/\//m);
});

test.run();
