import { Hono } from "hono";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { correctionWords } from "../../models/filing/corrections.ts";
import { eventSentence, eventsForRegistrant } from "../../models/filing/event-words.ts";
import { eventsOf, type FilingEvent } from "../../models/filing/history.ts";
import { type ProgressFilter, progressOf, readFilter, statuses } from "../../models/filing/progress.ts";
import { lastReturn } from "../../models/filing/returns.ts";
import { filingTitle, findFiling, returnedFilings } from "../../models/filing/rows.ts";
import { phases } from "../../models/filing/states.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import { maskPhone } from "../../vocabulary/masking.ts";
import type { Deps } from "../deps.ts";
import { filingCard } from "./filing-card.ts";
import { filingPage, smsLeft } from "./filing-page.ts";
import { placeHref } from "./places.ts";

const PAGE = 20;

/** The address of a page of the list; nothing personal stands in it. */
function addressOf({ phase, status, words }: ProgressFilter, before: number | undefined): string {
  const asked = { phase, status, q: words, before };
  const query = Object.entries(asked).flatMap(([key, value]) => (value ? [[key, String(value)]] : []));
  return `/filings?${new URLSearchParams(query)}`;
}

/** The page shows what moved; every picture that was changed stands in the whole history. */
const milestones = (events: readonly FilingEvent[]): FilingEvent[] =>
  events.filter(({ action }) => action !== "change-material");

/** 备案进度: the filings of the account, and each with its seven steps. */
export const filings = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings", allow("registrant"), async (c) => {
      const before = wholeNumber(c.req.query("before"));
      const filter = readFilter(c.req.query());
      const rows = await progressOf(deps.db, registrant(c), filter, before, PAGE + 1);
      const shown = rows.slice(0, PAGE);
      const { verification } = await ispSettings(deps.db, registrant(c).ispId);
      const older = rows.length > PAGE ? addressOf(filter, shown.at(-1)?.id) : undefined;
      return page(c, "portal/filings/page", {
        ...{ filter, phases, statuses, isFiltered: Object.keys(filter).length > 0 },
        cards: shown.map((filing) => filingCard(filing, new Date(), verification.length > 0)),
        older,
      });
    })
    .get("/filings/returned", allow("registrant"), async (c) => {
      const rows = await returnedFilings(deps.db, registrant(c));
      const { verification } = await ispSettings(deps.db, registrant(c).ispId);
      const list = await Promise.all(
        rows.map(async (filing) => ({
          ...filingCard(filing, new Date(), verification.length > 0),
          returned: await lastReturn(deps, filing),
        })),
      );
      return page(c, "portal/filings/returned", { list });
    })
    .get("/filings/:id", allow("registrant"), async (c) => {
      const actor = registrant(c);
      const filing = await findFiling(deps.db, c.req.param("id"), actor);
      const now = new Date();
      const data = await filingPage(deps, actor, filing, now);
      return page(c, "portal/filing/page", {
        ...data,
        phones: data.phones.map(maskPhone),
        returned: data.returned.map((place) => ({ ...place, href: placeHref(filing, data.tasks, place) })),
        events: milestones(data.events).map((event) => ({ at: event.createdAt, text: eventSentence(event) })),
        smsLeft: smsLeft(filing, now),
      });
    })
    .get("/filings/:id/history", allow("registrant"), async (c) => {
      const filing = await findFiling(deps.db, c.req.param("id"), registrant(c));
      const events = eventsForRegistrant(await eventsOf(deps.db, filing.id));
      const corrections = await correctionWords(deps, filing);
      const shown = events.map((event) => {
        const said = [eventSentence(event), corrections.get(event.id) ?? ""].filter(Boolean);
        return { at: event.createdAt, text: said.join("：") };
      });
      return page(c, "portal/filing/history", { filing, title: filingTitle(filing), events: shown });
    });
