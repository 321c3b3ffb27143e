import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { demoPicture } from "../../../src/demo/pictures/index.ts";
import { createReader, type Reader, readingOf } from "../../../src/documents/recognition/index.ts";
import { projectPath } from "../../../src/lib/project.ts";

const test = suite("the reader");

/** Milliseconds: the tests run many at a time, and the reader behind all of them. */
const PATIENCE = 240_000;

const CODE = "91330106MA2001234H";
const licence = () =>
  demoPicture("businessLicence", {
    ...{ name: "杭州示例网络科技有限公司", creditCode: CODE, legalRepresentative: "王建国" },
    address: "浙江省杭州市西湖区示例路18号",
  });

async function withReader<T>(
  options: Parameters<typeof createReader>[0],
  work: (reader: Reader) => Promise<T>,
) {
  const reader = createReader(options);
  try {
    return await work(reader);
  } finally {
    reader.stop();
  }
}

test("reads with the network shut, and leaves no file behind in the project", async () => {
  const shut = pathToFileURL(projectPath("test", "support", "no-network.mjs")).href;
  const before = readdirSync(projectPath());
  await withReader({ limit: PATIENCE, execArgv: ["--import", shut] }, async (reader) => {
    const cells = await reader.read(await licence());
    assert.is(cells && readingOf("businessLicence", cells)?.number, CODE);
  });
  assert.equal(readdirSync(projectPath()), before);
});

test("what shuts the network does so: with a reader that fetches the test would fail", async () => {
  const shut = pathToFileURL(projectPath("test", "support", "no-network.mjs")).href;
  const script = "fetch('http://127.0.0.1:1/').catch(() => undefined)";
  const { status } = spawnSync(process.execPath, ["--import", shut, "-e", script]);
  assert.is(status, 99);
});

test("what is no picture gives nothing, and the next picture is read all the same", async () => {
  await withReader({ limit: PATIENCE }, async (reader) => {
    assert.is(await reader.read(Buffer.from("no picture")), null);
    const cells = await reader.read(await licence());
    assert.is(cells && readingOf("businessLicence", cells)?.number, CODE);
  });
});

test("a picture that takes too long gives nothing, and a reader that was stopped starts again", async () => {
  await withReader({ limit: 1 }, async (reader) => assert.is(await reader.read(await licence()), undefined));
  await withReader({ limit: PATIENCE }, async (reader) => {
    const first = reader.read(await licence());
    setTimeout(() => reader.stop(), 200);
    assert.is(await first, undefined);
    const cells = await reader.read(await licence());
    assert.is(cells && readingOf("businessLicence", cells)?.number, CODE);
  });
});

test.run();
