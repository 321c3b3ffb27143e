import { setTimeout as pause } from "node:timers/promises";
import { Hono } from "hono";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { tableFile } from "../../src/controllers/export.ts";
import type { Env } from "../../src/middleware/env.ts";
import { codesOf } from "../../src/vocabulary/code-overlay.ts";
import { codeLabel, withCodes } from "../../src/vocabulary/code-tables.ts";

const test = suite("a table as a file");

/** More than is made before anybody reads. */
const ROWS = 200;

let closed = 0;
async function* words(): AsyncGenerator<string[]> {
  try {
    for (let at = 0; at < ROWS; at++) {
      if (at % 50 === 0) await pause(1);
      yield [codeLabel("access_mode", "1")];
    }
  } finally {
    closed++;
  }
}

/** Two providers, one of which adopted another word; the third adopted nothing. */
const app = new Hono<Env>();
for (const path of ["甲", "乙"])
  app.get(`/${path}`, (c) => {
    const adopted = [{ name: "Wzjrfs_dms", rows: [{ code: "1", label: path, valid: true }] }];
    return withCodes(codesOf(adopted), () => tableFile(c, { format: "csv", name: "表" }, words()));
  });
app.get("/丙", (c) => tableFile(c, { format: "csv", name: "表" }, words()));

/** As a slow line takes it: piece by piece, each asked for by itself. */
async function wordsAt(path: string): Promise<string[]> {
  const { body } = await app.request(encodeURI(`/${path}`));
  const pieces: Uint8Array[] = [];
  for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
    pieces.push(piece);
    await pause(0);
  }
  const text = Buffer.concat(pieces).toString("utf8").replace("\uFEFF", "");
  return [...new Set(text.trim().split(/\r?\n/))];
}

test("has the words of its provider in every row, however late it is read", async () => {
  const [one, other, plain] = await Promise.all(["甲", "乙", "丙"].map(wordsAt));
  assert.equal(one, ["甲"]);
  assert.equal(other, ["乙"]);
  assert.equal(plain, [codeLabel("access_mode", "1")]);
});

test("ends with whoever stops reading", async () => {
  const before = closed;
  const response = await app.request(encodeURI("/甲"));
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await pause(20);
  assert.is(closed, before + 1);
});

test.run();
