import { seal } from "../../crypto/seal.ts";
import { hasRole, type Registrant, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Conflict, Forbidden, NotFound } from "../errors.ts";
import { ispSettings } from "../isp/settings.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { noticeStaff } from "../notice/staff.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { context, lockTermination, type Termination, type TerminationState } from "./rows.ts";

const sealFor = async (store: Store, { id, ispId }: Termination, what: string, words: string) => {
  const [row] = await store.db<{ dataKey: Buffer }[]>`select data_key from terminations where id = ${id}`;
  return seal(store.vault.unwrap(row?.dataKey ?? Buffer.alloc(0)), words, context(ispId, what));
};

const aboutOf = ({ site, number, subjectId }: Termination) => ({ site, number, record: subjectId });

export type Start = {
  accessId: number;
  reason: string;
  explanation: string;
  words: string;
  requestId: string;
};

/**
 * Begins the period of grace for an access on record, and tells the registrant at once. `words` are the reason as the
 * registrant reads it. Throws NotFound for no such access in force, Conflict where one is under way already.
 */
export async function startTermination(root: RootStore, actor: Staff, start: Start): Promise<number> {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 end an access");
  return inTransaction(root, async (store) => {
    const { db, vault } = store;
    const [access] = await db<{ subjectId: number; accountId: number }[]>`
      select s.id as subject_id, s.account_id from accesses a join websites w on w.id = a.website_id
      join subjects s on s.id = w.subject_id
      where a.id = ${start.accessId} and a.isp_id = ${actor.ispId} and a.cancelled_at is null and s.account_id is not null
      for update of a`;
    if (!access) throw new NotFound(`no access ${start.accessId} in force with an account`);
    const [earlier] = await db<{ id: number; requestId: string }[]>`
      select id, request_id from terminations
      where access_id = ${start.accessId} and (state in ('noticed', 'objected', 'upheld') or request_id = ${start.requestId})
      order by id desc limit 1`;
    if (earlier?.requestId === start.requestId) return earlier.id;
    if (earlier) throw new Conflict("a termination of this access is under way");
    const { termination } = await ispSettings(db, actor.ispId);
    const { key, wrapped } = vault.newDataKey();
    const sealed = seal(key, start.explanation, context(actor.ispId, "explanation"));
    const [row] = await db<{ id: number }[]>`
      insert into terminations (isp_id, account_id, subject_id, access_id, reason, data_key, explanation_sealed, started_by,
        ends_at, request_id)
      values (${actor.ispId}, ${access.accountId}, ${access.subjectId}, ${start.accessId}, ${start.reason}, ${wrapped},
        ${sealed}, ${actor.staffId}, now() + make_interval(days => ${termination.graceDays}), ${start.requestId})
      returning id`;
    const made = await lockTermination(store, row?.id ?? 0, actor);
    await recordLook(db, actor, "start-termination", [null], {
      termination: made.id,
      access: start.accessId,
    });
    const variables = { ...aboutOf(made), reason: start.words, endsAt: made.endsAt };
    await noticeRegistrant(
      store,
      { ispId: made.ispId, accountId: made.accountId },
      "termination-noticed",
      variables,
      `termination:${made.id}:noticed`,
    );
    return made.id;
  });
}

/** The registrant objects, once, before it is a filing; nothing goes on until staff have decided. False when it is too late. */
export const objectTo = (root: RootStore, actor: Registrant, id: number, words: string): Promise<boolean> =>
  inTransaction(root, async (store) => {
    const found = await lockTermination(store, id, actor);
    if (found.state !== "noticed") return false;
    await store.db`
      update terminations set state = 'objected', objected_at = now(),
        objection_sealed = ${await sealFor(store, found, "objection", words)} where id = ${id}`;
    const to = { ispId: found.ispId, role: "submitter" as const };
    await noticeStaff(store, to, "termination-objected", aboutOf(found), `termination:${id}:objected`);
    return true;
  });

/**
 * Staff withdraw it, or uphold it against an objection: then at least three days remain. False when it was decided
 * otherwise meanwhile.
 */
export async function decideTermination(
  root: RootStore,
  actor: Staff,
  id: number,
  { upheld, words }: { upheld: boolean; words: string },
): Promise<boolean> {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 decide");
  return inTransaction(root, async (store) => {
    const found = await lockTermination(store, id, actor);
    const open: TerminationState[] = upheld ? ["objected"] : ["noticed", "objected", "upheld"];
    if (!open.includes(found.state)) return false;
    await store.db`
      update terminations set state = ${upheld ? "upheld" : "withdrawn"}, decided_by = ${actor.staffId}, decided_at = now(),
        answer_sealed = ${await sealFor(store, found, "answer", words)},
        ends_at = case when ${upheld} then greatest(ends_at, now() + interval '3 days') else ends_at end
      where id = ${id}`;
    await recordLook(store.db, actor, "decide-termination", [null], { termination: id, upheld });
    const { endsAt } = await lockTermination(store, id, actor);
    await noticeRegistrant(
      store,
      { ispId: found.ispId, accountId: found.accountId },
      "termination-decided",
      { ...aboutOf(found), upheld, words, endsAt },
      `termination:${id}:decided:${upheld}`,
    );
    return true;
  });
}
