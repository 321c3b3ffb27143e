import { create } from "qrcode";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { qrCode } from "../../src/lib/qr.ts";

const test = suite("a QR code as a path");

const text = "https://beian.example/u/0123456789abcdefghjkmnpqrs";

/** The modules that a path fills, row by row. */
function drawn({ size, path }: ReturnType<typeof qrCode>): string[] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => "."));
  for (const [, x, y, wide] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let at = 0; at < Number(wide); at += 1) (rows[Number(y)] as string[])[Number(x) + at] = "#";
  return rows.map((row) => row.join(""));
}

test("fills the very modules of the code, with four light ones around", () => {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const rows = drawn(qrCode(text));
  assert.is(rows.length, modules.size + 8);
  for (let y = 0; y < modules.size; y += 1)
    for (let x = 0; x < modules.size; x += 1)
      assert.is(rows[y + 4]?.[x + 4], modules.get(y, x) ? "#" : ".", `${x} ${y}`);
  const light = ".".repeat(rows.length);
  for (const y of [0, 1, 2, 3]) assert.equal([rows[y], rows.at(-1 - y)], [light, light]);
});

test("has the three squares by which a camera finds it", () => {
  const rows = drawn(qrCode(text));
  const square = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"];
  const at = (x: number, y: number) => rows.slice(y, y + 7).map((row) => row.slice(x, x + 7));
  const far = rows.length - 11;
  for (const [x, y] of [
    [4, 4],
    [far, 4],
    [4, far],
  ] as const)
    assert.equal(at(x, y), square);
});

test.run();
