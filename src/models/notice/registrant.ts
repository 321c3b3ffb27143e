import { openText } from "../../crypto/seal.ts";
import { accountContext } from "../account/rows.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { queueNotice } from "./queue.ts";
import { type Channel, channels, type NoticeTemplate, type NoticeVariables } from "./templates.ts";

type Addresses = Record<Channel, string>;

/** E-mail address and mobile number of an account, opened; throws NotFound when there is no such account. */
async function addressesOf({ db, vault }: Store, accountId: number): Promise<Addresses> {
  const [account] = await db<{ dataKey: Buffer; emailSealed: Buffer; mobileSealed: Buffer }[]>`
    select data_key, email_sealed, mobile_sealed from accounts where id = ${accountId}`;
  if (!account) throw new NotFound("no such account");
  const key = vault.unwrap(account.dataKey);
  return {
    mail: openText(key, account.emailSealed, accountContext(accountId, "email")),
    sms: openText(key, account.mobileSealed, accountContext(accountId, "mobile")),
  };
}

/**
 * Tells the registrant of a filing, or an account about what is no filing (yet), through every channel the template has: mail, and a short message where there is one.
 * `cause` names what happened (`returned:event:77`); the same cause is noticed once on each channel.
 */
export async function noticeRegistrant<T extends NoticeTemplate>(
  store: Store,
  filing: { id?: number; ispId: number; accountId: number },
  template: T,
  variables: NoticeVariables[T],
  cause: string,
): Promise<void> {
  const addresses = await addressesOf(store, filing.accountId);
  for (const channel of channels[template])
    await queueNotice<T>(store, {
      ispId: filing.ispId,
      accountId: filing.accountId,
      ...(filing.id === undefined ? {} : { filingId: filing.id }),
      channel,
      template,
      address: addresses[channel],
      variables,
      cause: `${cause}:${channel}`,
    });
}
