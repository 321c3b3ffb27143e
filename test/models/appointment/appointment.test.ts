import { suite } from "uvu";
import * as assert from "uvu/assert";
import { connect } from "../../../src/db/client.ts";
import { newId } from "../../../src/lib/ids.ts";
import {
  bookAppointment,
  cancelAppointment,
  meet,
  missAppointment,
  moveAppointment,
} from "../../../src/models/appointment/appointment.ts";
import { submitOnSite } from "../../../src/models/appointment/photo.ts";
import { maybeAppointment } from "../../../src/models/appointment/rows.ts";
import { NotFound, TransitionRefused } from "../../../src/models/errors.ts";
import { remindAppointment } from "../../../src/models/reminder/appointments.ts";
import { testWorld, type World } from "../../support/app.ts";
import { actOf, bookable, booked, configure, daysAhead, photoDue } from "../../support/appointments.ts";
import { act, addPictures, staffNamed } from "../../support/filings.ts";

const test = suite<{ world: World }>("an appointment for verification in person");
test.before(async (context) => {
  context.world = await testWorld();
  // Days that the tests book are no holidays, whatever the year.
  await context.world.db`delete from holidays`;
});
test.after(({ world }) => world.close());

const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "";
  } catch (error) {
    if (error instanceof TransitionRefused) return error.refusal;
    throw error;
  }
};

const day = daysAhead(3);
const time = "09:30";

const noticesOf = ({ db }: World, { id }: { id: number }, template: string) =>
  db`select 1 from notices where filing_id = ${id} and template = ${template}`;

test("is told to the registrant and reminded of once, however often the job runs", async ({ world }) => {
  const placeId = await bookable(world);
  const filing = await photoDue(world);
  await booked(world, filing, { placeId, day, time });
  const found = await maybeAppointment(world.db, filing.id);
  assert.is(found?.startsAt.toISOString(), new Date(`${day}T${time}:00+08:00`).toISOString());
  assert.is((await noticesOf(world, filing, "appointment-booked")).length, 2);
  const [job] = await world.db`
    select run_at from graphile_worker.jobs where key = ${`appointment:${found?.id}`}`;
  assert.is(job?.runAt.toISOString(), new Date(`${daysAhead(2)}T10:00:00+08:00`).toISOString());
  // A job that was killed after its work is run again.
  for (const _ of [1, 2]) assert.ok(await remindAppointment(world.store, found?.id ?? 0));
  assert.is(
    (await noticesOf(world, filing, "appointment-reminder")).length,
    2,
    "one mail, one short message",
  );
});

test("goes to one of two who book the last seat at once", async ({ world }) => {
  const placeId = await bookable(world);
  const filings = [await photoDue(world), await photoDue(world)];
  // Both connections are open first, or the second one comes too late to race.
  await Promise.all([world.db`select 1`, world.db`select 1`]);
  const answers = await Promise.all(
    filings.map((one) => refusal(booked(world, one, { placeId, day, time }))),
  );
  assert.equal(answers.sort(), ["", "slot_full"]);
  const [{ count } = { count: 0 }] = await world.db<{ count: number }[]>`
    select count(*) from appointments where place_id = ${placeId} and state = 'booked'`;
  assert.is(count, 1);
});

test("gives each of two their seat where two are free", async ({ world }) => {
  const placeId = await bookable(world, 2);
  const filings = [await photoDue(world), await photoDue(world)];
  // Somebody holds the place for a moment, so that both look for a seat at the same time.
  const other = connect(world.url, { max: 1 });
  let free = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  const holding = other.begin(async (tx) => {
    await tx`select 1 from isp_places where id = ${placeId} for update`;
    await held;
  });
  const answers = Promise.all(filings.map((one) => refusal(booked(world, one, { placeId, day, time }))));
  await waitForLocks(world, 2);
  free();
  assert.equal(await answers, ["", ""]);
  await holding;
  await other.end();
});

/** Until so many wait for a lock. */
async function waitForLocks({ db }: World, wanted: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const [row] = await db<{ count: number }[]>`
      select count(*) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if ((row?.count ?? 0) >= wanted) return;
  }
  throw new Error("nobody waits for the lock");
}

test("is moved and frees the seat that it had", async ({ world }) => {
  const placeId = await bookable(world);
  const [one, two] = [await photoDue(world), await photoDue(world)];
  await booked(world, one, { placeId, day, time });
  assert.is(await refusal(booked(world, one, { placeId, day, time: "10:00" })), "appointment_taken");
  await moveAppointment(world.store, actOf(world, one), { placeId, day, time: "10:00" });
  await booked(world, two, { placeId, day, time });
  const rows = await world.db`select state from appointments where filing_id = ${one.id} order by id`;
  assert.equal(
    rows.map(({ state }) => state),
    ["moved", "booked"],
  );
  assert.is(
    await refusal(moveAppointment(world.store, actOf(world, one), { placeId, day, time })),
    "slot_full",
  );
  assert.is((await maybeAppointment(world.db, one.id))?.state, "booked", "a refused move keeps the seat");
});

test("is neither moved nor given up on its own day, but staff may end it", async ({ world }) => {
  const placeId = await bookable(world);
  const filing = await photoDue(world);
  await booked(world, filing, { placeId, day, time });
  await world.db`
    update appointments set starts_at = now() + interval '1 minute' where filing_id = ${filing.id}`;
  for (const work of [
    () => cancelAppointment(world.store, actOf(world, filing)),
    () => moveAppointment(world.store, actOf(world, filing), { placeId, day, time }),
  ])
    assert.is(await refusal(work()), "appointment_today");
  const service = staffNamed(world.people, "周八");
  await cancelAppointment(world.store, { filingId: filing.id, actor: service, requestId: newId() });
  assert.is((await noticesOf(world, filing, "appointment-cancelled")).length, 2);
});

test("is had on days and at times that the place is open, never on a holiday", async ({ world }) => {
  const placeId = await bookable(world);
  const filing = await photoDue(world);
  await world.db`insert into holidays (day, is_working, name) values (${day}, false, '国庆节')`;
  for (const wish of [
    { day, time },
    { day: daysAhead(0), time },
    { day: daysAhead(40), time },
    { day: daysAhead(4), time: "11:30" },
    { day: daysAhead(4), time: "09:10" },
  ])
    assert.is(
      await refusal(booked(world, filing, { placeId, ...wish })),
      "slot_closed",
      wish.day + wish.time,
    );
  await world.db`delete from holidays`;
  assert.is(await refusal(booked(world, filing, { placeId, day, time })), "");
});

test("needs a place of the provider, and a provider that offers it", async ({ world }) => {
  const placeId = await bookable(world);
  const filing = await photoDue(world);
  await world.db`update isp_places set isp_id = ${world.people.isps.second} where id = ${placeId}`;
  try {
    await booked(world, filing, { placeId, day, time });
    assert.unreachable();
  } catch (error) {
    assert.instance(error, NotFound);
  }
  await configure(world, { verification: ["curtain"] });
  assert.is(await refusal(booked(world, filing, { placeId, day, time })), "on_site_off");
});

test("ends with the filing, or when the registrant sends a photo of their own", async ({ world }) => {
  const placeId = await bookable(world);
  for (const [action, input] of [
    ["cancel", {}],
    ["submit-verification", {}],
  ] as const) {
    const filing = await photoDue(world);
    await booked(world, filing, { placeId, day, time });
    await addPictures(world.store, filing, ["photo"]);
    await act(world.store, filing, action, actOf(world, filing).actor, input);
    assert.is(await maybeAppointment(world.db, filing.id), undefined, action);
  }
});

test("lets the verifier send in whoever came, and nobody who did not", async ({ world }) => {
  const placeId = await bookable(world);
  const filing = await photoDue(world);
  const verifier = staffNamed(world.people, "赵六");
  const staffAct = () => ({ filingId: filing.id, actor: verifier, requestId: newId() });
  await booked(world, filing, { placeId, day, time });
  await addPictures(world.store, filing, ["photo"]);
  const send = () => refusal(submitOnSite(world.store, verifier, staffAct()));
  assert.is(await send(), "not_met");
  assert.is(await refusal(missAppointment(world.store, staffAct())), "appointment_early");
  await meet(world.store, staffAct());
  assert.is(await refusal(bookAppointment(world.store, actOf(world, filing), { placeId, day, time })), "");
  await cancelAppointment(world.store, actOf(world, filing));
  assert.is(await send(), "", "the last that counts is the one that was kept");
  const [event] = await world.db`
    select actor_kind, actor_id, to_state from filing_events where filing_id = ${filing.id} and action = 'submit-on-site'`;
  assert.equal(
    [event?.actorKind, event?.actorId, event?.toState],
    ["staff", verifier.staffId, "verification"],
  );
});

test.run();
