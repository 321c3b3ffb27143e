import { createTransport } from "nodemailer";
import type SMTPPool from "nodemailer/lib/smtp-pool";
import { SendingFailed } from "../sending.ts";
import type { MailGateway } from "./types.ts";

/** Milliseconds. The worker's jobs wait for the server, so no wait is without an end. */
const TIMEOUTS = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  dnsTimeout: 10_000,
  socketTimeout: 30_000,
};

/**
 * Options of SMTP_URL: `smtp://user:password@host:587` (STARTTLS where the server offers it; `?tls=required` insists) or
 * `smtps://…` (TLS from the start). `?from=` is read elsewhere.
 */
export function smtpOptions(smtpUrl: string): SMTPPool.Options {
  const url = new URL(smtpUrl);
  const secure = url.protocol === "smtps:";
  const user = decodeURIComponent(url.username);
  return {
    pool: true,
    maxConnections: 4,
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: url.searchParams.get("tls") === "required",
    ...(user ? { auth: { user, pass: decodeURIComponent(url.password) } } : {}),
    ...TIMEOUTS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

type SmtpError = Error & { code?: string; command?: string; responseCode?: number; response?: string };

/** 5.1.1 of an answer such as "550 5.1.1 <a@example.cn> unknown": the rest repeats the address. RFC 3463. */
const enhancedStatus = (response = ""): string =>
  response.match(/^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/)?.[1] ?? "";

/**
 * What a failed try means. A 5xx to the addressee or the text is final (RFC 5321, 4.2.1); one to our name, password or
 * sender is the operator's fault and may be cured, as may everything else.
 */
export function smtpFailure(error: unknown): SendingFailed {
  const { code = "unknown", command = "", responseCode, response } = error as SmtpError;
  if (!responseCode) {
    const fate = code === "EENVELOPE" ? "refused" : "again";
    const what = fate === "refused" ? "the address cannot be used" : "the mail server could not be reached";
    return new SendingFailed(fate, `${what} (${code})`);
  }
  const answer = `${responseCode} ${enhancedStatus(response)}`.trim();
  const final = responseCode >= 500 && ["RCPT TO", "DATA"].includes(command);
  return final
    ? new SendingFailed("refused", `the mail server refused the mail (${answer})`)
    : new SendingFailed("again", `the mail server did not take the mail (${answer})`);
}

/** Mail over SMTP through kept connections; `address` is the sender's. */
export function smtpMail(smtpUrl: string, address: string): MailGateway {
  const transport = createTransport(smtpOptions(smtpUrl));
  return {
    async send(mail) {
      try {
        await transport.sendMail({
          from: { name: mail.from, address },
          to: { name: "", address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: mail.messageId,
          headers: { "Auto-Submitted": "auto-generated" },
        });
      } catch (error) {
        throw smtpFailure(error);
      }
    },
    close: () => transport.close(),
  };
}
