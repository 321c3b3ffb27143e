import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { readAll } from "../lib/streams.ts";
import { carryOut } from "./desk-orders.ts";
import { deskPage } from "./desk-page.ts";
import { DESK_STYLE } from "./desk-style.ts";
import { DeskRefused, type Office } from "./office.ts";
import type { SubjectRecord } from "./records.ts";
import {
  type Filing,
  lastSequence,
  type QueuedFile,
  type Standing,
  standingOf,
  type UnfiledSite,
} from "./state.ts";

export type { DeskOrder } from "./desk-orders.ts";

/** What is on record, with the filing password: this is where a person or a test reads it. Ids are the bureau's. */
export type DeskRecord = {
  bureauId: number;
  number: string;
  name: string;
  province: string;
  password: string;
  cancelled: boolean;
  websites: {
    bureauId: number;
    number: string;
    name: string;
    domains: string[];
    accesses: { bureauId: number; ispId: number }[];
  }[];
};

/** The desk as data. No identity number and no telephone is ever in it. */
export type DeskView = {
  settings: Office["state"]["settings"];
  accounts: ({ ispId: number; userName: string; lastSequence: number } & Standing)[];
  filings: Omit<Filing, "certificate">[];
  records: DeskRecord[];
  files: QueuedFile[];
  /** 未备案网站 that a provider was told of, and 黑名单. */
  unfiled: UnfiledSite[];
  blacklist: { of: "subject" | "website"; name: string; domains: string[] }[];
  /** How often somebody came to fetch what an external entity, or a description, names: it should stay 0. */
  entityFetches: number;
};

const MAX_ORDER_BYTES = 100_000;
const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'",
};
const JSON_HEADERS = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };

const recordShown = ({
  id,
  number,
  name,
  province,
  password,
  cancelled,
  sites,
}: SubjectRecord): DeskRecord => ({
  ...{ bureauId: id, number, name, province, password, cancelled },
  websites: sites.map((site) => ({
    ...{ bureauId: site.id, number: site.number, name: site.name, domains: site.domains },
    accesses: site.accesses.map((access) => ({ bureauId: access.id, ispId: access.ispId })),
  })),
});

/** Everything the desk shows, the newest first. */
export function viewOf({ state, options, entityFetches }: Office): DeskView {
  const { settings, filings, records, files, unfiled, blacklist } = state;
  return {
    settings,
    accounts: options.accounts.map(({ ispId, userName }) => ({
      ...{ ispId, userName, lastSequence: lastSequence(state, ispId) },
      ...standingOf(state, ispId),
    })),
    filings: [...filings.values()].reverse().map(({ certificate: _, upload: __, ...shown }) => shown),
    records: [...records.values()].reverse().map(recordShown),
    files: [...files.values()].reverse(),
    unfiled: [...unfiled.values()].reverse(),
    blacklist: blacklist.map((row) => ({
      ...{ of: row.of, name: row.name },
      domains: row.of === "website" ? row.domains : [],
    })),
    entityFetches,
  };
}

/** `GET /` page, `POST /` buttons, `GET` and `POST /desk.json` for programs, `/desk.css`. */
export async function serveDesk(
  office: Office,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = `${request.method} ${path}`;
  if (route === "GET /") response.writeHead(200, PAGE_HEADERS).end(deskPage(viewOf(office)));
  else if (route === "GET /desk.css") response.writeHead(200, { "content-type": "text/css" }).end(DESK_STYLE);
  else if (route === "GET /desk.json") sendJson(response, 200, viewOf(office));
  else if (!["POST /", "POST /desk.json"].includes(route)) response.writeHead(404).end();
  else if (isForeign(request)) response.writeHead(403).end();
  else if (path === "/") await takeForm(office, request, response);
  else await takeJson(office, request, response);
}

const sendJson = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, JSON_HEADERS).end(JSON.stringify(body));

/** A page of another site may not press our buttons: a browser names the site a form comes from. */
function isForeign({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
}

async function takeJson(office: Office, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readAll(request, MAX_ORDER_BYTES)).toString("utf8");
  const problem = attempt(office, () => orderIn(JSON.parse(body)));
  if (problem === undefined) sendJson(response, 200, viewOf(office));
  else sendJson(response, 422, { problem });
}

/** `{"script": […]}` alone is an order too. */
const orderIn = (body: unknown): unknown =>
  typeof body === "object" && body !== null && "script" in body && !("action" in body)
    ? { action: "script", ...body }
    : body;

async function takeForm(office: Office, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readAll(request, MAX_ORDER_BYTES)).toString("utf8");
  const form = Object.fromEntries(new URLSearchParams(body));
  const problem = attempt(office, () => (form.action === "set" ? settingsOrder(form) : form));
  if (problem === undefined) response.writeHead(303, { location: "/" }).end();
  else response.writeHead(422, PAGE_HEADERS).end(deskPage(viewOf(office), problem));
}

/** A form has texts alone: empty means not named. A fault chosen by a person hits every call until it is changed. */
function settingsOrder(form: Record<string, string>): unknown {
  const { action, decisionSeconds, hoursFrom, hoursUntil, ...rest } = form;
  const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ""));
  const delay = decisionSeconds ? { decisionDelayMs: Math.round(Number(decisionSeconds) * 1000) } : {};
  const hours = hoursFrom && hoursUntil ? { from: hoursFrom, until: hoursUntil } : null;
  const faults = { faultMethods: [], faultTimes: null };
  return { action, settings: { ...named, ...delay, ...("hoursFrom" in form ? { hours } : {}), ...faults } };
}

/** Words for what went wrong; undefined when all is done. */
function attempt(office: Office, read: () => unknown): string | undefined {
  try {
    carryOut(office, read());
    return undefined;
  } catch (error) {
    if (error instanceof DeskRefused) return error.message;
    if (error instanceof z.ZodError || error instanceof SyntaxError) return "操作无效，请检查填写的内容。";
    throw error;
  }
}
