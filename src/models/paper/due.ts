import type { Registrant } from "../actor.ts";
import { type Filing, filingsById, filingTitle } from "../filing/rows.ts";
import { rowOf } from "../filing/workflow.ts";
import { ispSettings } from "../isp/settings.ts";
import type { Store } from "../store.ts";
import { neededPapers } from "./needed.ts";

export type DuePapers = { number: string; title: string; papers: string[] };

/** Filings of an account whose originals must still be posted, or posted again; the oldest twenty. */
export async function papersDue(store: Store, actor: Registrant): Promise<DuePapers[]> {
  const { db } = store;
  const { papers } = await ispSettings(db, actor.ispId);
  if (papers.required.length === 0) return [];
  const rows = await db<{ id: number }[]>`
    select f.id from filings f
    where f.account_id = ${actor.accountId} and f.isp_id = ${actor.ispId}
      and f.state = any(${[...rowOf("post-papers").from]})
      and not exists (
        select 1 from paper_deliveries d where d.filing_id = f.id and d.state in ('posted', 'received', 'checked'))
    order by f.id limit 20`;
  const ids = rows.map(({ id }) => id);
  const filings = [...(await filingsById(db, actor, ids)).values()];
  const due = await Promise.all(filings.map((filing) => dueOf(store, filing)));
  return due.filter((one) => one.papers.length > 0);
}

const dueOf = async (store: Store, filing: Filing): Promise<DuePapers> => ({
  number: filing.number,
  title: filingTitle(filing),
  papers: await neededPapers(store, filing),
});
