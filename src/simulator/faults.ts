import type { IncomingMessage, ServerResponse } from "node:http";
import { returnText } from "./methods.ts";
import type { Office } from "./office.ts";
import type { Fault } from "./settings.ts";

/** The fault for this call, and one less to come. Methods that are not named are let through. */
export function takeFault(office: Office, method: string): Fault {
  const { fault, faultMethods, faultTimes } = office.state.settings;
  const meant = faultMethods.length === 0 || faultMethods.includes(method);
  if (fault === "none" || !meant) return "none";
  if (faultTimes !== null) {
    const left = faultTimes - 1;
    office.set(left > 0 ? { faultTimes: left } : { fault: "none", faultTimes: null });
  }
  return fault;
}

/** Texts that stand in `<return>` instead of an answer. Nothing is done with the call. */
const INSTEAD: Partial<Record<Fault, (method: string) => string>> = {
  busy: () => returnText({ code: 15 }),
  hours: () => returnText({ code: 20, words: "不在规定报备时间段内，请于8:30至17:30上报" }),
  wrong_password: () => returnText({ code: 5 }),
  maintenance: (method) => returnText({ code: method === "isp_upload" ? 901 : 902 }),
  garbage: () => "<return><msg_code>零</msg_co",
};

/** The text to answer with instead of doing anything; undefined when the call is to be done. */
export const insteadOf = (fault: Fault, method: string): string | undefined => INSTEAD[fault]?.(method);

/** Faults that end the call before it is read. True when the call is over. */
export function failEarly(fault: Fault, request: IncomingMessage, response: ServerResponse): boolean {
  if (fault === "down") response.writeHead(503, { "content-type": "text/plain" }).end("Service Unavailable");
  else if (fault === "garbage_http") response.writeHead(200).end("<html><body>502 Bad Gateway</body>");
  else if (fault === "drop_before") request.socket.destroy();
  else return false;
  return true;
}

/** Faults that swallow the answer after everything was done. True when nothing is to be sent. */
export function failLate(fault: Fault, request: IncomingMessage): boolean {
  if (fault === "timeout_after_accept") request.socket.destroy();
  return fault === "timeout_after_accept" || fault === "hang_after_accept";
}
