import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { readAll } from "../../src/lib/streams.ts";

/** A mail as its reader would get it, and where it came from. */
export type Received = { from: string; to: string[]; mail: Email; raw: string };

export type Mailbox = {
  /** For SMTP_URL. */
  url: string;
  received: Received[];
  /** Answers the next mails with this instead of taking them: at the addressee or after the text. */
  refuse(code: number, at?: "rcpt" | "data", text?: string): void;
  accept(): void;
  /** Called after a mail was taken in and before its sender is told. */
  onReceived(listener: (mail: Received) => void | Promise<void>): void;
  /** The newest mail to an address, once there is one; fails after the limit of milliseconds. */
  waitFor(to: string, limit?: number): Promise<Received>;
  close(): Promise<void>;
};

type Refusal = { code: number; at: "rcpt" | "data"; text: string };

const refusalError = ({ code, text }: Refusal): Error =>
  Object.assign(new Error(text), { responseCode: code });

/** A real SMTP server on a free port of this process. Close it in `after`. */
export async function openMailbox(): Promise<Mailbox> {
  const received: Received[] = [];
  let refusal: Refusal | undefined;
  let listener: (mail: Received) => void | Promise<void> = () => undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    closeTimeout: 500,
    onRcptTo: (_address, _session, done) => done(refusal?.at === "rcpt" ? refusalError(refusal) : null),
    onData(stream, session, done) {
      const take = async (): Promise<void> => {
        const raw = (await readAll(stream, 10_000_000)).toString();
        if (refusal) throw refusalError(refusal);
        const envelope = session.envelope;
        const from = envelope.mailFrom ? envelope.mailFrom.address : "";
        const mail = {
          from,
          to: envelope.rcptTo.map(({ address }) => address),
          mail: await PostalMime.parse(raw),
          raw,
        };
        received.push(mail);
        await listener(mail);
      };
      take().then(() => done(), done);
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuse: (code, at = "data", text = "no") => {
      refusal = { code, at, text };
    },
    accept: () => {
      refusal = undefined;
    },
    onReceived: (next) => {
      listener = next;
    },
    waitFor: (to, limit = 20_000) => waitForMail(received, to, limit),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function waitForMail(received: Received[], to: string, limit: number): Promise<Received> {
  const end = Date.now() + limit;
  for (;;) {
    const mail = received.findLast((one) => one.to.includes(to));
    if (mail) return mail;
    if (Date.now() > end) throw new Error(`no mail to ${to}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
