import type { Sql } from "../../../src/db/client.ts";

/**
 * The same save by hand: the filing locked, the message, a line of history, a notice and its job in one transaction.
 * Nothing is sealed, chained or guarded beyond the tenant; sent twice it is saved once.
 */
export const saveMessage = (
  db: Sql,
  person: { id: number; ispId: number },
  number: string,
  text: string,
  requestId: string,
): Promise<boolean> =>
  db.begin(async (tx) => {
    const [filing] = await tx<{ id: number; accountId: number; state: string }[]>`
      select id, account_id, state from filings where number = ${number} and isp_id = ${person.ispId} for update`;
    if (!filing) return false;
    const body = Buffer.from(text);
    await tx`
      insert into messages (filing_id, isp_id, staff_id, body_sealed) values (${filing.id}, ${person.ispId}, ${person.id}, ${body})`;
    await tx`
      insert into filing_events (filing_id, isp_id, seq, action, actor_kind, actor_id, from_state, to_state, request_id,
        created_at, prev_hash, hash)
      select ${filing.id}, ${person.ispId}, coalesce(max(seq), 0) + 1, 'message', 'staff', ${person.id}, ${filing.state},
        ${filing.state}, ${requestId}, now(), '', '' from filing_events where filing_id = ${filing.id}`;
    const [notice] = await tx<{ id: string }[]>`
      insert into notices (isp_id, account_id, filing_id, channel, template, data_key, address_sealed, variables_sealed, cause)
      values (${person.ispId}, ${filing.accountId}, ${filing.id}, 'mail', 'message-received', '', '', '', ${`message:${requestId}`})
      returning id`;
    const payload = { noticeId: notice?.id ?? "" };
    await tx`select graphile_worker.add_job('send-notice', payload => ${tx.json(payload)}::json)`;
    return true;
  }) as Promise<boolean>;
