import { Hono } from "hono";
import { readAppointment } from "../../forms/appointment.ts";
import { isoDate } from "../../lib/dates.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { bookAppointment, cancelAppointment, moveAppointment } from "../../models/appointment/appointment.ts";
import { type Offer, offersOf } from "../../models/appointment/offer.ts";
import { maybeAppointment } from "../../models/appointment/rows.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import { refusalOf } from "../console/refusal.ts";
import type { Deps } from "../deps.ts";

/** 预约面签: a place, a day and a half hour; moved or given up until the day before. */
export const appointment = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/:id/appointment", allow("registrant"), async (c) =>
      show(c, deps, await filingOf(c, deps), { place: c.req.query("place"), day: c.req.query("day") }),
    )
    .post("/filings/:id/appointment", allow("registrant"), async (c) => {
      const filing = await filingOf(c, deps);
      const body = await readBody(c);
      const { values, problems } = readAppointment(body);
      const asked = { place: String(values.placeId), day: values.day };
      if (problems.length > 0) return show(c, deps, filing, { ...asked, problems, status: 422 });
      const requestId = requestIdIn(c, body, `appointment ${values.placeId} ${values.day} ${values.time}`);
      const act = { filingId: filing.id, actor: registrant(c), requestId };
      const booked = (await maybeAppointment(deps.db, filing.id))?.state === "booked";
      const refused = await refusalOf((booked ? moveAppointment : bookAppointment)(deps, act, values));
      if (refused !== undefined) return show(c, deps, filing, { ...asked, refused, status: 409 });
      return c.redirect(`/filings/${filing.number}/appointment`, 303);
    })
    .get("/filings/:id/appointment/cancellation", allow("registrant"), (c) =>
      c.redirect(`/filings/${encodeURIComponent(c.req.param("id"))}/appointment`, 303),
    )
    .post("/filings/:id/appointment/cancellation", allow("registrant"), async (c) => {
      const filing = await filingOf(c, deps);
      const requestId = requestIdIn(c, await readBody(c), "cancel-appointment");
      const act = { filingId: filing.id, actor: registrant(c), requestId };
      const refused = await refusalOf(cancelAppointment(deps, act));
      if (refused !== undefined) return show(c, deps, filing, { refused, status: 409 });
      return c.redirect(`/filings/${filing.number}/appointment`, 303);
    });

const filingOf = (c: Ctx, { db }: Deps): Promise<Filing> =>
  findFiling(db, c.req.param("id") ?? "", registrant(c));

type Asked = {
  place?: string | undefined;
  day?: string | undefined;
  problems?: { field: string; text: string }[];
  refused?: string;
  status?: 200 | 409 | 422;
};

/** Places and days are links, the half hours of the chosen day are radios: nothing needs a script. */
async function show(c: Ctx, deps: Deps, filing: Filing, asked: Asked): Promise<Response> {
  const now = new Date();
  const [{ verification }, current] = await Promise.all([
    ispSettings(deps.db, filing.ispId),
    maybeAppointment(deps.db, filing.id),
  ]);
  const offered = verification.includes("on-site");
  const actions = actionsFor(filing.state, registrant(c));
  const isDue = actions.includes("book-appointment") && filing.returnedFrom !== "initial";
  const isBooked = current?.state === "booked";
  const mayChange = isDue && isBooked && isoDate(current.startsAt) > isoDate(now);
  const mayBook = offered && isDue && (mayChange || !isBooked) && current?.state !== "arrived";
  const data = {
    ...{ filing, offered, isDue, mayBook, mayChange, appointment: current },
    title: filingTitle(filing),
    problems: asked.problems ?? [],
    refused: asked.refused,
    ...chosen(mayBook ? await offersOf(deps.db, filing.ispId, now) : [], asked),
  };
  return page(c, "portal/appointment/page", data, asked.status ?? 200);
}

/** The place and the day that the address names, else the first with a free half hour. */
function chosen(offers: readonly Offer[], asked: Asked) {
  const offer = offers.find(({ place }) => place.id === wholeNumber(asked.place)) ?? offers[0];
  const days = [...new Set(offer?.times.map(({ day }) => day))].slice(0, 10);
  const day = days.find((one) => one === asked.day) ?? days[0];
  return {
    places: offers.map(({ place }) => place),
    place: offer?.place,
    days,
    day,
    times: offer?.times.filter((one) => one.day === day) ?? [],
  };
}
