import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { readAll, TooLong } from "../lib/streams.ts";
import { serveDesk } from "./desk.ts";
import { ENTITY_PATH, failEarly, failLate, insteadOf, takeFault } from "./faults.ts";
import { answerCall } from "./methods.ts";
import type { Office } from "./office.ts";
import { answerEnvelope, descriptionOf, isService, methodIn } from "./services.ts";

/** 50 MB of XML, hardly compressed, in base64, in an envelope. */
const MAX_BODY_BYTES = 100 * 1024 * 1024;

/** A server for whichever office is open; it does not listen yet. */
export const serverFor = (office: () => Office): Server =>
  createServer((request, response) => {
    serve(office(), request, response).catch((error: unknown) => refuse(response, error));
  });

async function serve(office: Office, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://bureau");
  const path = url.pathname.replace(/\/+$/, "");
  if (path === ENTITY_PATH) return serveEntity(office, response);
  if (!isService(path)) return serveDesk(office, path || "/", request, response);
  if (request.method === "POST") return serveCall(office, path, request, response);
  if (failEarly(office.state.settings.fault === "down" ? "down" : "none", request, response)) return;
  response.writeHead(200, { "content-type": "text/xml; charset=utf-8" }).end(describe(office, path, request));
}

/** Nobody should ever come here. */
function serveEntity(office: Office, response: ServerResponse): void {
  office.entityFetches += 1;
  response.writeHead(200, { "content-type": "text/xml" }).end("fetched");
}

/** The address under which the bureau was asked. */
const baseOf = ({ headers }: IncomingMessage): string =>
  `http://${headers.host?.replace(/[^\w.:[\]-]/g, "") ?? "bureau"}`;

const describe = (office: Office, path: string, request: IncomingMessage): string =>
  descriptionOf(path, baseOf(request), office.options);

async function serveCall(
  office: Office,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const envelope = (await readAll(request, MAX_BODY_BYTES)).toString("utf8");
  const name = methodIn(envelope);
  const fault = takeFault(office, name);
  if (failEarly(fault, request, response)) return;
  const base = baseOf(request);
  const answer = await answerEnvelope(
    envelope,
    path,
    describe(office, path, request),
    (method, sent) => insteadOf(fault, name, base) ?? answerCall(office, method, sent, { fault, base }),
  );
  await wait(office.state.settings.answerDelayMs, undefined, { ref: false });
  if (failLate(fault, request)) return;
  response.writeHead(answer.status, { "content-type": "text/xml; charset=utf-8" });
  if (fault === "slow") await drip(response, answer.body);
  else response.end(answer.body);
}

const DRIP_MS = 5;

/** Byte by byte, until it is all there or nobody listens any more. */
async function drip(response: ServerResponse, body: string): Promise<void> {
  for (const byte of Buffer.from(body)) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await wait(DRIP_MS, undefined, { ref: false });
  }
  response.end();
}

/** Whatever a caller sends, the bureau goes on; the caller hears only that it failed. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(error instanceof TooLong ? 413 : 500, { "content-type": "text/plain" }).end();
}
