export type Mail = {
  /** The notice's id. */
  id: string;
  to: string;
  /** Name shown as the sender: the provider. The address is the installation's, see `senderAddress`. */
  from: string;
  subject: string;
  text: string;
  html: string;
  /** `<id@host>`, the same at every try, so that a mail sent twice is one mail to its reader. */
  messageId: string;
};

export interface MailGateway {
  /** Gives when the mail was accepted; throws `SendingFailed`. A mail whose fate is unclear may be sent again. */
  send(mail: Mail): Promise<void>;
  close(): void;
}
