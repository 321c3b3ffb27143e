import { suite } from "uvu";
import * as assert from "uvu/assert";
import { demoPicture } from "../../../src/demo/pictures/index.ts";
import { type Cell, createReader, type Reader } from "../../../src/documents/recognition/index.ts";
import { newId } from "../../../src/lib/ids.ts";
import { filingData } from "../../../src/models/filing/findings.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { uploadMaterial } from "../../../src/models/material/change.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { carried } from "../../../worker/tasks/carried.ts";
import { readDocument } from "../../../worker/tasks/read-document.ts";
import type { Tasks } from "../../../worker/tasks/types.ts";
import { cellsOf } from "../../documents/recognition/cells.ts";
import { testWorld, type World } from "../../support/app.ts";
import { registrantNamed } from "../../support/filings.ts";
import { draftWithPlaces, prepareAll } from "../../support/materials.ts";
import { smallPhoto } from "../../support/photos.ts";

const test = suite<{ world: World }>("reading a document");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after((context) => context.world.close());

/** Milliseconds: the tests run many at a time, and the reader behind all of them. */
const PATIENCE = 240_000;

const NUMBER = "330106199001152139";
const CARD = cellsOf(`姓名 | 陈雨桐\n公民身份号码 | ${NUMBER}`);

/** A reader that gives the same cells for every picture, and what happened to it. */
function fakeReader(
  cells: Cell[] | null | undefined,
  meanwhile: () => Promise<void> = async () => undefined,
) {
  const reader = { reads: 0, stopped: false };
  const read = async (): Promise<Cell[] | null | undefined> => {
    reader.reads += 1;
    await meanwhile();
    return cells;
  };
  return { ...reader, read, stop: () => undefined, count: () => reader.reads };
}

/** A draft with a picture in the slot of the card, prepared. */
async function withCard(world: World, bytes?: Buffer) {
  const actor = registrantNamed(world.people, "张三");
  const { filing, subject } = await draftWithPlaces(world, actor);
  const put = async (picture: Buffer) =>
    uploadMaterial(world.store, world.files, actor, {
      ...{ filingId: filing.id, slot: "leader", sectionId: subject },
      ...{ bytes: picture, requestId: newId() },
    });
  await put(bytes ?? (await smallPhoto()));
  await prepareAll(world, filing);
  return { filing, put, id: (await currentMaterials(world.db, filing.id))[0]?.id ?? 0 };
}

const run = (
  world: World,
  reader: Reader,
  materialId: number,
  more: { attempt?: number; signal?: AbortSignal; on?: boolean } = {},
) =>
  readDocument({ ...world.store, files: world.files, reader, config: { recognition: more.on ?? true } })(
    { materialId },
    { progress: () => undefined, attempt: more.attempt ?? 1, signal: more.signal },
  );

const readOf = async (world: World, filing: Filing) =>
  (await filingData(world.store, filing)).materials.find(({ slot }) => slot === "leader")?.read;

async function rowOf({ db }: World, id: number) {
  const [row] = await db<{ sealed: Buffer | null; problem: string | null; at: Date | null }[]>`
    select read_sealed as sealed, read_problem as problem, read_at as at from materials where id = ${id}`;
  return row;
}

const jobsFor = async ({ db }: World, id: number): Promise<number> =>
  (await db`select 1 from graphile_worker.jobs where key = ${`read-document:${id}`}`).length;

test("what was read lies sealed in the row and is seen by the rules", async ({ world }) => {
  const { filing, id } = await withCard(world);
  await run(world, fakeReader(CARD), id);
  assert.equal(await readOf(world, filing), { kind: "identityCard", name: "陈雨桐", number: NUMBER });
  const sealed = (await rowOf(world, id))?.sealed ?? Buffer.alloc(0);
  assert.not.match(sealed.toString("latin1"), NUMBER);
  assert.not.match(sealed.toString("utf8"), "陈雨桐");
});

test("a picture that is ready asks to be read, behind all else and one at a time", async ({ world }) => {
  const { id } = await withCard(world);
  const [job] = await world.db<{ priority: number; queue: string }[]>`
    select j.priority, q.queue_name as queue from graphile_worker._private_jobs j
      join graphile_worker._private_job_queues q on q.id = j.job_queue_id where j.key = ${`read-document:${id}`}`;
  assert.equal({ ...job }, { priority: 50, queue: "read-document" });
});

test("it runs twice without reading twice", async ({ world }) => {
  const { id } = await withCard(world);
  const reader = fakeReader(CARD);
  await run(world, reader, id);
  await run(world, reader, id);
  assert.is(reader.count(), 1);
});

test("a picture that was replaced while it was read keeps nothing", async ({ world }) => {
  const { filing, put, id } = await withCard(world);
  const another = await smallPhoto();
  await run(
    world,
    fakeReader(CARD, () => put(another)),
    id,
  );
  assert.is((await rowOf(world, id))?.sealed, null);
  assert.is(await readOf(world, filing), undefined);
});

test("a picture that cannot be read is let be, and the filing goes on", async ({ world }) => {
  const { filing, id } = await withCard(world);
  await run(world, fakeReader(null), id);
  assert.is((await rowOf(world, id))?.problem, "unreadable");
  assert.is(await readOf(world, filing), undefined);
});

test("a worker that stops leaves the picture to the next one", async ({ world }) => {
  const { filing, id } = await withCard(world);
  const stopping = new AbortController();
  const reader = fakeReader(null, async () => stopping.abort());
  await run(world, reader, id, { signal: stopping.signal }).then(
    () => assert.unreachable("it was taken for read"),
    (error: Error) => assert.match(error.message, "another run reads it"),
  );
  assert.is((await rowOf(world, id))?.at, null);
  await run(world, fakeReader(CARD), id);
  assert.is((await readOf(world, filing))?.number, NUMBER);
});

test("a reading that was ended, as for taking too long, is tried again", async ({ world }) => {
  const { id } = await withCard(world);
  await run(world, fakeReader(undefined), id).then(
    () => assert.unreachable("it was taken for read"),
    (error: Error) => assert.match(error.message, "another run reads it"),
  );
  assert.is((await rowOf(world, id))?.at, null);
});

test("a picture that workers were ended over again and again is given up", async ({ world }) => {
  const { id } = await withCard(world);
  const reader = fakeReader(CARD);
  await run(world, reader, id, { attempt: 4 });
  assert.is(reader.count(), 0);
  assert.is((await rowOf(world, id))?.problem, "stopped");
});

test("switched off by the provider there is no job, and one that waits reads nothing", async ({ world }) => {
  const { id: before } = await withCard(world);
  await world.db`update isps set settings = settings || '{"recognition": false}'`;
  try {
    const { id } = await withCard(world);
    assert.is(await jobsFor(world, id), 0);
    const reader = fakeReader(CARD);
    await run(world, reader, before);
    assert.is(reader.count(), 0);
  } finally {
    await world.db`update isps set settings = settings - 'recognition'`;
  }
});

test("a worker that does not carry it leaves the jobs to others", () => {
  const tasks = { "read-document": async () => undefined, sweep: async () => undefined } as unknown as Tasks;
  assert.equal(Object.keys(carried(tasks, { recognition: false })), ["sweep"]);
  assert.equal(Object.keys(carried(tasks, { recognition: true })), ["read-document", "sweep"]);
});

test("a process that does not carry it reads nothing", async ({ world }) => {
  const { id } = await withCard(world);
  const reader = fakeReader(CARD);
  await run(world, reader, id, { on: false });
  assert.is(reader.count(), 0);
});

test("pictures that show no document are never asked for", async ({ world }) => {
  const actor = registrantNamed(world.people, "张三");
  const { filing, website } = await draftWithPlaces(world, actor);
  await uploadMaterial(world.store, world.files, actor, {
    ...{ filingId: filing.id, slot: "form", sectionId: website, formSignedOn: "2026-11-18" },
    ...{ bytes: await smallPhoto(), requestId: newId() },
  });
  await prepareAll(world, filing);
  const [material] = await currentMaterials(world.db, filing.id);
  assert.is(await jobsFor(world, material?.id ?? 0), 0);
});

test("a drawn card is read from its picture, all the way", async ({ world }) => {
  const person = { name: "王建国", identity: NUMBER, address: "浙江省杭州市西湖区示例路18号" };
  const { filing, id } = await withCard(world, await demoPicture("identityCard", person));
  const reader = createReader({ limit: PATIENCE });
  await run(world, reader, id);
  reader.stop();
  const read = await readOf(world, filing);
  assert.is(read?.number, NUMBER);
  assert.is(read?.until, "2041-05-01");
});

test.run();
