import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { Scope, Values } from "../../vocabulary/filing.ts";
import { cutAccesses } from "../cut/open.ts";
import { cancelRecord } from "../record/cancel.ts";
import { keepRevision, noteRevision } from "../record/revisions.ts";
import type { Store } from "../store.ts";
import { insertFromBureau } from "./insert.ts";
import { mendValues } from "./mend-values.ts";
import type { OurRecord } from "./ours.ts";
import type { DifferenceRow } from "./rows.ts";
import { isTaken } from "./taken.ts";
import { isStanding } from "./words.ts";

/** One difference with the record it is about, locked, and what both sides said. */
export type Mending = {
  store: Store;
  record: OurRecord;
  row: DifferenceRow;
  theirs: Values;
};

/** Why a difference could not be repaired: `taken` by another record of the provider, `parent` is cancelled itself. */
export type Obstacle = "taken" | "parent" | "incomplete";

const tables = { subject: "subjects", website: "websites", access: "accesses" } as const;

export const scopeOf = ({ websiteId, accessId }: Pick<DifferenceRow, "websiteId" | "accessId">): Scope =>
  accessId !== null ? "access" : websiteId !== null ? "website" : "subject";

export const idOf = ({ subjectId, websiteId, accessId }: DifferenceRow): number =>
  accessId ?? websiteId ?? subjectId ?? 0;

/** 以管局为准: our record takes what the bureau says at this place; both values are kept. */
export async function mend(mending: Mending): Promise<Obstacle | undefined> {
  const { row } = mending;
  if (isStanding(row.place)) return mendState(mending);
  // Whose a website is there says more than a number can mend.
  if (row.place === "holder") return "incomplete";
  if (row.kind === "only_bureau") return insertFromBureau(mending);
  if (row.place === "number") return mendNumber(mending);
  if (row.place === "bureauId") return mendId(mending);
  if (row.place === "partIds") return mendPartIds(mending);
  return mendValues(mending);
}

/** Cancelled at the bureau, or in force there again; what hangs below it is a difference of its own. */
async function mendState({ store, record, row, theirs }: Mending): Promise<Obstacle | undefined> {
  const { db } = store;
  const kind = scopeOf(row);
  const id = idOf(row);
  if (theirs.state !== "valid") {
    const over = await cancelRecord(db, { ispId: record.ispId, kind, id }, null);
    const accesses = over.flatMap((one) => (one.kind === "access" ? [one.id] : []));
    await cutAccesses(
      store,
      { ispId: record.ispId, cause: "bureau", reference: `difference:${row.id}` },
      accesses,
    );
    return undefined;
  }
  const site = record.websites.find((one) => one.id === row.websiteId);
  if ((kind !== "subject" && record.cancelled) || (kind === "access" && site?.cancelled)) return "parent";
  const number = kind === "subject" ? record.number : site?.number;
  if (kind !== "access" && number && (await isTaken(db, record.ispId, { number, of: kind, except: id })))
    return "taken";
  await db`update ${db(tables[kind])} set cancelled_at = null where id = ${id} and isp_id = ${record.ispId}`;
  await noteRevision(db, { ispId: record.ispId, subjectId: record.id, kind, id }, "restored", row.id);
  return undefined;
}

/** Keeps both values of what is repaired, or of another object that follows from it. */
export const revise = (
  { store, record, row }: Mending,
  before: Values,
  after: Values,
  kind = scopeOf(row),
  id = idOf(row),
) =>
  keepRevision(
    store.db,
    record.key,
    { ispId: record.ispId, subjectId: record.id, kind, id },
    { differenceId: row.id },
    { before, after },
  );

async function mendNumber(mending: Mending): Promise<Obstacle | undefined> {
  const { store, record, row, theirs } = mending;
  const { db } = store;
  const number = textOf(theirs, "number");
  const kind = scopeOf(row);
  if (kind === "access") return "incomplete";
  if (await isTaken(db, record.ispId, { number, of: kind, except: idOf(row) })) return "taken";
  const [before] = await db<{ number: string }[]>`
    select number from ${db(tables[kind])} where id = ${idOf(row)} and isp_id = ${record.ispId}`;
  await db`update ${db(tables[kind])} set number = ${number} where id = ${idOf(row)} and isp_id = ${record.ispId}`;
  await revise(mending, { number: before?.number ?? "" }, { number });
  return undefined;
}

async function mendId(mending: Mending): Promise<undefined> {
  const { store, record, row, theirs } = mending;
  const { db } = store;
  const table = db(tables[scopeOf(row)]);
  const [before] = await db<{ bureauId: number | null }[]>`
    select bureau_object_id as bureau_id from ${table} where id = ${idOf(row)} and isp_id = ${record.ispId}`;
  await db`
    update ${table} set bureau_object_id = ${Number(theirs.bureauId)} where id = ${idOf(row)} and isp_id = ${record.ispId}`;
  await revise(
    mending,
    { bureauId: String(before?.bureauId ?? "") },
    { bureauId: textOf(theirs, "bureauId") },
  );
}

/** Entries are a domain or a range with the bureau's id: example.cn=77. */
async function mendPartIds(mending: Mending): Promise<undefined> {
  const { store, record, row, theirs } = mending;
  const { db } = store;
  for (const entry of listOf(theirs, "partIds")) {
    const [name = "", id = ""] = entry.split("=");
    if (row.accessId === null)
      await db`
        update domains set bureau_object_id = ${Number(id)}
        where website_id = ${row.websiteId} and isp_id = ${record.ispId} and domain = ${name} and cancelled_at is null`;
    else
      await db`
        update access_ips set bureau_object_id = ${Number(id)}
        where access_id = ${row.accessId} and isp_id = ${record.ispId}
          and host(first_ip) || '-' || host(last_ip) = ${name}`;
  }
  await revise(mending, {}, { partIds: listOf(theirs, "partIds") });
}
