import { derivedId } from "../../lib/ids.ts";
import { hasRole, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Forbidden } from "../errors.ts";
import { createFiling } from "../filing/create.ts";
import type { Filing } from "../filing/rows.ts";
import { save } from "../filing/save.ts";
import { sectionsOf } from "../filing/sections.ts";
import { transitionWithin } from "../filing/transition.ts";
import { readSettings } from "../isp/settings.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { lockTermination, type Termination } from "./rows.ts";

/** Days before the end of the period of grace on which the registrant is reminded. */
const REMINDER_DAYS = 3;

/** Gives what became of it: a filing, held up by another open filing of the record, or not due (any more). */
export type Filed = "filed" | "held" | "not_due";

/**
 * Opens the cancellation when the period of grace is over: filled in, and ready for the bureau in the same transaction.
 * Nothing of it stays where another filing holds the record.
 */
export async function fileTermination(
  root: RootStore,
  id: number,
  by: Staff | { kind: "system" },
): Promise<Filed> {
  if (by.kind === "staff" && !hasRole(by, "submitter")) throw new Forbidden("only 上报 and 主管 file it");
  const due = await inTransaction(root, (store) => lockTermination(store, id, by));
  const { accountId, ispId, subjectId, accessId } = due;
  const wanted = {
    ...({ kind: "cancel", scope: "access", subjectId, targetId: accessId, accountId, ispId } as const),
    requestId: derivedId("termination", id),
  };
  try {
    const made = await createFiling(root, by, wanted, (store, filing) => fill(store, id, by, filing));
    return "taken" in made ? "held" : "filed";
  } catch (error) {
    if (error instanceof NotDue) return "not_due";
    throw error;
  }
}

/** Rolls the filing back; never leaves this file. */
class NotDue extends Error {}

/** Under the lock of the termination: an objection of this very moment comes before it or too late. */
async function fill(store: Store, id: number, by: Staff | { kind: "system" }, filing: Filing): Promise<void> {
  const due = await lockTermination(store, id, by);
  if (!(await isDue(store, due))) throw new NotDue();
  const section = (await sectionsOf(store, filing)).find(({ kind }) => kind === "cancellation");
  if (!section) throw new Error("a cancellation without its section");
  await save(store, filing, section, { reason: due.reason, explanation: due.explanation });
  await store.db`update terminations set state = 'filed', filing_id = ${filing.id} where id = ${id}`;
  if (by.kind === "staff")
    await recordLook(store.db, by, "file-termination", [filing.id], { termination: id });
  await transitionWithin(store, {
    ...{ filingId: filing.id, action: "terminate", actor: by },
    requestId: derivedId("terminate", id),
    input: { detail: { termination: id } },
  });
}

async function isDue({ db }: Store, { id }: Termination): Promise<boolean> {
  const [row] = await db`
    select 1 from terminations where id = ${id} and state in ('noticed', 'upheld') and ends_at <= now()`;
  return row !== undefined;
}

/** The daily job: reminds before the end, and files what is due where the provider lets it (`termination.automatic`). */
export async function endTerminations(root: RootStore): Promise<{ reminded: number; filed: number }> {
  const rows = await root.db<{ id: number; due: boolean; remindedAt: Date | null; settings: unknown }[]>`
    select t.id, t.ends_at <= now() as due, t.reminded_at, i.settings from terminations t join isps i on i.id = t.isp_id
    where t.state in ('noticed', 'upheld') and t.ends_at <= now() + make_interval(days => ${REMINDER_DAYS})
    order by t.id limit 1000`;
  const done = { reminded: 0, filed: 0 };
  for (const { id, due, remindedAt, settings } of rows) {
    if (!due && remindedAt === null && (await remind(root, id))) done.reminded++;
    if (due && readSettings(settings).termination.automatic)
      if ((await fileTermination(root, id, { kind: "system" })) === "filed") done.filed++;
  }
  return done;
}

const remind = (root: RootStore, id: number): Promise<boolean> =>
  inTransaction(root, async (store) => {
    const found = await lockTermination(store, id, { kind: "system" });
    if (found.state !== "noticed" && found.state !== "upheld") return false;
    await store.db`update terminations set reminded_at = now() where id = ${id}`;
    const { site, number, subjectId: record, endsAt, ispId, accountId } = found;
    const variables = { site, number, record, endsAt };
    await noticeRegistrant(
      store,
      { ispId, accountId },
      "termination-reminder",
      variables,
      `termination:${id}:reminder`,
    );
    return true;
  });
