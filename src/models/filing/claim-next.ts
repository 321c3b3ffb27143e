import { derivedId } from "../../lib/ids.ts";
import type { Staff } from "../actor.ts";
import { TransitionRefused } from "../errors.ts";
import { ispSettings } from "../isp/settings.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type QueueFilter, type QueueName, queuePage } from "./queues.ts";
import { type Filing, filingColumns, type ListedFiling } from "./rows.ts";
import { transitionWithin } from "./transition.ts";

/** How many filings at the head of a queue are looked at; all of them taken in the same moment is not to be expected. */
const HEAD = 20;

type Asked = { queue: QueueName; filter: QueueFilter; requestId: string };

/**
 * 领取下一件: claims the most urgent filing of a queue that nobody holds; whoever loses a race gets the one after it.
 * Filings that four eyes forbid this person come last. The same request asked again gives the same filing.
 * Undefined when nothing is left.
 */
export function claimNext(store: RootStore, actor: Staff, asked: Asked): Promise<Filing | undefined> {
  return inTransaction(store, async (inside) => {
    // Two clicks of one person wait for each other here, so that a double click takes one filing.
    // Not `for update`: that would wait for every claim of this person that is being written elsewhere.
    await inside.db`select 1 from staff where id = ${actor.staffId} for no key update`;
    const requestId = derivedId(asked.requestId, "claim-next");
    const earlier = await claimedBy(inside, actor, requestId);
    if (earlier) return earlier;
    const filter = { ...asked.filter, claimed: "nobody" as const };
    const waiting = await queuePage(inside.db, actor, asked.queue, filter, undefined, HEAD);
    for (const { id } of ownWorkLast(waiting, actor)) {
      const claimed = await tryClaim(inside, actor, id, requestId);
      if (claimed) return claimed;
    }
    return undefined;
  });
}

const isOwnWork = (filing: ListedFiling, { staffId }: Staff): boolean =>
  filing.authorStaffId === staffId ||
  (filing.state === "verification" && filing.initialReviewerId === staffId);

const ownWorkLast = <T extends ListedFiling>(filings: readonly T[], actor: Staff): T[] => [
  ...filings.filter((filing) => !isOwnWork(filing, actor)),
  ...filings.filter((filing) => isOwnWork(filing, actor)),
];

async function claimedBy({ db }: Store, actor: Staff, requestId: string): Promise<Filing | undefined> {
  const [row] = await db<Filing[]>`
    select ${filingColumns(db)} from filings f join filing_events e on e.filing_id = f.id and e.request_id = ${requestId}
    where f.claimed_by = ${actor.staffId} and f.isp_id = ${actor.ispId}`;
  return row;
}

/** The guard refuses before anything is written, so the transaction goes on to the next filing. */
async function tryClaim(
  store: Store,
  actor: Staff,
  filingId: number,
  requestId: string,
): Promise<Filing | undefined> {
  try {
    return await transitionWithin(store, { filingId, action: "claim", actor, requestId });
  } catch (error) {
    if (error instanceof TransitionRefused) return undefined;
    throw error;
  }
}

/** A sign of life: the person's own live claim lasts anew from now. Gives until when, undefined without such a claim. */
export async function extendClaim(
  { db }: Store,
  actor: Staff,
  filing: Pick<Filing, "id" | "ispId">,
): Promise<Date | undefined> {
  const { claimMinutes } = await ispSettings(db, filing.ispId);
  const [row] = await db<{ claimedUntil: Date }[]>`
    update filings set claimed_until = now() + make_interval(mins => ${claimMinutes})
    where id = ${filing.id} and claimed_by = ${actor.staffId} and claimed_until > now() returning claimed_until`;
  return row?.claimedUntil;
}
