import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { readAll } from "../lib/streams.ts";
import { deskPage } from "./desk-page.ts";
import { DESK_STYLE } from "./desk-style.ts";
import { DeskRefused, type Office } from "./office.ts";
import type { SubjectRecord } from "./records.ts";
import { seedSchema } from "./seeds.ts";
import { settingsSchema } from "./settings.ts";
import type { Filing, QueuedFile } from "./state.ts";

/** What the desk can be asked to do, by a test as JSON or by a person with a button. */
const orderSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("approve"), filing: z.coerce.number().int() }),
  z.object({ action: z.literal("return"), filing: z.coerce.number().int(), words: z.string().max(500) }),
  z.object({ action: z.literal("numbers"), filing: z.coerce.number().int() }),
  z.object({ action: z.literal("recall"), filing: z.coerce.number().int() }),
  z.object({ action: z.literal("set"), settings: settingsSchema.partial() }),
  z.object({ action: z.literal("seed"), record: seedSchema }),
  z.object({
    action: z.literal("cancel"),
    of: z.enum(["subject", "website", "access"]),
    bureauId: z.coerce.number().int(),
    remark: z.string().max(256).default(""),
  }),
]);
export type DeskOrder = z.input<typeof orderSchema>;

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
  accounts: { ispId: number; userName: string; lastSequence: number }[];
  filings: Omit<Filing, "certificate">[];
  records: DeskRecord[];
  files: QueuedFile[];
};

const MAX_ORDER_BYTES = 10_000;
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
export function viewOf({ state, options }: Office): DeskView {
  const { settings, filings, records, files, uploads } = state;
  return {
    settings,
    accounts: options.accounts.map(({ ispId, userName }) => ({
      ispId,
      userName,
      lastSequence: uploads.get(ispId)?.at(-1)?.sequence ?? 0,
    })),
    filings: [...filings.values()].reverse().map(({ certificate: _, ...shown }) => shown),
    records: [...records.values()].reverse().map(recordShown),
    files: [...files.values()].reverse(),
  };
}

/** Carries an order out. Throws `DeskRefused` with words for the person, or a `ZodError` for a malformed one. */
export function carryOut(office: Office, order: unknown): void {
  const wanted = orderSchema.parse(order);
  if (wanted.action === "set") office.set(wanted.settings);
  else if (wanted.action === "seed") office.seed(wanted.record);
  else if (wanted.action === "cancel") office.cancel(wanted.of, wanted.bureauId, wanted.remark);
  else if (wanted.action === "recall") office.recall(wanted.filing);
  else if (wanted.action === "numbers") office.sendNumbers(wanted.filing);
  else
    office.decide(wanted.filing, wanted.action === "approve", wanted.action === "return" ? wanted.words : "");
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
  const problem = attempt(office, () => JSON.parse(body));
  if (problem === undefined) sendJson(response, 200, viewOf(office));
  else sendJson(response, 422, { problem });
}

async function takeForm(office: Office, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readAll(request, MAX_ORDER_BYTES)).toString("utf8");
  const form = Object.fromEntries(new URLSearchParams(body));
  const problem = attempt(office, () => (form.action === "set" ? settingsOrder(form) : form));
  if (problem === undefined) response.writeHead(303, { location: "/" }).end();
  else response.writeHead(422, PAGE_HEADERS).end(deskPage(viewOf(office), problem));
}

/** A form has texts alone: empty means not named. A fault chosen by a person hits every call until it is changed. */
function settingsOrder(form: Record<string, string>): unknown {
  const { action, decisionSeconds, ...rest } = form;
  const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ""));
  const delay = decisionSeconds ? { decisionDelayMs: Math.round(Number(decisionSeconds) * 1000) } : {};
  return { action, settings: { ...named, ...delay, faultMethods: [], faultTimes: null } };
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
