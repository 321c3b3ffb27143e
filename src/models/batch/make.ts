import { enqueue } from "../../jobs.ts";
import { derivedId } from "../../lib/ids.ts";
import { listOf, type Values } from "../../vocabulary/fields/index.ts";
import type { Registrant } from "../actor.ts";
import { createFiling, type NewFiling, type Taken } from "../filing/create.ts";
import type { Hold } from "../filing/holds.ts";
import type { Filing } from "../filing/rows.ts";
import { save } from "../filing/save.ts";
import { addSection, arrange, sectionsOf } from "../filing/sections.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { ownSubject } from "./findings.ts";
import { type Batch, type Kept, maybeBatch, openKept } from "./rows.ts";

/** Has the drafts made by a job; asked for twice, they are made once. */
export async function startBatch(store: RootStore, batch: Batch): Promise<void> {
  await inTransaction(store, async ({ db }) => {
    const rows = await db`
      update batches set state = 'running', confirmed_at = now()
      where id = ${batch.id} and state = 'checked' returning id`;
    if (rows.length > 0)
      await enqueue(db, "make-batch", { batchId: batch.id }, { key: `make-batch:${batch.id}` });
  });
}

const holdWords: Record<Hold["kind"], string> = {
  certificate: "这个证件号码已有一件备案正在办理",
  domain: "这个域名已有一件备案正在办理",
  record: "这个主办单位已有一件备案正在办理",
};

const recordWords: Record<Hold["kind"], string> = {
  certificate: "这个证件号码已在另一个账号备案",
  domain: "这个域名已经备案",
  record: "这个主办单位已经备案",
};

const wordsOf = ({ taken, recorded = [] }: Taken): string =>
  [...taken.map((kind) => holdWords[kind]), ...recorded.map((kind) => recordWords[kind])].join("；");

/** What a filing that could not be made says, when the cause is ours. */
const OUR_FAULT = "没有生成，请稍后重新上传这一行";

type Making = {
  /** After a failure of ours the row is given up, so that those behind it are made. */
  lastTry: boolean;
  signal: AbortSignal | undefined;
};

/**
 * Makes the drafts of a batch that waits for them, each in a transaction of its own together with the mark that it is
 * made: broken off anywhere, the next run goes on with what is left. Gives how many it made. Throws what a retry may cure.
 */
export async function makeBatch(store: RootStore, batchId: string, making: Making): Promise<number> {
  const batch = await maybeBatch(store, batchId);
  if (!batch || batch.state !== "running") return 0;
  const key = store.vault.unwrap(batch.dataKey);
  const rows = await store.db<{ row: number; reportSealed: Buffer }[]>`
    select row, report_sealed from batch_filings where batch_id = ${batchId} and state = 'ready' order by row`;
  for (const { row, reportSealed } of rows) {
    if (making.signal?.aborted) throw new Error("the worker stops; the next run goes on");
    await makeRow(store, batch, openKept(key, batch, row, reportSealed), making.lastTry);
  }
  await store.db`update batches set state = 'done', finished_at = now() where id = ${batchId} and state = 'running'`;
  return rows.length;
}

async function makeRow(store: RootStore, batch: Batch, kept: Kept, lastTry: boolean): Promise<void> {
  try {
    const made = await makeFiling(store, batch, kept);
    if ("taken" in made) await fail(store, batch, kept.row, wordsOf(made));
  } catch (error) {
    if (!lastTry) throw error;
    await fail(store, batch, kept.row, OUR_FAULT);
  }
}

const fail = async ({ db }: Store, { id }: Batch, row: number, failure: string): Promise<void> => {
  await db`
    update batch_filings set state = 'failed', failure = ${failure}
    where batch_id = ${id} and row = ${row} and state = 'ready'`;
};

async function makeFiling(store: RootStore, batch: Batch, kept: Kept): Promise<Filing | Taken> {
  const { accountId, ispId } = batch;
  const actor: Registrant = { kind: "registrant", accountId, ispId, name: "" };
  const wanted: NewFiling = {
    ...beginning(kept, await ownSubject(store, batch, kept)),
    ...{ accountId, ispId, requestId: derivedId("batch-filing", batch.id, kept.row) },
  };
  return createFiling(store, actor, wanted, async (inside, filing) => {
    await fill(inside, filing, kept);
    await inside.db`
      update batch_filings set state = 'done', filing_id = ${filing.id}
      where batch_id = ${batch.id} and row = ${kept.row}`;
  });
}

/** The subject may have come on record since the dry run, or gone. */
function beginning({ subject, websites }: Kept, subjectId: number | null) {
  const domain = listOf(websites[0]?.website ?? {}, "domains")[0] ?? "";
  if (subjectId !== null) return { kind: "add" as const, subjectId, domain };
  const { nature, certType, certNo } = subject;
  const checked = { nature: String(nature), certType: String(certType), certNo: String(certNo) };
  return { kind: "first" as const, ...checked, domain };
}

/** The values of the rows; a subject on record stays as it is there. */
async function fill(store: Store, filing: Filing, { subject, websites }: Kept): Promise<void> {
  const begun = arrange(await sectionsOf(store, filing));
  if (filing.kind === "first") await save(store, filing, begun.subject, subject);
  for (const [at, { website, access }] of websites.entries()) {
    const first = at === 0 ? begun.websites[0] : undefined;
    await write(store, filing, first?.id, website, { id: first?.accesses[0]?.id, values: access });
  }
}

async function write(
  store: Store,
  filing: Filing,
  websiteId: number | undefined,
  website: Values,
  access: { id: number | undefined; values: Values },
): Promise<void> {
  const id = websiteId ?? (await addSection(store.db, filing, "website", null)).id;
  await save(store, filing, { id, kind: "website" }, website);
  const accessId = access.id ?? (await addSection(store.db, filing, "access", id)).id;
  await save(store, filing, { id: accessId, kind: "access" }, access.values);
}
