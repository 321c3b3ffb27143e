import { derivedId } from "../../lib/ids.ts";
import type { Actor } from "../actor.ts";
import { type Filing, lockFiling } from "../filing/rows.ts";
import { lastSnapshots } from "../filing/snapshots.ts";
import { states } from "../filing/states.ts";
import { type Input, transitionWithin } from "../filing/transition.ts";
import { type Action, refusalByTable } from "../filing/workflow.ts";
import { recordDifferences } from "../record/differences.ts";
import { pairsOf, takenNumber, type Writing, writeRecord } from "../record/write.ts";
import type { Store } from "../store.ts";
import type { Answer } from "./answers.ts";
import { filedIds } from "./content.ts";
import { lastPackage, packagesOfFiling } from "./packages.ts";
import type { Applied, BureauResult, Decision } from "./results.ts";
import { acceptUpload, markTaken } from "./sending.ts";

/** A result with the place where it stands, which names it for ever. */
export type Place = { answer: Answer; position: number; result: BureauResult };

type Of<T extends BureauResult> = Omit<Place, "result"> & { result: T };

const parked = (note: string, filingId: number | null = null): Applied => ({
  outcome: "parked",
  filingId,
  note,
});

/**
 * Applies one result inside the caller's transaction: to the filing it is about if that has something at the bureau,
 * else it is parked for a person. The same thing said twice changes nothing.
 */
export async function applyResult(store: Store, place: Place): Promise<Applied> {
  const { result } = place;
  if (result.kind === "other") return parked(`本系统不处理的内容：${result.name}`);
  const filing = await filingOf(store, place);
  if (!filing) return parked("找不到对应的备案单");
  await proveTaken(store, filing);
  if (result.kind === "numbers") return applyNumbers(store, filing, { ...place, result });
  return applyDecision(store, filing, { ...place, result });
}

/** The filing a result is about, locked: by our subject id, or by the name of a rejected file. */
async function filingOf(store: Store, { answer, result }: Place): Promise<Filing | undefined> {
  const { db } = store;
  const about = result.kind === "numbers" ? String(result.record.subject.ourId ?? "") : aboutOf(result);
  const words = result.kind === "file_rejected" ? result.codes.map((one) => one.words) : [];
  const [row] = await db<{ filingId: number }[]>`
    select s.filing_id from filing_sections s join filings f on f.id = s.filing_id
    where s.id = ${/^\d{1,15}$/.test(about) ? Number(about) : 0} and s.kind = 'subject'
      and s.isp_id = ${answer.ispId} and f.bureau_id = ${answer.bureauId}
    union all
    select p.filing_id from bureau_packages p
    where p.bureau_id = ${answer.bureauId} and p.file_name = any(${words}) and p.state <> 'void'
    limit 1`;
  return row && lockFiling(db, row.filingId, { kind: "system" });
}

const aboutOf = (result: BureauResult): string => ("about" in result ? result.about : "");

/** An answer about a package whose receipt was never seen proves that the bureau has it: its number is used. */
async function proveTaken({ db }: Store, filing: Filing): Promise<void> {
  const sent = await lastPackage(db, filing.id);
  if (sent?.state === "sending" && sent.acceptedAt === null) await markTaken(db, sent.id);
}

/** The filing as accepted, where it still waits for the receipt that this answer proves. */
async function acceptWithin(store: Store, filing: Filing): Promise<Filing> {
  const sent = await lastPackage(store.db, filing.id);
  return sent?.acceptedAt ? acceptUpload(store, sent) : filing;
}

/** Clocks of two systems may differ by so much. */
const SKEW = 10 * 60_000;

/** Whether a person at the bureau decided before the newest package was made: that was about an earlier one. */
async function isOlder({ db }: Store, filing: Filing, at: Date | undefined): Promise<boolean> {
  if (!at) return false;
  const packages = (await packagesOfFiling(db, filing.id)).filter(({ state }) => state !== "void");
  const newest = packages.at(-1);
  return packages.length > 1 && newest !== undefined && at.getTime() + SKEW < newest.createdAt.getTime();
}

/** What each decision asks of the workflow, by whom, and the states in which it has been heard before. */
const moves = {
  approved: { action: "approve-bureau", actor: { kind: "bureau" }, heard: ["approved", "numbered"] },
  refused: { action: "refuse", actor: { kind: "bureau" }, heard: ["bureau_returned"] },
  file_rejected: { action: "fail-upload", actor: { kind: "system" }, heard: ["upload_failed"] },
} as const satisfies Record<string, { action: Action; actor: Actor; heard: readonly Filing["state"][] }>;

async function applyDecision(store: Store, filing: Filing, place: Of<Decision>): Promise<Applied> {
  const { result } = place;
  if (result.kind === "news") return applyNews(store, filing, place);
  const { action, actor, heard } = moves[result.kind];
  if (await isOlder(store, filing, result.at))
    return { outcome: "repeated", filingId: filing.id, note: "说的是上一次上报" };
  if ((heard as readonly string[]).includes(filing.state) || (await wasHeard(store, filing, result.kind)))
    return { outcome: "repeated", filingId: filing.id, note: null };
  if (refusalByTable(action, filing.state, actor))
    return parked(`备案单现在是：${states[filing.state].label}`, filing.id);
  const codes = result.codes.map(({ code }) => code);
  const failed = result.kind === "file_rejected" ? { code: codes[0], message: result.words } : {};
  await act(store, filing, place, action, actor, { detail: { codes, ...failed } });
  return { outcome: "applied", filingId: filing.id, note: null };
}

/** Whether the same was said before about what was sent last: a bureau may say it again in another file. */
async function wasHeard({ db }: Store, filing: Filing, kind: string): Promise<boolean> {
  const [row] = await db`
    select 1 from bureau_results r join bureau_answers a on a.id = r.answer_id
    where r.filing_id = ${filing.id} and r.kind = ${kind} and r.outcome = 'applied'
      and a.received_at > (select max(created_at) from bureau_packages where filing_id = ${filing.id})`;
  return row !== undefined;
}

/** Good news decides nothing, but shows that the filing has reached the bureau: the short-message check is behind it. */
async function applyNews(store: Store, filing: Filing, place: Of<Decision>): Promise<Applied> {
  const received = filing.state === "uploading" ? await acceptWithin(store, filing) : filing;
  if (received.state === "sms_pending")
    await act(store, filing, place, "finish-sms-check", { kind: "system" }, {});
  // Asked back meanwhile: should the bureau refuse that, nobody waits for the check any more.
  if (received.state === "recall_requested")
    await store.db`update filings set sms_until = least(sms_until, now()) where id = ${filing.id}`;
  return { outcome: "applied", filingId: filing.id, note: null };
}

async function act(
  store: Store,
  filing: Filing,
  { answer, position }: Omit<Place, "result">,
  action: Action,
  actor: Actor,
  input: Input,
  within?: () => Promise<void>,
): Promise<void> {
  await transitionWithin(store, {
    filingId: filing.id,
    action,
    actor,
    requestId: derivedId("answer", answer.id, position),
    input: { ...input, detail: { ...input.detail, answer: answer.id, position } },
    ...(within ? { within } : {}),
  });
}

/** BASJ: the record is written from what was sent and the bureau's ids; what differs is noted for 对账. */
async function applyNumbers(
  store: Store,
  filing: Filing,
  place: Of<Extract<BureauResult, { kind: "numbers" }>>,
): Promise<Applied> {
  const [sent] = await lastSnapshots(store, filing, 1);
  if (!sent || filing.bureauId === null) return parked("备案单没有上报过", filing.id);
  const ids = await filedIds(store.db, filing.id);
  const writing: Writing = {
    store,
    filing,
    bureauId: filing.bureauId,
    sent,
    ids,
    record: place.result.record,
  };
  const note = recordDifferences(writing).join("；") || null;
  if (filing.state === "numbered") return { outcome: "repeated", filingId: filing.id, note };
  const actor: Actor = { kind: "bureau" };
  if (refusalByTable("number", filing.state, actor))
    return parked(`备案单现在是：${states[filing.state].label}`, filing.id);
  const obstacle = await obstacleOf(writing);
  if (obstacle) return parked(obstacle, filing.id);
  await act(store, filing, place, "number", actor, {}, () => writeRecord(writing));
  return { outcome: "applied", filingId: filing.id, note };
}

/** Why no record can be written; a person decides then. */
async function obstacleOf(writing: Writing): Promise<string | undefined> {
  const { record } = writing;
  if (!record.subject.number) return "没有主体备案号";
  if (!pairsOf(writing).some(({ theirs }) => theirs.number)) return "没有网站备案号";
  const taken = await takenNumber(writing);
  return taken && `备案库里已经有：${taken}`;
}
