import { Hono } from "hono";
import { clock, dayText } from "../../lib/dates.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { readTicket } from "../../middleware/ticket.ts";
import { appointmentsOfAccount } from "../../models/appointment/rows.ts";
import { filingsOfAccount } from "../../models/filing/rows.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import { papersDue } from "../../models/paper/due.ts";
import { wantedSupplements } from "../../models/supplement/lists.ts";
import { terminationsFacing } from "../../models/termination/rows.ts";
import type { Deps } from "../deps.ts";
import { newest } from "../public/announcements.ts";
import type { Greeting } from "../public/login-code.ts";
import { type FilingCard, filingCard } from "./filing-card.ts";

/** How many of the newest filings the first page looks at, and how many it lists; the rest stand in 备案进度. */
const LOOKED_AT = 20;
const LISTED = 5;

/** What runs out first, then what is wrong, then what waits. */
const rank = ({ urgent, tone }: FilingCard): number => (urgent ? 0 : ["bad", "warn"].indexOf(tone) + 1 || 3);

/** 上次登录: shown for ten minutes after a login. */
function greetingOf(c: Ctx) {
  const greeting = readTicket<Greeting>(c, "greeting");
  return greeting && { ...greeting, at: greeting.at === null ? undefined : new Date(greeting.at) };
}

/** What to do now, then what is under way. */
async function showHome(c: Ctx, deps: Deps): Promise<Response> {
  const [filings, wanted, endings, papers, meetings, news, settings] = await Promise.all([
    filingsOfAccount(deps.db, registrant(c), undefined, LOOKED_AT),
    wantedSupplements(deps.db, registrant(c)),
    terminationsFacing(deps, registrant(c)),
    papersDue(deps, registrant(c)),
    appointmentsOfAccount(deps.db, registrant(c)),
    newest(c, deps),
    ispSettings(deps.db, registrant(c).ispId),
  ]);
  const now = new Date();
  const cards = filings.map((filing) => {
    const meeting = meetings.get(filing.number);
    const card = filingCard(filing, now, settings.verification.length > 0);
    return meeting ? { ...card, line: `面签约在${dayText(meeting, now)}${clock(meeting)}` } : card;
  });
  const open = cards.filter(({ over }) => !over);
  const waiting = open.filter(({ action }) => action !== "").sort((a, b) => rank(a) - rank(b));
  return page(c, "portal/home/page", {
    greeting: greetingOf(c),
    waiting,
    wanted,
    papers,
    endings: endings.filter(({ state }) => state !== "objected"),
    open: open.slice(0, LISTED),
    more: open.length > LISTED,
    any: filings.length > 0,
    news,
  });
}

/** 首页: what to do now for a registrant; for a visitor what this is and where to begin. */
export const home = (deps: Deps) =>
  new Hono<Env>().get("/", allow("anyone"), async (c) =>
    c.var.actor ? showHome(c, deps) : page(c, "public/welcome/page", { news: await newest(c, deps) }),
  );
