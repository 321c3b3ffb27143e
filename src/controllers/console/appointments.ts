import { Hono } from "hono";
import { readMaterialForm } from "../../forms/material.ts";
import { addDays, isDate, isoDate } from "../../lib/dates.ts";
import { derivedId } from "../../lib/ids.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { cancelAppointment, meet, missAppointment } from "../../models/appointment/appointment.ts";
import { submitOnSite, takePhoto } from "../../models/appointment/photo.ts";
import { type AppointmentState, appointmentsOn, findAppointment } from "../../models/appointment/rows.ts";
import { NotFound } from "../../models/errors.ts";
import { filingsById, filingTitle } from "../../models/filing/rows.ts";
import { states } from "../../models/filing/states.ts";
import { seesPersons, subjectNameFor } from "../../models/filing/subject-name.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import { slotsWithMaterials } from "../../models/material/overview.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { failureText, readPictures } from "../portal/pictures.ts";
import { filingRoles } from "./filing.ts";
import { refusalOf } from "./refusal.ts";

const LIST = "/console/appointments";

const stateWords: Partial<Record<AppointmentState, { text: string; tone: string }>> = {
  booked: { text: "未到", tone: "info" },
  arrived: { text: "已到场", tone: "ok" },
  missed: { text: "没有来", tone: "bad" },
};

/** Each errand of the list by the noun of its address. */
const errands = { arrival: meet, absence: missAppointment, cancellation: cancelAppointment } as const;
type Errand = keyof typeof errands;

/** 面签预约: who comes on a day, who came; the photo that the verifier takes, and sending it to the verification. */
export function appointments(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const noun of Object.keys(errands) as Errand[])
    app
      .get(`${LIST}/:appointment/${noun}`, allow(...filingRoles), (c) => c.redirect(LIST, 303))
      .post(`${LIST}/:appointment/${noun}`, allow("verifier", "service"), (c) => carryOut(c, deps, noun));
  for (const noun of ["photo", "verification"])
    app.get(`${LIST}/:appointment/${noun}`, allow(...filingRoles), (c) =>
      c.redirect(`${LIST}/${encodeURIComponent(c.req.param("appointment"))}`, 303),
    );
  return app
    .get(LIST, allow(...filingRoles), (c) => list(c, deps))
    .get(`${LIST}/:appointment`, allow(...filingRoles), (c) => show(c, deps))
    .post(`${LIST}/:appointment/photo`, allow("verifier"), (c) => photo(c, deps))
    .post(`${LIST}/:appointment/verification`, allow("verifier"), (c) => submit(c, deps));
}

/** The appointment that the address names, with its filing. */
async function asked(c: Ctx, { db }: Deps) {
  const actor = staffMember(c);
  const appointment = await findAppointment(db, actor, wholeNumber(c.req.param("appointment")) ?? 0);
  const filing = (await filingsById(db, actor, [appointment.filingId])).get(appointment.filingId);
  if (!filing) throw new NotFound("no such appointment");
  return { actor, appointment, filing };
}

async function list(c: Ctx, deps: Deps, refused?: string): Promise<Response> {
  const actor = staffMember(c);
  const today = isoDate(new Date());
  const wanted = c.req.query("day") ?? "";
  const day = isDate(wanted) ? wanted : today;
  const found = await appointmentsOn(deps.db, actor, day);
  const ids = found.map(({ filingId }) => filingId);
  const filings = await filingsById(deps.db, actor, ids);
  const rows = found.flatMap((one) => {
    const filing = filings.get(one.filingId);
    if (!filing) return [];
    const subject = subjectNameFor(deps, actor, filing);
    const status = stateWords[one.state];
    const actions = one.state === "booked" ? actionsFor(filing.state, actor) : [];
    return [{ ...one, number: filing.number, title: filingTitle(filing), subject, status, actions }];
  });
  const data = {
    ...{ day, refused, isToday: day === today },
    days: [-1, 0, 1, 2, 3, 4, 5, 6, 7].map((more) => addDays(today, more)),
    places: [...new Set(rows.map(({ placeId }) => placeId))].map((id) =>
      rows.filter(({ placeId }) => placeId === id),
    ),
  };
  return page(c, "console/appointments/page", data, refused === undefined ? 200 : 409);
}

async function carryOut(c: Ctx, deps: Deps, noun: Errand): Promise<Response> {
  const { actor, appointment, filing } = await asked(c, deps);
  // The list may be older than a booking that took its place: what is meant is this one.
  if (appointment.state !== "booked") return list(c, deps, "这个预约已经办理过了，请刷新页面再看。");
  const requestId = derivedId(text(await readBody(c), "requestId"), noun, appointment.id);
  const refused = await refusalOf(errands[noun](deps, { filingId: filing.id, actor, requestId }));
  if (refused !== undefined) return list(c, deps, refused);
  const { id, startsAt } = appointment;
  return c.redirect(noun === "arrival" ? `${LIST}/${id}` : `${LIST}?day=${isoDate(startsAt)}`, 303);
}

type Extra = { problems?: Problem[]; refused?: string; status?: 409 | 413 | 422 };

async function show(c: Ctx, deps: Deps, { problems = [], refused, status }: Extra = {}): Promise<Response> {
  const { actor, appointment, filing } = await asked(c, deps);
  const slots = (await slotsWithMaterials(deps, filing)).filter(({ slot }) => slot.phase === "photo");
  const sees = seesPersons(actor);
  const data = {
    ...{ appointment, problems, refused, number: filing.number, title: filingTitle(filing) },
    stage: states[filing.state],
    status: stateWords[appointment.state],
    actions: actionsFor(filing.state, actor),
    photos: slots.map(({ slot, material }) => ({
      ...{ sectionId: slot.sectionId, state: material?.state },
      failure: material?.state === "failed" ? failureText(material.problem) : "",
      src:
        sees && material?.thumbnailFile
          ? `/console/filings/${filing.number}/materials/${material.id}/thumbnail`
          : "",
    })),
  };
  return page(c, "console/appointments/filing", data, status ?? 200);
}

async function photo(c: Ctx, deps: Deps): Promise<Response> {
  const { actor, appointment, filing } = await asked(c, deps);
  const body = await readBody(c);
  const sectionId = wholeNumber(c.req.query("section")) ?? 0;
  const place = { slot: "photo", sectionId };
  const form = readMaterialForm(body, place, isoDate(new Date()));
  if (form.problems.length > 0)
    return show(c, deps, { problems: form.problems, status: form.isTooLong ? 413 : 422 });
  const { bytes, problems } = await readPictures(form.files, place);
  if (problems.length > 0 || !bytes) return show(c, deps, { problems, status: 422 });
  const shot = { filingId: filing.id, sectionId, bytes, requestId: text(body, "requestId") };
  const refused = await refusalOf(takePhoto(deps, deps.files, actor, shot));
  if (refused !== undefined) return show(c, deps, { refused, status: 409 });
  return c.redirect(`${LIST}/${appointment.id}`, 303);
}

async function submit(c: Ctx, deps: Deps): Promise<Response> {
  const { actor, appointment, filing } = await asked(c, deps);
  const requestId = derivedId(text(await readBody(c), "requestId"), "submit-on-site", appointment.id);
  const refused = await refusalOf(submitOnSite(deps, actor, { filingId: filing.id, requestId }));
  if (refused !== undefined) return show(c, deps, { refused, status: 409 });
  return c.redirect(`${LIST}?day=${isoDate(appointment.startsAt)}`, 303);
}
