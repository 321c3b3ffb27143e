import type { Config } from "../../config.ts";
import { writeOutbox } from "../outbox.ts";
import { SendingFailed } from "../sending.ts";
import { smtpMail } from "./smtp.ts";
import type { MailGateway } from "./types.ts";

export type { Mail, MailGateway } from "./types.ts";

type MailConfig = Pick<Config, "smtpUrl" | "demo" | "dataDir" | "publicUrl">;

/** Host of PUBLIC_URL, for Message-IDs and the sender's address. */
export const mailHost = (config: Pick<Config, "publicUrl">): string => new URL(config.publicUrl).hostname;

/** Address of the sender: `?from=` of SMTP_URL, else noreply@ the host of PUBLIC_URL. */
export function senderAddress(config: Pick<Config, "smtpUrl" | "publicUrl">): string {
  const given = config.smtpUrl && new URL(config.smtpUrl).searchParams.get("from");
  return given || `noreply@${mailHost(config)}`;
}

/** SMTP when SMTP_URL is set; else the demo's outbox; else a gateway that says what is missing. */
export function createMail(config: MailConfig): MailGateway {
  if (config.smtpUrl) return smtpMail(config.smtpUrl, senderAddress(config));
  if (config.demo) return outboxMail(config);
  return {
    send: () => Promise.reject(new SendingFailed("again", "mail is not configured")),
    close: () => undefined,
  };
}

const outboxMail = (config: MailConfig): MailGateway => ({
  send: ({ id, to, from, subject, text, html }) =>
    writeOutbox(config.dataDir, {
      ...{ id, channel: "mail", to, from: `${from} <${senderAddress(config)}>` },
      ...{ subject, text, html, at: new Date().toISOString() },
    }),
  close: () => undefined,
});
