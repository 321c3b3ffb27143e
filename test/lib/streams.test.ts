import { Readable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { eachLine, readAll, TooLong } from "../../src/lib/streams.ts";

const test = suite("streams");

test("are read whole up to the limit", async () => {
  assert.is((await readAll(Readable.from([Buffer.from("备"), Buffer.from("案")]), 6)).toString(), "备案");
});

test("are cut off at the first byte above the limit", async () => {
  const error = await readAll(Readable.from([Buffer.alloc(6), Buffer.alloc(1)]), 6).catch((reason) => reason);
  assert.instance(error, TooLong);
});

test("give whole lines whatever the pieces they come in", async () => {
  const bytes = Buffer.from("备案\nline two\r\nrest");
  const source = Readable.from(
    [...bytes].map((byte) => Buffer.from([byte])),
    { objectMode: false },
  );
  const lines: string[] = [];
  eachLine(source, (line) => lines.push(line));
  await new Promise((resolve) => source.once("close", resolve));
  assert.equal(lines, ["备案", "line two", "rest"]);
});

test.run();
