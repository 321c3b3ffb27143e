import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bureauCopy, WORKING_SIDE } from "../../src/documents/copies.ts";
import { sharp } from "../../src/documents/engine.ts";
import { turnsOf } from "../../src/documents/orientation.ts";
import { BUREAU_LIMIT, inspectPicture, preparePicture } from "../../src/documents/picture.ts";
import { isPictureProblem } from "../../src/documents/picture-problem.ts";
import { pixelsOf } from "../../src/documents/source.ts";
import { phonePhoto, pngBomb } from "../support/pictures.ts";
import { median, type Row } from "./row.ts";

const ROUNDS = 9;
const ORIENTATION = 6;
const PHOTOS_IN_A_ROW = 5;

async function millisecondsOf(work: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Medians of two pieces of work, done in turn, so that a busy machine slows both. */
async function compare(
  ours: () => Promise<unknown>,
  plain: () => Promise<unknown>,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    times[0].push(await millisecondsOf(ours));
    times[1].push(await millisecondsOf(plain));
  }
  return [median(times[0]), median(times[1])];
}

/** What sharp needs at least for one copy of that size: decode, turn, resize, encode once. */
const plainCopy = (photo: Buffer, side: number): Promise<Buffer> =>
  sharp(photo)
    .autoOrient()
    .resize(side, side, { fit: "inside" })
    .jpeg({ quality: 40, progressive: true })
    .toBuffer();

const ratioRow = (what: string, [ours, plain]: [number, number]): Row => ({
  what,
  budget: "≤ 1.5 ×",
  measured: `${(ours / plain).toFixed(2)} × (${ours.toFixed(0)} ms / ${plain.toFixed(0)} ms)`,
  ok: ours / plain <= 1.5,
});

async function timeRows(photo: Buffer): Promise<Row[]> {
  const source = { bytes: photo, turns: turnsOf(ORIENTATION, 0) };
  const bureau = async () =>
    bureauCopy(await pixelsOf(source, WORKING_SIDE), BUREAU_LIMIT, (side) => pixelsOf(source, side));
  const { width = 0, height = 0 } = await sharp(await bureau()).metadata();
  const side = Math.max(width, height);
  const name = `12-megapixel photo → ${side} px below 73 KB`;
  const three = await compare(
    () => preparePicture(photo),
    () => plainCopy(photo, side),
  );
  return [
    ratioRow(
      `${name}, against decode + resize + one encode`,
      await compare(bureau, () => plainCopy(photo, side)),
    ),
    {
      ...ratioRow("all three copies, full size among them, against that one", three),
      budget: "–",
      ok: undefined,
    },
  ];
}

async function bombRow(): Promise<Row> {
  const bomb = pngBomb();
  const time = await millisecondsOf(() => {
    if (!isPictureProblem(inspectPicture(bomb))) throw new Error("the bomb was taken");
  });
  return {
    what: "a bomb of 30,000 × 30,000 pixels refused",
    budget: "≤ 50 ms",
    measured: `${time.toFixed(2)} ms`,
    ok: time <= 50,
  };
}

/** Measured in a process of its own: this one has made the photo and much else. */
async function memoryRow(photo: Buffer): Promise<Row> {
  const env = { MALLOC_ARENA_MAX: "2", ...process.env }; // as the supervisor starts the worker
  const child = fork(fileURLToPath(import.meta.url), ["measure-memory"], { env });
  child.send(photo.toString("base64"));
  const [megabytes] = (await once(child, "message")) as [number | null];
  const what = "memory over idle for 12-megapixel photos, five in a row";
  if (megabytes === null) return { what, budget: "≤ 100 MB", measured: "not known on this system" };
  return { what, budget: "≤ 100 MB", measured: `${megabytes.toFixed(0)} MB`, ok: megabytes <= 100 };
}

const peakMegabytes = (): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) / 1000;

/** In the child: the highest resident memory while photos are made ready, over what the idle process had. */
async function measureMemory(photo: Buffer): Promise<number | null> {
  await sharp(photo).resize(64).jpeg().toBuffer();
  await new Promise((wake) => setTimeout(wake, 500));
  const idle = process.memoryUsage.rss() / 1e6;
  try {
    writeFileSync("/proc/self/clear_refs", "5"); // Linux: sets the high-water mark back to now
    for (let count = 0; count < PHOTOS_IN_A_ROW; count += 1) await preparePicture(photo);
    return peakMegabytes() - idle;
  } catch {
    return null;
  }
}

/** Rows for the picture budgets: time against a plain pipeline, memory, refusal of a bomb. */
export async function bench(): Promise<Row[]> {
  const photo = await phonePhoto({ orientation: ORIENTATION, noise: 12 });
  return [...(await timeRows(photo)), await memoryRow(photo), await bombRow()];
}

if (process.argv[2] === "measure-memory") {
  const [message] = (await once(process, "message")) as [string];
  process.send?.(await measureMemory(Buffer.from(message, "base64")), () => process.disconnect());
}
