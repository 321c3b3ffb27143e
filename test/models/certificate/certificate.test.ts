import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addDays, addMonths, isoDate } from "../../../src/lib/dates.ts";
import { newId } from "../../../src/lib/ids.ts";
import {
  addCertificate,
  editCertificate,
  LibraryFull,
  MOST,
  removeCertificate,
} from "../../../src/models/certificate/change.ts";
import { keepMaterial, useCertificate } from "../../../src/models/certificate/in-filings.ts";
import { certificateKinds, fitsSlot, isCertificateKind } from "../../../src/models/certificate/kinds.ts";
import {
  certificatesOf,
  certificateUses,
  findCertificate,
  termOf,
} from "../../../src/models/certificate/list.ts";
import { openCertificate } from "../../../src/models/certificate/opening.ts";
import { Conflict, NotFound, TransitionRefused } from "../../../src/models/errors.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import { filingKey } from "../../../src/models/filing/rows.ts";
import { uploadMaterial } from "../../../src/models/material/change.ts";
import { readPicture } from "../../../src/models/material/files.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { remindCertificates } from "../../../src/models/reminder/certificates.ts";
import { filesWithoutRow, sweeps } from "../../../src/models/worker/sweep.ts";
import { testWorld, type World } from "../../support/app.ts";
import { certificate, prepareCertificates } from "../../support/certificates.ts";
import { bringTo, complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { draftWithPlaces, placesOf, prepareAll } from "../../support/materials.ts";
import { smallPhoto } from "../../support/photos.ts";

const test = suite<{ world: World }>("a certificate in the library");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after((context) => context.world.close());
test.after.each(async ({ world }) => {
  await world.db`delete from certificates`;
});

const zhang = ({ people }: World) => registrantNamed(people, "张三");
const wang = ({ people }: World) => registrantNamed(people, "王五");
const about = { kind: "certificate", note: "总公司的执照", holder: "云栖问茶", validUntil: "2031-05-01" };

const refusal = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  return assert.unreachable("nothing was refused") as never;
};

test("is sealed with all that its owner says of it, and opens for its owner alone", async ({ world }) => {
  const id = await certificate(world, zhang(world), about);
  const { note, holder, validUntil, state } = await findCertificate(world.store, zhang(world), id);
  assert.equal({ kind: "certificate", note, holder, validUntil }, about);
  assert.is(state, "ready");
  const [row] = await world.db`select * from certificates where id = ${id}`;
  assert.not.match(JSON.stringify(row), /总公司|云栖/);
  assert.not(Buffer.from(row?.noteSealed).includes(Buffer.from("总公司")));
  assert.is(row?.originalFile, null, "what came is let go");
  const open = (actor: ReturnType<typeof zhang>) =>
    openCertificate(world.store, world.files, actor, { id, copy: "full" });
  assert.is((await open(zhang(world))).subarray(0, 2).toString("hex"), "ffd8");
  assert.not(world.files.kept.get(row?.fullFile)?.subarray(0, 2).toString("hex") === "ffd8");
  assert.instance(await refusal(open(wang(world))), NotFound);
  assert.instance(await refusal(findCertificate(world.store, wang(world), id)), NotFound);
  assert.instance(await refusal(removeCertificate(world.store, world.files, wang(world), id)), NotFound);
  const far = { ...zhang(world), ispId: world.people.isps.second };
  assert.instance(await refusal(findCertificate(world.store, far, id)), NotFound);
});

test("counts once when its form is sent twice", async ({ world }) => {
  const sent = { ...about, bytes: await smallPhoto(), requestId: newId() };
  const add = () => addCertificate(world.store, world.files, zhang(world), sent);
  const before = world.files.kept.size;
  const ids = await Promise.all([add(), add(), add()]);
  assert.is(new Set(ids).size, 1);
  assert.is(world.files.kept.size, before + 1);
});

test("is replaced and described anew, and not over what was written elsewhere", async ({ world }) => {
  const id = await certificate(world, zhang(world), about);
  const { version } = await findCertificate(world.store, zhang(world), id);
  const before = world.files.kept.size;
  const edit = { ...about, id, seen: version, note: "换了新的", bytes: await smallPhoto(33) };
  await editCertificate(world.store, world.files, zhang(world), edit);
  await prepareCertificates(world);
  const now = await findCertificate(world.store, zhang(world), id);
  assert.equal([now.note, now.state], ["换了新的", "ready"]);
  assert.is(world.files.kept.size, before, "the former copies are gone");
  assert.instance(await refusal(editCertificate(world.store, world.files, zhang(world), edit)), Conflict);
  assert.is(world.files.kept.size, before);
});

test("that is no picture fails, and is said to", async ({ world }) => {
  const bytes = (await smallPhoto()).subarray(0, 200);
  const id = await addCertificate(world.store, world.files, zhang(world), {
    ...about,
    bytes,
    requestId: newId(),
  });
  await prepareCertificates(world);
  assert.is((await findCertificate(world.store, zhang(world), id)).state, "failed");
});

test("fills a slot with bytes of the filing's own; each outlives the other", async ({ world }) => {
  const { filing, subject } = await draftWithPlaces(world, zhang(world));
  const id = await certificate(world, zhang(world), about);
  const change = { filingId: filing.id, slot: "certificate", sectionId: subject, requestId: newId() };
  await useCertificate(world.store, world.files, zhang(world), { ...change, certificateId: id });
  await prepareAll(world, filing);
  const [material] = await currentMaterials(world.db, filing.id);
  if (!material) throw new Error("no picture");
  const event = (await eventsOf(world.db, filing.id)).at(-1);
  assert.is(event?.detail.certificate, id);
  assert.equal(await certificateUses(world.store, zhang(world)), [
    { certificateId: id, number: filing.number, title: filing.domain ?? filing.number, now: true },
  ]);
  assert.is((await certificateUses(world.store, wang(world))).length, 0);
  await removeCertificate(world.store, world.files, zhang(world), id);
  const bytes = await readPicture(world.files, filingKey(world.store, filing), material, "full");
  assert.is(bytes.subarray(0, 2).toString("hex"), "ffd8");
});

test("is made of a slot, with what the filing says, and only once", async ({ world }) => {
  const filing = await complete(world.store, zhang(world), { domain: "cunruzhengjian.cn" });
  const { subject } = await placesOf(world, filing);
  const change = { filingId: filing.id, slot: "leader", sectionId: subject, requestId: newId() };
  await uploadMaterial(world.store, world.files, zhang(world), { ...change, bytes: await smallPhoto(7) });
  const keep = (requestId = newId()) =>
    keepMaterial(world.store, world.files, zhang(world), {
      filing,
      slot: "leader",
      sectionId: subject,
      requestId,
    });
  assert.instance(await refusal(keep()), NotFound, "it is not ready");
  await prepareAll(world, filing);
  const id = await keep();
  assert.is(await keep(), id);
  const kept = await findCertificate(world.store, zhang(world), id);
  assert.equal([kept.kind, kept.holder, kept.validUntil], ["leader", "张三", "2040-01-01"]);
  assert.is(kept.state, "ready");
  await world.db`update filings set data_key = ${world.store.vault.newDataKey().wrapped} where id = ${filing.id}`;
  const bytes = await openCertificate(world.store, world.files, zhang(world), { id, copy: "full" });
  assert.is(bytes.subarray(0, 2).toString("hex"), "ffd8", "the filing's key may go");
});

test("is refused where it may not be used", async ({ world }) => {
  const { filing, subject, website } = await draftWithPlaces(world, zhang(world));
  const good = await certificate(world, zhang(world), about);
  const over = await certificate(world, zhang(world), {
    ...about,
    validUntil: addDays(isoDate(new Date()), -1),
  });
  const use = (certificateId: number, slot: string, sectionId: number, actor = zhang(world)) =>
    refusal(
      useCertificate(world.store, world.files, actor, {
        ...{ filingId: filing.id, slot, sectionId, certificateId, requestId: newId() },
      }),
    );
  assert.instance(await use(good, "photo", website), NotFound, "a photo is taken anew each time");
  assert.instance(await use(good, "form", website), NotFound);
  assert.instance(await use(over, "certificate", subject), NotFound, "it is over");
  assert.instance(await use(good, "certificate", subject, wang(world)), NotFound, "another account");
  const locked = await bringTo(
    world.store,
    world.people,
    await complete(world.store, zhang(world), freshParts()),
    "initial_review",
  );
  const at = await placesOf(world, locked);
  const change = { filingId: locked.id, slot: "certificate", sectionId: at.subject, requestId: newId() };
  const late = refusal(
    useCertificate(world.store, world.files, zhang(world), { ...change, certificateId: good }),
  );
  assert.instance(await late, TransitionRefused);
});

test("may be there a hundred times, and not once more", async ({ world }) => {
  const { accountId, ispId } = zhang(world);
  await world.db`
    insert into certificates (isp_id, account_id, kind, state, bytes, request_id)
    select ${ispId}, ${accountId}, 'certificate', 'ready', 1, gen_random_uuid() from generate_series(1, ${MOST - 1})`;
  const add = async () =>
    addCertificate(world.store, world.files, zhang(world), {
      ...{ ...about, bytes: await smallPhoto(), requestId: newId() },
    });
  const before = world.files.kept.size;
  const two = await Promise.allSettled([add(), add()]);
  assert.equal(two.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.instance(await refusal(add()), LibraryFull);
  assert.is(world.files.kept.size, before + 1);
  assert.is((await certificatesOf(world.store, zhang(world))).length, MOST);
});

test("says how long it still holds", () => {
  const today = "2026-11-22";
  const cases: [string, string][] = [
    ["", "unknown"],
    ["长期", "unlimited"],
    ["2026-11-21", "over"],
    [today, "ending"],
    [addDays(addMonths(today, 3), -1), "ending"],
    [addMonths(today, 3), "good"],
  ];
  for (const [validUntil, term] of cases) assert.is(termOf({ validUntil }, today), term, validUntil);
});

test("knows kinds for one filing alone, and cards that do for either person", () => {
  assert.not(isCertificateKind("photo"));
  assert.not(isCertificateKind("form"));
  assert.not(isCertificateKind("nothing"));
  assert.ok(certificateKinds.length > 10);
  assert.ok(fitsSlot("leader", "siteLeader"));
  assert.not(fitsSlot("leader", "certificate"));
});

test("is announced 30 days before its end, once, and again for another day", async ({ world }) => {
  const today = isoDate(new Date());
  for (const days of [-1, 31])
    await certificate(world, zhang(world), { ...about, validUntil: addDays(today, days) });
  assert.is(await remindCertificates(world.store), 0, "over, and not yet");
  const id = await certificate(world, zhang(world), { ...about, validUntil: addDays(today, 30) });
  await certificate(world, zhang(world), { ...about, validUntil: today });
  assert.is(await remindCertificates(world.store), 2);
  assert.is(await remindCertificates(world.store), 0);
  const { version: seen } = await findCertificate(world.store, zhang(world), id);
  const edit = { ...about, id, seen, validUntil: addDays(today, 20) };
  await editCertificate(world.store, world.files, zhang(world), edit);
  assert.is(await remindCertificates(world.store), 1);
  const told = await world.db`select 1 from notices where template = 'certificate-expiring'`;
  assert.is(told.length, 3);
});

test("keeps its files through the sweep, and an original without copies goes after a day", async ({
  world,
}) => {
  const id = await certificate(world, zhang(world), about);
  const [row] = await world.db<{ fullFile: string; thumbnailFile: string }[]>`
    select full_file, thumbnail_file from certificates where id = ${id}`;
  const named = [row?.fullFile ?? "", row?.thumbnailFile ?? ""];
  assert.equal(await filesWithoutRow(world.db, [...named, "nobody"]), ["nobody"]);
  const waiting = await addCertificate(world.store, world.files, zhang(world), {
    ...{ ...about, bytes: await smallPhoto(), requestId: newId() },
  });
  await world.db`update certificates set picture_at = now() - interval '25 hours' where id = ${waiting}`;
  await sweeps["certificates whose copies were never made"]?.(world.db);
  assert.is((await findCertificate(world.store, zhang(world), waiting)).state, "failed");
});

test.run();
