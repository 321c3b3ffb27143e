import sharp from "sharp";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { deleteMaterial, uploadMaterial } from "../../../src/models/material/change.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { type Answer, testWorld, type World } from "../../support/app.ts";
import { registrantNamed } from "../../support/filings.ts";
import { draftWithPlaces, prepareAll } from "../../support/materials.ts";
import { registrants, staff } from "../../support/people.ts";
import { photo } from "../../support/photos.ts";

type Shared = { world: World; filing: Filing; id: number; section: number };

const test = suite<Shared>("the picture of a filing");
test.before(async (context) => {
  const world = await testWorld();
  const owner = registrantNamed(world.people, "张三");
  const { filing, subject } = await draftWithPlaces(world, owner);
  const bytes = await photo({ width: 1200, height: 900 });
  const place = { filingId: filing.id, slot: "certificate", sectionId: subject };
  await uploadMaterial(world.store, world.files, owner, { ...place, bytes, requestId: newId() });
  await prepareAll(world, filing);
  const [material] = await currentMaterials(world.db, filing.id);
  Object.assign(context, { world, filing, id: material?.id, section: subject });
});
test.after((context) => context.world.close());

const ofOwner = ({ filing, section }: Shared, copy: string) =>
  `/filings/${filing.number}/materials/certificate/${copy}?section=${section}`;
const ofStaff = ({ filing, id }: Shared, copy: string) =>
  `/console/filings/${filing.number}/materials/${id}/${copy}`;

/** What each person gets of the picture on the console: 200, 403 for a role that sees none, 404 for another provider. */
const onConsole: Record<keyof typeof staff, number> = {
  李四: 200,
  赵六: 200,
  孙七: 200,
  吴九: 200,
  周八: 403,
  郑十: 403,
  冯二: 404,
};

for (const [name, status] of Object.entries(onConsole) as [keyof typeof staff, number][])
  test(`answers ${staff[name].roles.join(", ")} ${name} with ${status} on the console`, async (shared) => {
    const browser = await shared.world.signInAs(name);
    for (const copy of ["full", "thumbnail"]) {
      const answer = await browser.get(ofStaff(shared, copy));
      assert.is(answer.status, status);
      assert.is(answer.headers.get("content-type")?.startsWith("image/") ?? false, status === 200);
    }
    // Staff have no session on the portal.
    assert.is((await browser.get(ofOwner(shared, "full"))).status, 303);
  });

const onPortal: Record<keyof typeof registrants, number> = { 张三: 200, 王五: 404, 钱一: 404 };

for (const [name, status] of Object.entries(onPortal) as [keyof typeof registrants, number][])
  test(`answers the registrant ${name} with ${status} on the portal`, async (shared) => {
    const browser = await shared.world.signInAs(name);
    for (const address of [ofOwner(shared, "full"), `${ofOwner(shared, "thumbnail")}&v=${shared.id}`])
      assert.is((await browser.get(address)).status, status);
    assert.is((await browser.get(ofStaff(shared, "full"))).status, 303);
  });

test("is for nobody who is not signed in", async (shared) => {
  for (const address of [ofOwner(shared, "full"), ofStaff(shared, "full")])
    assert.match((await shared.world.visitor().get(address)).location ?? "", "/login?next=");
});

const isHarmless = ({ headers }: Answer): void => {
  assert.is(headers.get("x-content-type-options"), "nosniff");
  assert.is(headers.get("content-disposition"), "inline");
  assert.is(headers.get("content-security-policy"), "default-src 'none'; sandbox");
};

test("comes as an upright JPEG that is never run and never kept by others", async (shared) => {
  const owner = await shared.world.signInAs("张三");
  const full = await owner.get(ofOwner(shared, "full"));
  isHarmless(full);
  assert.is(full.headers.get("cache-control"), "private, no-store");
  const { format, width, height, exif } = await sharp(full.bytes).metadata();
  assert.equal([format, width, height, exif], ["jpeg", 900, 1200, undefined]);

  const thumbnail = await owner.get(`${ofOwner(shared, "thumbnail")}&v=${shared.id}`);
  isHarmless(thumbnail);
  assert.match(thumbnail.headers.get("cache-control") ?? "", /^private, max-age=/);
  assert.ok(thumbnail.bytes.length <= 12 * 1024);
});

test("is not read from a cache by staff, and each opening is in the audit log", async (shared) => {
  const { world, filing, id } = shared;
  const openings = async () =>
    world.db<{ actorId: number; detail: unknown }[]>`
      select actor_id, detail from audit_log where action = 'open-material' and filing_id = ${filing.id} order by id`;
  const before = (await openings()).length;
  const reviewer = await world.signInAs("李四");
  const answer = await reviewer.get(ofStaff(shared, "thumbnail"));
  isHarmless(answer);
  assert.is(answer.headers.get("cache-control"), "private, no-store");
  await (await world.signInAs("周八")).get(ofStaff(shared, "full"));
  await (await world.signInAs("张三")).get(ofOwner(shared, "full"));
  const rows = await openings();
  assert.is(rows.length, before + 1);
  assert.equal(rows.at(-1)?.detail, { materialId: id, slot: "certificate", copy: "thumbnail" });
  assert.is(rows.at(-1)?.actorId, world.people.staff.李四.id);
});

test("has no copy but the two that people look at, and none at an address that is made up", async (shared) => {
  const owner = await shared.world.signInAs("张三");
  const reviewer = await shared.world.signInAs("李四");
  for (const copy of ["original", "bureau", "../full"]) {
    assert.is((await owner.get(ofOwner(shared, copy))).status, 404);
    assert.is((await reviewer.get(ofStaff(shared, copy))).status, 404);
  }
  const { filing, section } = shared;
  for (const address of [
    `/filings/${filing.number}/materials/leader/full?section=${section}`,
    `/filings/${filing.number}/materials/certificate/full`,
    `/filings/${filing.number}/materials/certificate/full?section=x`,
    `/filings/20200101-0001/materials/certificate/full?section=${section}`,
  ])
    assert.is((await owner.get(address)).status, 404, address);
});

test("does not open under the id of another filing's picture", async (shared) => {
  const { world } = shared;
  const other = await draftWithPlaces(world, registrantNamed(world.people, "王五"));
  const stranger = await world.signInAs("王五");
  const address = `/filings/${other.filing.number}/materials/certificate/full?section=${other.subject}&v=${shared.id}`;
  assert.is((await stranger.get(address)).status, 404);
});

test("does not open when another one was laid in its place", async (shared) => {
  const { world, filing } = shared;
  const [material] = await currentMaterials(world.db, filing.id);
  const [full = "", thumbnail = ""] = [material?.fullFile ?? "", material?.thumbnailFile ?? ""];
  const bytes = world.files.kept.get(full) as Buffer;
  world.files.kept.set(full, world.files.kept.get(thumbnail) as Buffer);
  const owner = await world.signInAs("张三");
  assert.is((await owner.get(ofOwner(shared, "full"))).status, 500);
  world.files.kept.set(full, bytes);
  assert.is((await owner.get(ofOwner(shared, "full"))).status, 200);
});

test("is still there for reviewers when it was taken out", async (shared) => {
  const { world, filing, id, section } = shared;
  const removal = { filingId: filing.id, slot: "certificate", sectionId: section, materialId: id };
  await deleteMaterial(world.store, registrantNamed(world.people, "张三"), {
    ...removal,
    requestId: newId(),
  });
  assert.is((await (await world.signInAs("李四")).get(ofStaff(shared, "full"))).status, 200);
  assert.is((await (await world.signInAs("张三")).get(ofOwner(shared, "full"))).status, 404);
});

test.run();
