import { CONFIRMED } from "../../rules/confirm.ts";
import { toAscii } from "../../vocabulary/domain.ts";
import { initialValues } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";
import type { Actor } from "../actor.ts";
import { Forbidden } from "../errors.ts";
import { onRecord } from "../record/on-record.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { appendEvent } from "./history.ts";
import { certificateHold, domainHold, type Hold, syncHolds } from "./holds.ts";
import { type Filing, lockFiling } from "./rows.ts";
import { save } from "./save.ts";
import { addSection } from "./sections.ts";
import { isParty, rowOf } from "./workflow.ts";

export type NewFiling = {
  accountId: number;
  ispId: number;
  /** Code of 主办单位性质. */
  nature: string;
  certType: string;
  certNo: string;
  domain: string;
  /** Findings of the certificate that the person has confirmed, see `confirmation` of the rules. */
  confirmed?: readonly string[];
  /** Made when the form was drawn: the same request makes one filing. */
  requestId: string;
};

/** What another open filing of the provider holds already, and what one of its records has. */
export type Taken = { taken: Hold["kind"][]; recorded?: Hold["kind"][] };

/**
 * Opens a filing (row 1 of the table) with its subject, one website and one access. Gives the filing, or what another
 * open filing of the provider already holds or is on record there. The same request answered again gives the same filing.
 */
export async function createFiling(
  store: RootStore,
  actor: Actor,
  wanted: NewFiling,
): Promise<Filing | Taken> {
  if (!isParty(rowOf("create").by, actor))
    throw new Forbidden("only a registrant or staff for one opens a filing");
  const refused: Hold["kind"][] = [];
  const recorded: Hold["kind"][] = [];
  try {
    return await inTransaction(store, async (inside) => {
      const earlier = await filingOfRequest(inside, wanted);
      if (earlier) return earlier;
      const filing = await insertFiling(inside, actor, wanted);
      const holds = [certificateHold(wanted.certType, wanted.certNo), domainHold(toAscii(wanted.domain))];
      refused.push(...(await syncHolds(inside, filing, holds)).map(({ kind }) => kind));
      // After the holds: what was numbered while we waited for one is on record now.
      recorded.push(...(await onRecord(inside, filing, holds)).map(({ kind }) => kind));
      if (refused.length + recorded.length > 0) throw new HoldsTaken();
      return filing;
    });
  } catch (error) {
    if (error instanceof HoldsTaken)
      return { taken: refused.sort(), ...(recorded.length > 0 ? { recorded: recorded.sort() } : {}) };
    throw error;
  }
}

/** Rolls the insert back; never leaves this file. */
class HoldsTaken extends Error {}

async function filingOfRequest(
  { db }: Store,
  { accountId, requestId }: NewFiling,
): Promise<Filing | undefined> {
  // Two requests of one account wait for each other here, so that a double click makes one filing.
  await db`select 1 from accounts where id = ${accountId} for update`;
  const [row] = await db<{ id: number }[]>`
    select f.id from filings f join filing_events e on e.filing_id = f.id
    where f.account_id = ${accountId} and e.request_id = ${requestId} and e.action = 'create'`;
  return row && lockFiling(db, row.id, { kind: "system" });
}

async function insertFiling(store: Store, actor: Actor, wanted: NewFiling): Promise<Filing> {
  const { db, vault } = store;
  const author = actor.kind === "staff" ? actor.staffId : null;
  const [row] = await db<{ id: number }[]>`
    insert into filings (number, isp_id, account_id, author_staff_id, kind, nature, data_key)
    values (${await nextNumber(store)}, ${wanted.ispId}, ${wanted.accountId}, ${author}, 'first',
      ${Number(wanted.nature)}, ${vault.newDataKey().wrapped})
    returning id`;
  const filing = await lockFiling(db, row?.id ?? 0, { kind: "system" });
  await appendEvent(db, {
    filing,
    action: "create",
    actor,
    from: null,
    to: "draft",
    requestId: wanted.requestId,
    detail: {},
  });
  const subject = await addSection(db, filing, "subject", null);
  const website = await addSection(db, filing, "website", null);
  await addSection(db, filing, "access", website.id);
  await save(store, filing, { id: subject.id, kind: "subject" }, firstSubject(wanted));
  await save(store, filing, { id: website.id, kind: "website" }, firstWebsite(wanted));
  return lockFiling(db, filing.id, { kind: "system" });
}

const firstSubject = ({ nature, certType, certNo, confirmed = [] }: NewFiling): Values => ({
  ...initialValues.subject,
  nature,
  certType,
  certNo,
  ...(confirmed.length > 0 ? { [CONFIRMED]: [...confirmed] } : {}),
});
const firstWebsite = ({ domain }: NewFiling): Values => ({
  ...initialValues.website,
  domains: [domain],
  homePages: [`www.${domain}`],
});

/** 20261118-0042: the day in Shanghai and a running number; the row lock makes each number once. */
async function nextNumber({ db }: Store): Promise<string> {
  const [row] = await db<{ day: string; last: number }[]>`
    insert into filing_numbers as n (day, last) values ((now() at time zone 'Asia/Shanghai')::date, 1)
    on conflict (day) do update set last = n.last + 1 returning day, last`;
  return `${row?.day.replaceAll("-", "")}-${String(row?.last).padStart(4, "0")}`;
}
