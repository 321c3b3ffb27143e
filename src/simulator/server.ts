import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { readAll, TooLong } from "../lib/streams.ts";
import { serveDesk } from "./desk.ts";
import { failEarly, failLate, insteadOf, takeFault } from "./faults.ts";
import { answerCall } from "./methods.ts";
import type { Office } from "./office.ts";
import { answerEnvelope, descriptionOf, isService, methodIn } from "./services.ts";

/** 50 MB of XML, hardly compressed, in base64, in an envelope. */
const MAX_BODY_BYTES = 100 * 1024 * 1024;

/** Listens; the promise is kept when calls can come. */
export async function listen(office: Office): Promise<{ server: Server; url: string }> {
  const { host, port } = office.options;
  const server = createServer((request, response) => {
    serve(office, request, response).catch((error: unknown) => refuse(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { server, url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}` };
}

async function serve(office: Office, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://bureau");
  const path = url.pathname.replace(/\/+$/, "");
  if (!isService(path)) return serveDesk(office, path || "/", request, response);
  if (request.method === "POST") return serveCall(office, path, request, response);
  if (failEarly(office.state.settings.fault === "down" ? "down" : "none", request, response)) return;
  response.writeHead(200, { "content-type": "text/xml; charset=utf-8" }).end(describe(office, path, request));
}

const describe = (office: Office, path: string, request: IncomingMessage): string =>
  descriptionOf(
    path,
    `http://${request.headers.host?.replace(/[^\w.:[\]-]/g, "") ?? "bureau"}`,
    office.options,
  );

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
  const answer = await answerEnvelope(
    envelope,
    path,
    describe(office, path, request),
    (method, sent) => insteadOf(fault, name) ?? answerCall(office, method, sent),
  );
  await wait(office.state.settings.answerDelayMs, undefined, { ref: false });
  if (failLate(fault, request)) return;
  response.writeHead(answer.status, { "content-type": "text/xml; charset=utf-8" }).end(answer.body);
}

/** Whatever a caller sends, the bureau goes on; the caller hears only that it failed. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(error instanceof TooLong ? 413 : 500, { "content-type": "text/plain" }).end();
}
