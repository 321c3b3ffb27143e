import { openText } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { recordContext } from "../record/values.ts";
import type { Store } from "../store.ts";
import { reasonContext } from "./acts.ts";
import type { Found } from "./compare.ts";
import { openValues } from "./keep.ts";
import { type DifferenceRow, type DifferenceState, differenceColumns } from "./rows.ts";
import { absent, inForce } from "./sides.ts";

/** What differences are narrowed by; all of what is given must hold. */
export type DifferenceFilter = {
  bureauId?: number;
  kind?: Found["kind"];
  place?: string;
  state?: DifferenceState;
  subjectId?: number;
  ids?: readonly number[];
};

/** A difference with both values opened and what it is about. `name` of a record that only the bureau has is its own. */
export type Difference = Omit<DifferenceRow, "sealed" | "dataKey" | "reasonSealed"> &
  Pick<Found, "ours" | "theirs"> & {
    bureau: string;
    number: string;
    name: string;
    nature: string;
    accountId: number | null;
    site: string | null;
    reason: string;
    by: string | null;
  };

type Row = DifferenceRow & {
  bureau: string;
  number: string | null;
  nature: number | null;
  nameSealed: Buffer | null;
  subjectKey: Buffer | null;
  accountId: number | null;
  site: string | null;
  by: string | null;
};

/** A page of the differences of a provider, newest first: those with an id below `before`. */
export async function listDifferences(
  { db, vault }: Store,
  ispId: number,
  { bureauId, kind, place, state = "open", subjectId, ids }: DifferenceFilter,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number | undefined; limit: number },
): Promise<Difference[]> {
  const rows = await db<Row[]>`
    select ${differenceColumns(db)}, b.name as bureau, s.number, s.nature, s.name_sealed, s.data_key as subject_key,
      s.account_id, w.name as site, p.name as by
    from record_differences d join isp_bureaus b on b.id = d.bureau_id
      left join subjects s on s.id = d.subject_id left join websites w on w.id = d.website_id
      left join staff p on p.id = d.settled_by
    where d.isp_id = ${ispId} and d.id < ${before}
      ${ids ? db`and d.id = any(${[...ids]}::bigint[])` : db`and d.state = ${state}`}
      ${bureauId === undefined ? db`` : db`and d.bureau_id = ${bureauId}`}
      ${kind === undefined ? db`` : db`and d.kind = ${kind}`}
      ${place === undefined ? db`` : db`and d.place = ${place}`}
      ${subjectId === undefined ? db`` : db`and d.subject_id = ${subjectId}`}
    order by d.id desc limit ${limit}`;
  return rows.map((row) => openRow(vault, row));
}

/** Both values, opened; a record that is only here has none. */
function openRow(vault: Store["vault"], row: Row): Difference {
  const { sealed, dataKey, subjectKey, nameSealed, reasonSealed, ...rest } = row;
  const key = vault.unwrap(subjectKey ?? dataKey ?? Buffer.alloc(0));
  const values = sealed ? openValues(key, row.ispId, row) : { ours: inForce, theirs: absent };
  const theirs = (values.theirs ?? {}) as { subject?: { name?: string; number?: string; nature?: number } };
  const name =
    nameSealed && openText(key, nameSealed, recordContext(row.ispId, row.subjectId ?? 0, "subject-name"));
  return {
    ...rest,
    ...values,
    number: row.number ?? theirs.subject?.number ?? "",
    name: name ?? theirs.subject?.name ?? "",
    nature: String(row.nature ?? theirs.subject?.nature ?? ""),
    reason: reasonSealed ? openText(key, reasonSealed, reasonContext(row)) : "",
  };
}

/** One difference of a provider. Throws NotFound. */
export async function findDifference(
  store: Store,
  { ispId }: Pick<Staff, "ispId">,
  id: number,
): Promise<Difference> {
  const [found] = await listDifferences(store, ispId, { ids: [id] }, { limit: 1 });
  if (!found) throw new NotFound(`no difference ${id}`);
  return found;
}

/** How many differences of a record wait for somebody. */
export async function openOfRecord(db: Db, ispId: number, subjectId: number): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from record_differences
    where subject_id = ${subjectId} and isp_id = ${ispId} and state = 'open'`;
  return row?.count ?? 0;
}

/** The side bar counts so far. */
const MOST = 10_000;

export async function openDifferenceCount(db: Db, { ispId }: Pick<Staff, "ispId">): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from record_differences where isp_id = ${ispId} and state = 'open' limit ${MOST}) o`;
  return row?.count ?? 0;
}
