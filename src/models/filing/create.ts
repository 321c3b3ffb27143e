import type { FilingKind, Scope } from "../../vocabulary/filing.ts";
import type { Actor } from "../actor.ts";
import { Forbidden } from "../errors.ts";
import { onRecord } from "../record/on-record.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { holdsOf } from "./findings.ts";
import { appendEvent } from "./history.ts";
import { type Hold, syncHolds } from "./holds.ts";
import { sealPassword } from "./icp-password.ts";
import { type Filing, lockFiling } from "./rows.ts";
import { sectionTree } from "./sections.ts";
import { writeStartingSections } from "./starting-sections.ts";
import { isParty, rowOf } from "./workflow.ts";

/** What the type check was about: who files with which document for which domain. */
export type Checked = {
  /** Code of 主办单位性质. */
  nature: string;
  certType: string;
  certNo: string;
  domain: string;
  /** Findings of the certificate that the person has confirmed, see `confirmation` of the rules. */
  confirmed?: readonly string[];
};

/** What each kind begins with. Ids are those of records; `number` is an ICP number. */
export type Beginning =
  | ({ kind: "first" } & Checked)
  /** The subject is on record here: `subjectId`; or elsewhere: its 主体备案号. */
  | ({ kind: "add" } & ({ subjectId: number; domain: string } | (Checked & { number: string })))
  /** The website is accessed elsewhere; the subject may be on record here all the same. */
  | ({ kind: "join"; number: string; name: string; siteName: string; subjectId?: number } & Checked)
  | { kind: "change" | "cancel"; subjectId: number; scope: Scope; targetId: number };

export type NewFiling = Beginning & {
  accountId: number;
  ispId: number;
  /** MD5 of the 备案密码, lower-case hexadecimal (ICPmm), where one was given. */
  passwordHash?: string;
  /** Made when the form was drawn: the same request makes one filing. */
  requestId: string;
};

/** What another open filing of the provider holds already, and what one of its records has. */
export type Taken = { taken: Hold["kind"][]; recorded?: Hold["kind"][] };

/**
 * Opens a filing (row 1 of the table) with the sections of its kind. Gives the filing, or what another open filing of
 * the provider already holds or is on record there. The same request answered again gives the same filing. Throws
 * NotFound for a record that is not the account's or is cancelled. `within` writes what belongs to the new filing in the
 * same transaction; what it throws undoes all of it.
 */
export async function createFiling(
  store: RootStore,
  actor: Actor,
  wanted: NewFiling,
  within?: (inside: Store, filing: Filing) => Promise<void>,
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
      const holds = holdsOf(await sectionTree(inside, filing));
      refused.push(...(await syncHolds(inside, filing, holds)).map(({ kind }) => kind));
      // After the holds: what was numbered while we waited for one is on record now.
      recorded.push(...(await onRecord(inside, filing, holds)).map(({ kind }) => kind));
      if (refused.length + recorded.length > 0) throw new HoldsTaken();
      await within?.(inside, filing);
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
  await db`select 1 from accounts where id = ${accountId} for no key update`;
  const [row] = await db<{ id: number }[]>`
    select f.id from filings f join filing_events e on e.filing_id = f.id
    where f.account_id = ${accountId} and e.request_id = ${requestId} and e.action = 'create'`;
  return row && lockFiling(db, row.id, { kind: "system" });
}

async function insertFiling(store: Store, actor: Actor, wanted: NewFiling): Promise<Filing> {
  const { db, vault } = store;
  const author = actor.kind === "staff" ? actor.staffId : null;
  const { kind, scope, targetId, subjectId, nature } = columnsOf(wanted);
  const [row] = await db<{ id: number }[]>`
    insert into filings (number, isp_id, account_id, author_staff_id, kind, scope, target_id, subject_id, nature, data_key)
    values (${await nextNumber(store)}, ${wanted.ispId}, ${wanted.accountId}, ${author}, ${kind}, ${scope}, ${targetId},
      ${subjectId}, ${nature}, ${vault.newDataKey().wrapped})
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
  await writeStartingSections(store, filing, wanted);
  if (wanted.passwordHash) await sealPassword(store, filing, wanted.passwordHash);
  return lockFiling(db, filing.id, { kind: "system" });
}

type Columns = {
  kind: FilingKind;
  scope: Scope | null;
  targetId: number | null;
  subjectId: number | null;
  nature: number;
};

const columnsOf = (wanted: NewFiling): Columns => ({
  kind: wanted.kind,
  scope: "scope" in wanted ? wanted.scope : null,
  targetId: "targetId" in wanted ? wanted.targetId : null,
  subjectId: ("subjectId" in wanted ? wanted.subjectId : undefined) ?? null,
  // Of a record it is copied with the subject.
  nature: "nature" in wanted ? Number(wanted.nature) : 0,
});

/** 20261118-0042: the day in Shanghai and a running number; the row lock makes each number once. */
async function nextNumber({ db }: Store): Promise<string> {
  const [row] = await db<{ day: string; last: number }[]>`
    insert into filing_numbers as n (day, last) values ((now() at time zone 'Asia/Shanghai')::date, 1)
    on conflict (day) do update set last = n.last + 1 returning day, last`;
  return `${row?.day.replaceAll("-", "")}-${String(row?.last).padStart(4, "0")}`;
}
