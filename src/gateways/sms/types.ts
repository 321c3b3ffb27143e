export type ShortMessage = {
  /** The notice's id: the gateway's key, so that it can know a repeated message. */
  id: string;
  /** A mobile number as the account gave it. */
  to: string;
  /** One line, with the provider's 签名 in 【】 in front. */
  text: string;
};

export interface SmsGateway {
  /** Gives when the message was accepted; throws `SendingFailed`. One whose fate is unclear must not be sent again. */
  send(message: ShortMessage): Promise<void>;
}
