import type { Config } from "../../config.ts";
import { writeOutbox } from "../outbox.ts";
import { SendingFailed } from "../sending.ts";
import { httpSms } from "./http.ts";
import type { SmsGateway } from "./types.ts";

export type { ShortMessage, SmsGateway } from "./types.ts";

/** The HTTP gateway when SMS_URL is set; else the demo's outbox; else a gateway that says what is missing. */
export function createSms(config: Pick<Config, "smsUrl" | "demo" | "dataDir">): SmsGateway {
  if (config.smsUrl) return httpSms(config.smsUrl);
  if (config.demo)
    return {
      send: (message) =>
        writeOutbox(config.dataDir, { ...message, channel: "sms", at: new Date().toISOString() }),
    };
  return { send: () => Promise.reject(new SendingFailed("again", "short messages are not configured")) };
}
