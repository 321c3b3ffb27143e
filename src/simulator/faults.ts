import type { IncomingMessage, ServerResponse } from "node:http";
import { FILE_FAULTS } from "./fault-names.ts";
import { returnText } from "./methods.ts";
import type { Office } from "./office.ts";
import type { Fault } from "./settings.ts";
import { waitingFiles } from "./state.ts";

/** Whether a fault can hit a call: of its method, and with a file to spoil where it spoils one. */
function hits(office: Office, fault: Fault, methods: readonly string[], method: string): boolean {
  if (methods.length > 0 && !methods.includes(method)) return false;
  if (!FILE_FAULTS.has(fault)) return true;
  return method === "isp_download" && waitingFiles(office.state, Date.now()).length > 0;
}

/** The fault for this call, and one less to come: of the script first, then the one that is set. */
export function takeFault(office: Office, method: string): Fault {
  const { script, fault, faultMethods, faultTimes } = office.state.settings;
  const at = script.findIndex((step) => hits(office, step.fault, step.methods, method));
  const step = script[at];
  if (step) {
    const left = step.times > 1 ? [{ ...step, times: step.times - 1 }] : [];
    office.set({ script: script.toSpliced(at, 1, ...left) });
    return step.fault;
  }
  if (fault === "none" || !hits(office, fault, faultMethods, method)) return "none";
  if (faultTimes !== null) {
    const left = faultTimes - 1;
    office.set(left > 0 ? { faultTimes: left } : { fault: "none", faultTimes: null });
  }
  return fault;
}

/** Where an external entity points to: the bureau counts who comes. */
export const ENTITY_PATH = "/entity";

/** Entities of which each is ten of the one before: a few bytes that would be many thousand millions. */
const laughs = (): string =>
  Array.from({ length: 10 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join("");

/** A text that would grow without bound. `root` names the element that holds it. */
export const bomb = (root: string, around: (inside: string) => string): string =>
  `<?xml version="1.0" encoding="GBK"?><!DOCTYPE ${root} [<!ENTITY l0 "ha">${laughs()}]>${around("&l10;")}`;

/** A text that would be fetched from elsewhere: from the disk of who reads it, and from here. */
export const external = (root: string, base: string, around: (inside: string) => string): string =>
  `<?xml version="1.0" encoding="GBK"?><!DOCTYPE ${root} SYSTEM "${base}${ENTITY_PATH}" [<!ENTITY here SYSTEM "${base}${ENTITY_PATH}"><!ENTITY disk SYSTEM "file:///etc/hostname">]>${around("&here;&disk;")}`;

const inReturn = (inside: string): string =>
  `<return version="V.3.0"><msg_code>0</msg_code><msg>${inside}</msg></return>`;

/** Texts that stand in `<return>` instead of an answer. Nothing is done with the call. */
const INSTEAD: Partial<Record<Fault, (method: string, base: string) => string>> = {
  busy: () => returnText({ code: 15 }),
  hours: () => returnText({ code: 20, words: "不在规定报备时间段内，请于8:30至17:30上报" }),
  wrong_password: () => returnText({ code: 5 }),
  closed: () => returnText({ code: 19 }),
  maintenance: (method) => returnText({ code: method === "isp_upload" ? 901 : 902 }),
  other: () => returnText({ code: 999 }),
  garbage: () => "<return><msg_code>零</msg_co",
  xml_bomb: () => bomb("return", inReturn),
  external_entity: (_method, base) => external("return", base, inReturn),
};

/** The text to answer with instead of doing anything; undefined when the call is to be done. */
export const insteadOf = (fault: Fault, method: string, base: string): string | undefined =>
  INSTEAD[fault]?.(method, base);

const soapBomb = (): string =>
  bomb(
    "soap:Envelope",
    (inside) =>
      `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><r><return>${inside}</return></r></soap:Body></soap:Envelope>`,
  );

/** Faults that end the call before it is read. True when the call is over. */
export function failEarly(fault: Fault, request: IncomingMessage, response: ServerResponse): boolean {
  const asXml = { "content-type": "text/xml; charset=utf-8" };
  if (fault === "down") response.writeHead(503, { "content-type": "text/plain" }).end("Service Unavailable");
  else if (fault === "garbage_http") response.writeHead(200).end("<html><body>502 Bad Gateway</body>");
  else if (fault === "drop_before") request.socket.destroy();
  else if (fault === "xml_bomb_soap") response.writeHead(200, asXml).end(soapBomb());
  else if (fault === "endless") pour(response.writeHead(200, asXml));
  else return false;
  return true;
}

const DROPS = Buffer.alloc(64 * 1024, " ");

/** Writes until the other side has enough of it. */
function pour(response: ServerResponse): void {
  let goesOn = true;
  response.once("close", () => {
    goesOn = false;
  });
  const more = (): void => {
    while (goesOn && response.write(DROPS)) if (response.destroyed) return;
    if (goesOn) response.once("drain", more);
  };
  response.write("<soap:Envelope>");
  more();
}

/** Faults that swallow the answer after everything was done. True when nothing is to be sent. */
export function failLate(fault: Fault, request: IncomingMessage): boolean {
  if (fault === "timeout_after_accept") request.socket.destroy();
  return fault === "timeout_after_accept" || fault === "hang_after_accept";
}
