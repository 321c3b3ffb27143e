import sharp from "sharp";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { rotateMaterial, uploadMaterial } from "../../../src/models/material/change.ts";
import { type Files, readPicture } from "../../../src/models/material/files.ts";
import {
  type Copy,
  currentMaterials,
  type Material,
  materialColumns,
} from "../../../src/models/material/rows.ts";
import { filesWithoutRow } from "../../../src/models/worker/sweep.ts";
import { prepareMaterial } from "../../../worker/tasks/prepare-material.ts";
import { fakeFiles, testWorld, type World } from "../../support/app.ts";
import { draft, registrantNamed } from "../../support/filings.ts";
import { photo, smallPhoto } from "../../support/photos.ts";

const test = suite<{ world: World }>("preparing a picture");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after((context) => context.world.close());

let serial = 0;

/** A fresh draft whose certificate (or form) was uploaded and waits for the worker, over files of its own. */
async function uploaded(world: World, bytes: Uint8Array, slot: "certificate" | "form" = "certificate") {
  const actor = registrantNamed(world.people, "张三");
  const filing = await draft(world.store, actor, { domain: `pu${++serial}.cn`, certNo: `cert-${serial}` });
  const { subject, websites } = arrange(await sectionsOf(world.store, filing));
  const sectionId = slot === "form" ? (websites[0]?.id ?? 0) : subject.id;
  const files = fakeFiles();
  const put = (next: Uint8Array) =>
    uploadMaterial(world.store, files, actor, {
      ...{ filingId: filing.id, slot, sectionId },
      ...{ bytes: next, requestId: newId() },
    });
  await put(bytes);
  const [material] = await currentMaterials(world.db, filing.id);
  return {
    actor,
    filing,
    files,
    put,
    id: material?.id ?? 0,
    place: { filingId: filing.id, slot, sectionId },
  };
}

const said: string[] = [];
const run = (world: World, files: Files, materialId: number) =>
  prepareMaterial({ ...world.store, files })(
    { materialId },
    { progress: (step) => said.push(step), attempt: 1, signal: undefined },
  );

const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "",
    (error: Error) => error.message,
  );

async function rowOf({ db }: World, id: number): Promise<Material> {
  const [row] = await db<Material[]>`select ${materialColumns(db)} from materials m where m.id = ${id}`;
  return row as Material;
}

const opened = async (world: World, files: Files, material: Material, copy: Copy): Promise<Buffer> => {
  const [filing] = await world.db<
    { dataKey: Buffer }[]
  >`select data_key from filings where id = ${material.filingId}`;
  return readPicture(files, world.store.vault.unwrap(filing?.dataKey ?? Buffer.alloc(0)), material, copy);
};

test("turns a phone's photo upright and makes three sealed copies without metadata", async ({ world }) => {
  const { files, id } = await uploaded(world, await photo());
  await run(world, files, id);
  const row = await rowOf(world, id);
  assert.equal([row.state, row.width, row.height, row.originalFile], ["ready", 3000, 4000, null]);
  assert.ok((row.bureauBytes ?? 0) <= 73 * 1024);
  assert.is(files.kept.size, 3, "the picture as it came is gone");
  for (const copy of ["full", "bureau", "thumbnail"] as const) {
    const {
      format,
      width = 0,
      height = 0,
      exif,
      orientation,
    } = await sharp(await opened(world, files, row, copy)).metadata();
    assert.is(format, "jpeg");
    assert.ok(height > width, `${copy} stands upright`);
    assert.is(exif, undefined);
    assert.is(orientation, undefined);
  }
  for (const bytes of files.kept.values()) {
    assert.is.not(bytes.toString("hex", 0, 3), "ffd8ff");
    assert.not(bytes.includes("JFIF"));
  }
});

test("gives the form more bytes at the bureau than the rest, and what a bureau takes besides", async ({
  world,
}) => {
  const bytes = await photo({ width: 2400, height: 1800 });
  const { files, id } = await uploaded(world, bytes, "form");
  await run(world, files, id);
  const { bureauBytes } = await rowOf(world, id);
  assert.ok((bureauBytes ?? 0) > 73 * 1024 && (bureauBytes ?? 0) <= 110 * 1024, String(bureauBytes));

  await world.db`
    insert into isp_bureaus (isp_id, province, is_default, name, endpoint, bureau_isp_id, user_name, data_key,
      secrets_sealed, settings)
    values (${world.people.isps.first}, '330000', true, '浙江省通信管理局', 'http://localhost/', 1, 'u', '', '',
      ${world.db.json({ pictureBytes: { certificate: 200 * 1024 } })})`;
  const second = await uploaded(world, bytes);
  await run(world, second.files, second.id);
  assert.ok(((await rowOf(world, second.id)).bureauBytes ?? 0) > 110 * 1024);
  await world.db`delete from isp_bureaus`;
});

test("does nothing the second time, nor when two workers take it at once", async ({ world }) => {
  const { files, id } = await uploaded(world, await smallPhoto());
  await Promise.all([run(world, files, id), run(world, files, id)]);
  const first = await rowOf(world, id);
  await run(world, files, id);
  assert.equal(await rowOf(world, id), first);
  assert.is(files.kept.size, 3);
  assert.equal(await filesWithoutRow(world.db, [...files.kept.keys()]), []);
});

test("is content when another run finished and removed the original in between", async ({ world }) => {
  const { files, id } = await uploaded(world, await smallPhoto());
  const slow = {
    ...files,
    get: async (file: string) => {
      await run(world, files, id);
      return files.get(file);
    },
  };
  await run(world, slow, id);
  assert.is((await rowOf(world, id)).state, "ready");
  assert.is(files.kept.size, 3);
});

test("says of a picture that cannot be decoded that it failed, and keeps nothing of it", async ({
  world,
}) => {
  const bytes = await photo({ width: 800, height: 600, format: "png" });
  // Its header and its end are whole; what lies between is not.
  bytes.fill(0, 200, bytes.length - 20);
  const { files, id } = await uploaded(world, bytes);
  await run(world, files, id);
  const { state, problem, originalFile } = await rowOf(world, id);
  assert.equal([state, problem, originalFile], ["failed", "broken", null]);
  assert.is(files.kept.size, 0);
});

test("leaves a picture alone that was replaced before its turn, and removes its bytes", async ({ world }) => {
  const { files, id, put, filing } = await uploaded(world, await smallPhoto(1));
  await put(await smallPhoto(2));
  await run(world, files, id);
  assert.equal([(await rowOf(world, id)).fullFile, files.kept.size], [null, 1]);
  const [current] = await currentMaterials(world.db, filing.id);
  await run(world, files, current?.id ?? 0);
  assert.is((await currentMaterials(world.db, filing.id))[0]?.state, "ready");
  assert.is(files.kept.size, 3);
});

test("keeps nothing of a picture that is replaced while it works", async ({ world }) => {
  const { files, id, put } = await uploaded(world, await smallPhoto(3));
  let count = 0;
  const slow: Files = {
    ...files,
    put: async (bytes) => {
      if (++count === 3) await put(await smallPhoto(4));
      return files.put(bytes);
    },
  };
  await run(world, slow, id);
  assert.is((await rowOf(world, id)).state, "processing");
  assert.is(files.kept.size, 1, "only the bytes of the new one");
});

test("loses no picture when it dies before the row names the copies", async ({ world }) => {
  const { files, id } = await uploaded(world, await smallPhoto(5));
  let count = 0;
  const dying: Files = {
    ...files,
    put: (bytes) => (++count === 3 ? Promise.reject(new Error("killed")) : files.put(bytes)),
  };
  assert.is(await failure(run(world, dying, id)), "killed");
  assert.is((await rowOf(world, id)).state, "processing");
  await run(world, files, id);
  const row = await rowOf(world, id);
  assert.is(row.state, "ready");
  const orphans = await filesWithoutRow(world.db, [...files.kept.keys()]);
  assert.is(orphans.length, 2, "what the dead run left has no row, so the sweep takes it");
  assert.ok((await opened(world, files, row, "full")).length > 0);
});

test("loses no picture when it dies after the row named the copies", async ({ world }) => {
  const { files, id } = await uploaded(world, await smallPhoto(6));
  const dying: Files = { ...files, remove: () => Promise.reject(new Error("killed")) };
  assert.is(await failure(run(world, dying, id)), "killed");
  await run(world, files, id);
  const row = await rowOf(world, id);
  assert.is(row.state, "ready");
  assert.is((await filesWithoutRow(world.db, [...files.kept.keys()])).length, 1, "the original has no row");
});

test("turns a picture by quarters as the person asked", async ({ world }) => {
  const { files, id, actor, place, filing } = await uploaded(
    world,
    await photo({ width: 800, height: 600, orientation: 1 }),
  );
  await run(world, files, id);
  await rotateMaterial(world.store, files, actor, {
    ...{ ...place, materialId: id },
    ...{ quarterTurns: 1, requestId: newId() },
  });
  const [turned] = await currentMaterials(world.db, filing.id);
  await run(world, files, turned?.id ?? 0);
  const [done] = await currentMaterials(world.db, filing.id);
  assert.equal([done?.state, done?.width, done?.height], ["ready", 600, 800]);
});

test.run();
