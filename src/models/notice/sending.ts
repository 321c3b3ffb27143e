import { openText } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { Store } from "../store.ts";
import { noticeContext } from "./queue.ts";
import type { Channel, NoticeTemplate } from "./templates.ts";

/** A notice that this process has begun to send, opened. */
export type Sending = {
  id: string;
  ispId: number;
  accountId: number | null;
  staffId: number | null;
  filingId: number | null;
  codeId: number | null;
  channel: Channel;
  template: NoticeTemplate;
  address: string;
  variables: Record<string, unknown>;
  createdAt: Date;
  /** Which try this is, from 1; only the try that is under way records an outcome. */
  tries: number;
};

type Row = Omit<Sending, "address" | "variables"> & {
  dataKey: Buffer;
  addressSealed: Buffer;
  variablesSealed: Buffer;
};

/**
 * Begins a try: queued or failed → sending. A notice already in `sending` was left there by a worker that died: a mail
 * is tried again under its Message-ID, a short message becomes `unclear` and is never repeated by itself.
 * Undefined when there is nothing to send.
 */
export async function beginSending(store: Store, id: string): Promise<Sending | undefined> {
  const { db, vault } = store;
  const [row] = await db<Row[]>`
    update notices set state = 'sending', tries = tries + 1, tried_at = now(), problem = null
    where id = ${id} and (state in ('queued', 'failed') or (state = 'sending' and channel = 'mail'))
    returning id, isp_id, account_id, staff_id, filing_id, code_id, channel, template, data_key, address_sealed,
      variables_sealed, created_at, tries`;
  if (!row) {
    await giveUpUnclear(db, id);
    return undefined;
  }
  const { dataKey, addressSealed, variablesSealed, ...rest } = row;
  const key = vault.unwrap(dataKey);
  return {
    ...rest,
    address: openText(key, addressSealed, noticeContext(id, "address")),
    variables: JSON.parse(openText(key, variablesSealed, noticeContext(id, "variables"))),
  };
}

const giveUpUnclear = (db: Db, id: string) => db`
  update notices set state = 'unclear', problem = 'the worker died while it was sending'
  where id = ${id} and state = 'sending' and channel = 'sms'`;

/** The channel took it. Also ends what another worker has given up as unclear: this one knows better. */
export async function recordSent(db: Db, { id, tries }: Sending): Promise<void> {
  await db`
    update notices set state = 'sent', sent_at = now(), problem = null
    where id = ${id} and tries = ${tries} and state in ('sending', 'unclear')`;
}

/** It was surely not taken (`failed`), or nobody knows (`unclear`). `problem` is a fixed sentence without an address. */
export async function recordNotSent(
  db: Db,
  { id, tries }: Sending,
  state: "failed" | "unclear",
  problem: string,
): Promise<void> {
  await db`
    update notices set state = ${state}, problem = ${problem}
    where id = ${id} and tries = ${tries} and state = 'sending'`;
}
