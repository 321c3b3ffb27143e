import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "../../../src/db/client.ts";
import { filingLine, type Line, page, queueLine, table } from "./pages.ts";
import { saveMessage } from "./save.ts";

/**
 * What a careful programmer writes by hand for the same lists and the same save, without any of our code but the
 * connection: `node:http`, a query for the session, a query for the list, HTML by joining strings. Our own pages are
 * measured against it in the same run. DATABASE_URL and PORT come from the environment.
 */
const db = connect(process.env.DATABASE_URL ?? "", { max: 10, name: "baseline" });

const cookie = (request: IncomingMessage, name: string): string =>
  new RegExp(`(?:^|; )${name}=([^;]*)`).exec(request.headers.cookie ?? "")?.[1] ?? "";

const digest = (secret: string): string => createHash("sha256").update(secret).digest("hex");

type Person = { id: number; ispId: number; name: string };

async function staffOf(request: IncomingMessage): Promise<Person | undefined> {
  const [person] = await db<Person[]>`
    select u.id, u.isp_id, u.name, array(select role from staff_roles r where r.staff_id = u.id) as roles
    from staff_sessions s join staff u on u.id = s.user_id
    where s.id = ${digest(cookie(request, "staff"))} and s.expires_at > now() and u.active`;
  return person;
}

async function accountOf(request: IncomingMessage): Promise<Person | undefined> {
  const [person] = await db<Person[]>`
    select a.id, a.isp_id, a.user_name as name from account_sessions s join accounts a on a.id = s.user_id
    where s.id = ${digest(cookie(request, "session"))} and s.expires_at > now() and a.state = 'active'`;
  return person;
}

async function queue(request: IncomingMessage): Promise<string | undefined> {
  const person = await staffOf(request);
  if (!person) return undefined;
  const rows = await db<Line[]>`
    select f.id, f.number, f.kind, f.state, f.round, f.nature, f.province, f.due_at, f.state_since, f.subject_name, f.site_name,
      f.domain, f.errors, f.warnings, s.name as holder
    from filings f left join staff s on s.id = f.claimed_by and f.claimed_until > now()
    where f.isp_id = ${person.ispId} and f.state = 'at_bureau' order by coalesce(f.due_at, 'infinity'), f.id limit 51`;
  return table(person.name, "待管局审核", rows.slice(0, 50).map(queueLine).join(""));
}

async function search(request: IncomingMessage): Promise<string | undefined> {
  const person = await staffOf(request);
  if (!person) return undefined;
  const domain = new URL(request.url ?? "", "http://localhost").searchParams.get("q") ?? "";
  const rows = await db<Line[]>`
    select f.id, f.number, f.kind, f.state, f.round, f.nature, f.province, f.due_at, f.state_since, f.subject_name, f.site_name,
      f.domain, f.errors, f.warnings, null as holder
    from filings f where f.isp_id = ${person.ispId}
      and f.id in (select filing_id from filing_domains where domain = ${domain} and isp_id = ${person.ispId})
    order by f.id desc limit 51`;
  return table(person.name, "搜索", rows.map(queueLine).join(""));
}

async function filings(request: IncomingMessage): Promise<string | undefined> {
  const person = await accountOf(request);
  if (!person) return undefined;
  const rows = await db<Line[]>`
    select id, number, kind, state, round, nature, province, due_at, state_since, subject_name, site_name, domain, errors,
      warnings, null as holder
    from filings where account_id = ${person.id} and isp_id = ${person.ispId} order by id desc limit 21`;
  return page(person.name, "备案进度", `<ul class="list">${rows.slice(0, 20).map(filingLine).join("")}</ul>`);
}

async function message(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const person = await staffOf(request);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const number = /^\/messages\/([\d-]+)$/.exec(request.url ?? "")?.[1] ?? "";
  const text = (form.get("body") ?? "").trim();
  const saved =
    person &&
    text !== "" &&
    text.length <= 500 &&
    (await saveMessage(db, person, number, text, form.get("requestId") ?? ""));
  response.writeHead(saved ? 303 : 422, saved ? { location: `/filings/${number}` } : {}).end();
}

const pages: Record<string, (request: IncomingMessage) => Promise<string | undefined>> = {
  "/queue": queue,
  "/search": search,
  "/filings": filings,
};

const server = createServer(async (request, response) => {
  try {
    if (request.method === "POST") return await message(request, response);
    const html = await pages[(request.url ?? "").split("?")[0] ?? ""]?.(request);
    response.writeHead(html === undefined ? 403 : 200, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    });
    response.end(html);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});

server.listen(0, "127.0.0.1", () =>
  process.send?.({ ready: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
);
process.once("disconnect", () => process.exit(0));
