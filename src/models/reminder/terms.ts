import type { Db } from "../../db/client.ts";
import { derivedId } from "../../lib/ids.ts";
import { TransitionRefused } from "../errors.ts";
import { transition } from "../filing/transition.ts";
import { readSettings } from "../isp/settings.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { inTransaction, type RootStore } from "../store.ts";

/** Days between the reminder and the closing. A filing is never closed without so much warning. */
const NOTICE_DAYS = 7;
const DAY = 86_400_000;

type Idle = { id: number; ispId: number; accountId: number; idleSince: Date; remindedAt: Date | null };

/**
 * Row 31: filings that nobody touched for as long as the provider set (`termDays`; none: nothing ever runs out). First
 * the registrant is reminded, a week later the filing is closed if it was still not touched.
 */
export async function endTerms(root: RootStore, now: Date): Promise<{ reminded: number; closed: number }> {
  const isps = await root.db<{ id: number; settings: unknown }[]>`select id, settings from isps order by id`;
  const done = { reminded: 0, closed: 0 };
  for (const { id, settings } of isps) {
    const { termDays } = readSettings(settings);
    if (termDays === null) continue;
    for (const filing of await idleFilings(root.db, id, termDays)) {
      if (filing.remindedAt === null) {
        await remind(root, filing, termDays, now);
        done.reminded++;
      } else if (closesAt(filing, termDays, filing.remindedAt) <= now && (await close(root, filing)))
        done.closed++;
    }
  }
  return done;
}

const cause = ({ id, idleSince }: Idle): string => `term:${id}:${idleSince.toISOString()}`;

const closesAt = ({ idleSince }: Idle, termDays: number, remindedAt: Date): Date =>
  new Date(Math.max(idleSince.getTime() + termDays * DAY, remindedAt.getTime() + NOTICE_DAYS * DAY));

/** Idle for long enough to be reminded or closed, with the time of the reminder about this stretch of idleness. */
const idleFilings = (db: Db, ispId: number, termDays: number): Promise<Idle[]> => db<Idle[]>`
  select f.id, f.isp_id, f.account_id, f.updated_at as idle_since,
    (select min(n.created_at) from notices n
      where n.filing_id = f.id and n.template = 'term-reminder' and n.created_at >= f.updated_at) as reminded_at
  from filings f
  where f.isp_id = ${ispId} and f.state in ('draft', 'returned', 'photo_due')
    and f.updated_at < now() - make_interval(days => ${Math.max(termDays - NOTICE_DAYS, 0)})
  order by f.id limit 1000`;

const remind = (root: RootStore, filing: Idle, termDays: number, now: Date): Promise<void> =>
  inTransaction(root, (store) =>
    noticeRegistrant(
      store,
      filing,
      "term-reminder",
      { closesAt: closesAt(filing, termDays, now) },
      cause(filing),
    ),
  );

/** False when the registrant went on in this very moment. */
async function close(root: RootStore, filing: Idle): Promise<boolean> {
  try {
    const requestId = derivedId("lapse", filing.id, filing.idleSince.toISOString());
    await transition(root, {
      ...{ filingId: filing.id, action: "lapse", actor: { kind: "system" }, requestId },
      within: async ({ filing: locked }) => {
        if (locked.updatedAt > filing.idleSince) throw new TransitionRefused("lapse", "wrong_state");
      },
    });
    return true;
  } catch (error) {
    if (error instanceof TransitionRefused) return false;
    throw error;
  }
}
