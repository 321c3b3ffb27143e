import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { NotFound, TransitionRefused } from "../../../src/models/errors.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import {
  changeFormDate,
  deleteMaterial,
  rotateMaterial,
  uploadMaterial,
} from "../../../src/models/material/change.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { fakeFiles, testWorld, type World } from "../../support/app.ts";
import { bringTo, complete, draft, registrantNamed, reviewed, staffNamed } from "../../support/filings.ts";
import { smallPhoto } from "../../support/photos.ts";

const test = suite<{ world: World }>("a picture put into a slot");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after((context) => context.world.close());

let serial = 0;
const fresh = () => ({ domain: `cha${++serial}.cn`, certNo: `cert-${serial}` });

const zhang = ({ people }: World) => registrantNamed(people, "张三");

/** A draft with the places of its subject and its website. */
async function opened(world: World): Promise<{ filing: Filing; subject: number; website: number }> {
  const filing = await draft(world.store, zhang(world), fresh());
  const { subject, websites } = arrange(await sectionsOf(world.store, filing));
  return { filing, subject: subject.id, website: websites[0]?.id ?? 0 };
}

const refusal = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  return assert.unreachable("nothing was refused") as never;
};

test("is sealed, recorded, written into the history and handed to the worker in one go", async ({
  world,
}) => {
  const { filing, subject } = await opened(world);
  const bytes = await smallPhoto();
  const place = { filingId: filing.id, slot: "certificate", sectionId: subject };
  await uploadMaterial(world.store, world.files, zhang(world), { ...place, bytes, requestId: newId() });

  const [material] = await currentMaterials(world.db, filing.id);
  assert.is(material?.state, "processing");
  assert.is(material?.originalBytes, bytes.length);
  const kept = world.files.kept.get(material?.originalFile ?? "");
  assert.ok(kept);
  assert.not(kept?.includes(bytes.subarray(0, 12)), "what lies on the disk is not a JPEG");
  const event = (await eventsOf(world.db, filing.id)).at(-1);
  assert.equal(event?.detail, {
    slot: "certificate",
    sectionId: subject,
    digest: material?.digest.toString("hex"),
  });
  const [job] =
    await world.db`select key from graphile_worker.jobs where key = ${`prepare-material:${material?.id}`}`;
  assert.ok(job);
});

test("counts once when the same bytes are sent twice from one page", async ({ world }) => {
  const { filing, subject } = await opened(world);
  const upload = {
    ...{ filingId: filing.id, slot: "certificate", sectionId: subject },
    ...{ bytes: await smallPhoto(), requestId: newId() },
  };
  const before = world.files.kept.size;
  await Promise.all([1, 2, 3].map(() => uploadMaterial(world.store, world.files, zhang(world), upload)));
  assert.is((await eventsOf(world.db, filing.id)).length, 2);
  assert.is(world.files.kept.size, before + 1, "the bytes of the repeats do not stay");
  const rows = await world.db`select id from materials where filing_id = ${filing.id}`;
  assert.is(rows.length, 1);
});

test("is replaced by another one from the same page, whose row stays known", async ({ world }) => {
  const { filing, subject } = await opened(world);
  const upload = { filingId: filing.id, slot: "leader", sectionId: subject, requestId: newId() };
  for (const shade of [10, 20])
    await uploadMaterial(world.store, world.files, zhang(world), {
      ...upload,
      bytes: await smallPhoto(shade),
    });
  const rows = await world.db<{ retiredAt: Date | null }[]>`
    select retired_at from materials where filing_id = ${filing.id} order by id`;
  assert.equal(
    rows.map(({ retiredAt }) => retiredAt === null),
    [false, true],
  );
});

test("is alone in its slot when two arrive at the same moment", async ({ world }) => {
  const { filing, subject } = await opened(world);
  const upload = { filingId: filing.id, slot: "leader", sectionId: subject };
  const pictures = await Promise.all([1, 2, 3, 4].map((shade) => smallPhoto(shade * 40)));
  await Promise.all(
    pictures.map((bytes) =>
      uploadMaterial(world.store, world.files, zhang(world), { ...upload, bytes, requestId: newId() }),
    ),
  );
  assert.is((await currentMaterials(world.db, filing.id)).length, 1);
});

test("goes only where the rules know a slot, and to 主体负责人's where one picture serves both", async ({
  world,
}) => {
  const { filing, subject, website } = await opened(world);
  const bytes = await smallPhoto();
  const put = (slot: string, sectionId: number) =>
    uploadMaterial(world.store, world.files, zhang(world), {
      ...{ filingId: filing.id, slot, sectionId },
      ...{ bytes, requestId: newId() },
    });
  for (const [slot, section] of [
    ["passport", subject],
    ["certificate", website],
    ["certificate", subject + 99_999],
  ] as const)
    assert.instance(await refusal(put(slot, section)), NotFound);
  await put("siteLeader", website);
  const [material] = await currentMaterials(world.db, filing.id);
  assert.equal([material?.slot, material?.sectionId], ["leader", subject]);
});

test("leaves no bytes behind when the database says no", async ({ world }) => {
  const { filing, subject } = await opened(world);
  const files = fakeFiles();
  const before = await eventsOf(world.db, filing.id);
  const store = {
    ...world.store,
    db: new Proxy(world.db, {
      get: (target, name, receiver) =>
        name === "begin"
          ? () => Promise.reject(new Error("the line broke"))
          : Reflect.get(target, name, receiver),
    }),
  };
  const place = { filingId: filing.id, slot: "certificate", sectionId: subject };
  const upload = { ...place, bytes: await smallPhoto(), requestId: newId() };
  const error = await refusal(uploadMaterial(store, files, zhang(world), upload));
  assert.is(error.message, "the line broke");
  assert.is(files.kept.size, 0);
  assert.is((await eventsOf(world.db, filing.id)).length, before.length);
});

test("has no row when its bytes could not be stored", async ({ world }) => {
  const { filing, subject } = await opened(world);
  const files = { ...fakeFiles(), put: () => Promise.reject(new Error("the disk is full")) };
  const place = { filingId: filing.id, slot: "certificate", sectionId: subject };
  const upload = { ...place, bytes: await smallPhoto(), requestId: newId() };
  assert.is(
    (await refusal(uploadMaterial(world.store, files, zhang(world), upload))).message,
    "the disk is full",
  );
  assert.is((await currentMaterials(world.db, filing.id)).length, 0);
});

test("is refused to everybody but the owner", async ({ world }) => {
  const { filing, subject } = await opened(world);
  const upload = {
    ...{ filingId: filing.id, slot: "certificate", sectionId: subject },
    ...{ bytes: await smallPhoto(), requestId: newId() },
  };
  const before = world.files.kept.size;
  for (const name of ["王五", "钱一"] as const) {
    const other = registrantNamed(world.people, name);
    assert.instance(await refusal(uploadMaterial(world.store, world.files, other, upload)), NotFound);
  }
  const reviewer = staffNamed(world.people, "李四");
  assert.instance(
    await refusal(uploadMaterial(world.store, world.files, reviewer, upload)),
    TransitionRefused,
  );
  assert.is(world.files.kept.size, before);
});

test("may be the photo only when its step has come, and nothing else but the form from then on", async ({
  world,
}) => {
  const filing = await complete(world.store, zhang(world));
  const { subject, websites } = arrange(await sectionsOf(world.store, filing));
  const website = websites[0]?.id ?? 0;
  const bytes = await smallPhoto();
  const put = (slot: string, sectionId: number) =>
    uploadMaterial(world.store, world.files, zhang(world), {
      ...{ filingId: filing.id, slot, sectionId },
      ...{ bytes, requestId: newId() },
    });
  assert.instance(await refusal(put("photo", website)), TransitionRefused);
  const submitted = await bringTo(world.store, world.people, filing, "initial_review");
  for (const slot of ["photo", "form"]) assert.instance(await refusal(put(slot, website)), TransitionRefused);
  const [form] = (await currentMaterials(world.db, filing.id)).filter(({ slot }) => slot === "form");
  const removal = {
    ...{ filingId: filing.id, slot: "form", sectionId: website },
    ...{ materialId: form?.id ?? 0, requestId: newId() },
  };
  assert.instance(await refusal(deleteMaterial(world.store, zhang(world), removal)), TransitionRefused);

  await reviewed(world.store, submitted, "approve", staffNamed(world.people, "李四"));
  assert.instance(await refusal(put("certificate", subject.id)), TransitionRefused);
  await put("photo", website);
  await put("form", website);
});

test("is taken out again, and its slot is empty", async ({ world }) => {
  const { filing, subject } = await opened(world);
  const place = { filingId: filing.id, slot: "certificate", sectionId: subject };
  await uploadMaterial(world.store, world.files, zhang(world), {
    ...{ ...place, bytes: await smallPhoto() },
    requestId: newId(),
  });
  const [material] = await currentMaterials(world.db, filing.id);
  const removal = { ...place, materialId: material?.id ?? 0, requestId: newId() };
  await deleteMaterial(world.store, zhang(world), removal);
  await deleteMaterial(world.store, zhang(world), removal);
  assert.is((await currentMaterials(world.db, filing.id)).length, 0);
  assert.is((await eventsOf(world.db, filing.id)).length, 3);
});

test("keeps the day on which the form was signed, until another form lies there", async ({ world }) => {
  const { filing, website } = await opened(world);
  const place = { filingId: filing.id, slot: "form", sectionId: website };
  const signedOn = async () => (await findFiling(world.db, filing.number, zhang(world))).formSignedOn;
  const put = async (shade: number, formSignedOn: string | null) =>
    uploadMaterial(world.store, world.files, zhang(world), {
      ...{ ...place, bytes: await smallPhoto(shade) },
      ...{ formSignedOn, requestId: newId() },
    });
  await put(1, "2026-11-01");
  assert.is(await signedOn(), "2026-11-01");
  const date = { ...place, formSignedOn: "2026-11-03", requestId: newId() };
  await changeFormDate(world.store, zhang(world), date);
  assert.is(await signedOn(), "2026-11-03");
  await put(2, null);
  assert.is(await signedOn(), null);
});

test("cannot be turned before its copies are there", async ({ world }) => {
  const { filing, subject } = await opened(world);
  const place = { filingId: filing.id, slot: "certificate", sectionId: subject };
  const upload = { ...place, bytes: await smallPhoto(), requestId: newId() };
  await uploadMaterial(world.store, world.files, zhang(world), upload);
  const [material] = await currentMaterials(world.db, filing.id);
  const turn = { ...place, materialId: material?.id ?? 0, quarterTurns: 1, requestId: newId() };
  assert.instance(await refusal(rotateMaterial(world.store, world.files, zhang(world), turn)), NotFound);
});

test.run();
