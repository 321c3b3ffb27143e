import { openText, seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import { derivedId, isRequestId } from "../../lib/ids.ts";
import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import { NotFound } from "../errors.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { checked, groundOf, type Owner } from "./findings.ts";
import type { RowFiling } from "./read.ts";

export type Batch = Owner & {
  id: string;
  state: "checked" | "running" | "done";
  dataKey: Buffer;
  createdAt: Date;
};

/** What is kept of a filing of the table: all of it is sealed. */
export type Kept = RowFiling & { kind: "first" | "add" };

/** A filing of the table as its owner sees it. */
export type BatchFiling = {
  row: number;
  state: "bad" | "ready" | "done" | "failed";
  failure: string | null;
  /** 备案单号 of the draft. */
  number: string | null;
  name: string;
  domains: string[];
  kept: Kept;
};

const context = ({ id, ispId }: { id: string; ispId: number }, row: number): string =>
  `isp:${ispId}:batch:${id}:${row}`;

/**
 * The dry run (试算): every filing of the table is checked and kept, and nothing is opened. The same form sent again gives
 * the batch that it made. Gives its id.
 */
export async function keepBatch(
  store: RootStore,
  owner: Owner,
  filings: readonly RowFiling[],
  requestId: string,
): Promise<string> {
  const id = derivedId("batch", owner.accountId, requestId);
  const ground = await groundOf(store, owner.ispId);
  const ready: Kept[] = [];
  for (const filing of filings) ready.push(await checked(store, owner, ground, filing));
  const { key, wrapped } = store.vault.newDataKey();
  await inTransaction(store, async ({ db }) => {
    const made = await db`
      insert into batches (id, isp_id, account_id, data_key)
      values (${id}, ${owner.ispId}, ${owner.accountId}, ${wrapped}) on conflict (id) do nothing returning id`;
    if (made.length === 0) return;
    for (const filing of ready)
      await db`
        insert into batch_filings (batch_id, row, state, report_sealed)
        values (${id}, ${filing.row}, ${filing.blocked ? "bad" : "ready"},
          ${seal(key, JSON.stringify(filing), context({ id, ispId: owner.ispId }, filing.row))})`;
  });
  return id;
}

const columnsOf = ({ db }: Store) => db`id, isp_id, account_id, state, data_key, created_at`;

/** One's own; throws NotFound for any other. */
export async function findBatch(store: Store, id: string, owner: Owner): Promise<Batch> {
  const [batch] = isRequestId(id)
    ? await store.db<Batch[]>`
        select ${columnsOf(store)} from batches
        where id = ${id} and account_id = ${owner.accountId} and isp_id = ${owner.ispId}`
    : [];
  if (!batch) throw new NotFound("no such batch of this account");
  return batch;
}

/** For jobs: by id, undefined when it is gone. */
export async function maybeBatch(store: Store, id: string): Promise<Batch | undefined> {
  const [batch] = await store.db<Batch[]>`select ${columnsOf(store)} from batches where id = ${id}`;
  return batch;
}

export const openKept = (key: DataKey, batch: Batch, row: number, sealed: Buffer): Kept =>
  JSON.parse(openText(key, sealed, context(batch, row))) as Kept;

type Row = Pick<BatchFiling, "row" | "state" | "failure" | "number"> & { reportSealed: Buffer };

/** All filings of a batch in the order of the table. */
export async function filingsOfBatch(store: Store, batch: Batch): Promise<BatchFiling[]> {
  const rows = await store.db<Row[]>`
    select b.row, b.state, b.failure, f.number, b.report_sealed
    from batch_filings b left join filings f on f.id = b.filing_id and f.account_id = ${batch.accountId}
    where b.batch_id = ${batch.id} order by b.row`;
  const key = store.vault.unwrap(batch.dataKey);
  return rows.map(({ reportSealed, ...row }) => {
    const kept = openKept(key, batch, row.row, reportSealed);
    return {
      ...row,
      name: textOf(kept.subject, "name"),
      domains: kept.websites.flatMap(({ website }) => listOf(website, "domains")),
      kept,
    };
  });
}
