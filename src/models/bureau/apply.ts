import type { Db } from "../../db/client.ts";
import type { Actor } from "../actor.ts";
import { erasePassword } from "../filing/icp-password.ts";
import { type Filing, lockFiling } from "../filing/rows.ts";
import { lastSnapshots } from "../filing/snapshots.ts";
import { statusOf } from "../filing/states.ts";
import { type Action, refusalByTable } from "../filing/workflow.ts";
import { cancelTarget } from "../record/cancel.ts";
import { recordDifferences } from "../record/differences.ts";
import { cancelledMeanwhile } from "../record/over.ts";
import { takenNumber } from "../record/taken.ts";
import { pairsOf, type Writing, writeRecord } from "../record/write.ts";
import { writingOf } from "../record/writing.ts";
import type { Store } from "../store.ts";
import { applyUnasked } from "./appliers.ts";
import { applySupplement } from "./apply-supplement.ts";
import { act, type Of, type Place, parked } from "./applying.ts";
import { hasNamesake, packageOfDecision, packageOfFile, packageOfRecord } from "./match.ts";
import { lastPackage, type Package, packagesOfFiling, SUPPLEMENT } from "./packages.ts";
import { type Answered, type Applied, type BureauResult, type Decision, isUnasked } from "./results.ts";
import { acceptUpload, markTaken } from "./sending.ts";

export type { Place } from "./applying.ts";

/**
 * Applies one result inside the caller's transaction: to the filing it is about if that has something at the bureau,
 * else it is parked for a person. The same thing said twice changes nothing.
 */
export async function applyResult(store: Store, place: Place): Promise<Applied> {
  const { result } = place;
  if (isUnasked(result)) return applyUnasked(store, { ...place, result });
  return applyAnswered(store, { ...place, result });
}

async function applyAnswered(store: Store, place: Of<Answered>): Promise<Applied> {
  const { result, answer } = place;
  const sent = await packageOf(store.db, answer.bureauId, result);
  if (sent === "ambiguous") return parked("不止一件备案单可能是它说的");
  if (!sent) return parked("找不到对应的备案单");
  const filing = await lockFiling(store.db, sent.filingId, { kind: "system" });
  await proveTaken(store.db, sent);
  if (sent.operation === SUPPLEMENT) return applySupplement(store, sent, result);
  if (result.kind === "numbers") return applyNumbers(store, filing, { ...place, result });
  return applyDecision(store, filing, { ...place, result });
}

async function packageOf(
  db: Db,
  bureauId: number,
  result: Answered,
): Promise<Package | "ambiguous" | undefined> {
  if (result.kind === "numbers") return packageOfRecord(db, bureauId, result.record);
  const words = result.kind === "file_rejected" ? result.codes.map((one) => one.words) : [];
  const rejected = words.length > 0 ? await packageOfFile(db, bureauId, words) : undefined;
  return rejected ?? packageOfDecision(db, bureauId, result);
}

/** An answer about a package whose receipt was never seen proves that the bureau has it: its number is used. */
async function proveTaken(db: Db, sent: Package): Promise<void> {
  if (sent.state === "sending" && sent.acceptedAt === null) await markTaken(db, sent.id);
}

/** The filing as accepted, where it still waits for the receipt that this answer proves. */
async function acceptWithin(store: Store, filing: Filing): Promise<Filing> {
  const sent = await lastPackage(store.db, filing.id);
  return sent?.acceptedAt ? acceptUpload(store, sent) : filing;
}

/** Clocks of two systems may differ by so much. */
const SKEW = 10 * 60_000;

/**
 * Whether it was said before the newest package was made: that was about an earlier one of this filing, or of another
 * that the bureau calls by the same name.
 */
async function isOlder({ db }: Store, filing: Filing, at: Date | undefined): Promise<boolean> {
  if (!at) return false;
  const packages = (await packagesOfFiling(db, filing.id)).filter(
    ({ state, operation }) => state !== "void" && operation !== SUPPLEMENT,
  );
  const newest = packages.at(-1);
  if (newest === undefined || at.getTime() + SKEW >= newest.createdAt.getTime()) return false;
  return packages.length > 1 || hasNamesake(db, newest);
}

type Move = { action: Action; actor: Actor; heard: readonly Filing["state"][] };

/** What each decision asks of the workflow, by whom, and the states in which it has been heard before. */
const moves: Record<Exclude<Decision["kind"], "news">, Move> = {
  approved: { action: "approve-bureau", actor: { kind: "bureau" }, heard: ["approved", "numbered"] },
  refused: { action: "refuse", actor: { kind: "bureau" }, heard: ["bureau_returned"] },
  file_rejected: { action: "fail-upload", actor: { kind: "system" }, heard: ["upload_failed"] },
};

/** No record comes back for a cancellation: what is approved is over. */
const cancelled: Move = { action: "number", actor: { kind: "bureau" }, heard: ["numbered"] };

const moveFor = (filing: Filing, kind: keyof typeof moves): Move =>
  filing.kind === "cancel" && kind === "approved" ? cancelled : moves[kind];

/** ICP备案密码错误: the kept password is of no use, and the registrant is asked for it again. */
const WRONG_PASSWORD = 1018;

async function applyDecision(store: Store, filing: Filing, place: Of<Decision>): Promise<Applied> {
  const { result } = place;
  if (result.kind === "news") return applyNews(store, filing, place);
  const { action, actor, heard } = moveFor(filing, result.kind);
  if (await isOlder(store, filing, result.at))
    return { outcome: "repeated", filingId: filing.id, note: "说的是上一次上报" };
  if (heard.includes(filing.state) || (await wasHeard(store, filing, result.kind)))
    return { outcome: "repeated", filingId: filing.id, note: null };
  if (refusalByTable(action, filing.state, actor))
    return parked(`备案单现在是：${statusOf(filing).label}`, filing.id);
  const codes = result.codes.map(({ code }) => code);
  const failed = result.kind === "file_rejected" ? { code: codes[0], message: result.words } : {};
  await act(store, filing, place, { action, actor }, { detail: { codes, ...failed } }, async () => {
    if (action === "number") await cancelTarget(store, filing);
    if (codes.includes(WRONG_PASSWORD)) await erasePassword(store, filing);
  });
  return { outcome: "applied", filingId: filing.id, note: null };
}

/** Whether the same was said before about what was sent last: a bureau may say it again in another file. */
async function wasHeard({ db }: Store, filing: Filing, kind: string): Promise<boolean> {
  const [row] = await db`
    select 1 from bureau_results r join bureau_answers a on a.id = r.answer_id
    where r.filing_id = ${filing.id} and r.kind = ${kind} and r.outcome = 'applied'
      and a.received_at > (
        select max(created_at) from bureau_packages where filing_id = ${filing.id} and operation <> ${SUPPLEMENT})`;
  return row !== undefined;
}

/** Good news decides nothing, but shows that the filing has reached the bureau: the short-message check is behind it. */
async function applyNews(store: Store, filing: Filing, place: Of<Decision>): Promise<Applied> {
  const received = filing.state === "uploading" ? await acceptWithin(store, filing) : filing;
  if (received.state === "sms_pending")
    await act(store, filing, place, { action: "finish-sms-check", actor: { kind: "system" } }, {});
  // While it is asked back the check ends all the same: a recall that is refused finds the filing at the bureau.
  if (received.state === "recall_requested")
    await store.db`update filings set sms_until = now() where id = ${filing.id} and sms_until > now()`;
  return { outcome: "applied", filingId: filing.id, note: null };
}

/** BASJ: the record is written from what was sent and the bureau's ids; what differs is noted for 对账. */
async function applyNumbers(
  store: Store,
  filing: Filing,
  place: Of<Extract<BureauResult, { kind: "numbers" }>>,
): Promise<Applied> {
  const { result } = place;
  if (await isOlder(store, filing, result.at))
    return { outcome: "repeated", filingId: filing.id, note: "说的是上一次上报" };
  const [sent] = await lastSnapshots(store, filing, 1);
  const { bureauId } = filing;
  if (!sent || bureauId === null) return parked("备案单没有上报过", filing.id);
  const writing = await writingOf(store, { ...filing, bureauId }, sent, result.record);
  const note = recordDifferences(writing).join("；") || null;
  if (filing.state === "numbered") return { outcome: "repeated", filingId: filing.id, note };
  const actor: Actor = { kind: "bureau" };
  if (refusalByTable("number", filing.state, actor))
    return parked(`备案单现在是：${statusOf(filing).label}`, filing.id);
  const obstacle = await obstacleOf(writing);
  if (obstacle) return parked(obstacle, filing.id);
  await act(store, filing, place, { action: "number", actor }, {}, () => writeRecord(writing));
  return { outcome: "applied", filingId: filing.id, note };
}

/** Why no record can be written; a person decides then. */
async function obstacleOf(writing: Writing): Promise<string | undefined> {
  const { record, filing } = writing;
  if (filing.subjectId === null && filing.kind === "first" && !record.subject.number) return "没有主体备案号";
  const isNumbered = filing.kind === "join" || pairsOf(writing).some(({ theirs }) => theirs.number);
  if (filing.kind !== "change" && !isNumbered) return "没有网站备案号";
  const over = await cancelledMeanwhile(writing);
  if (over) return `备案库里已经注销：${over}`;
  const taken = await takenNumber(writing);
  return taken && `备案库里已经有：${taken}`;
}
