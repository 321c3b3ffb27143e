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
import { isOlder, wasHeard } from "./heard.ts";
import { requestOfDecision, requestOfRecord, requestsOfFile } from "./match.ts";
import { noteDifferences } from "./note-differences.ts";
import { ANSWER, SUPPLEMENT } from "./operation-codes.ts";
import { markTaken } from "./packages.ts";
import { lastUpload, type Sent } from "./requests.ts";
import { type Answered, type Applied, type BureauResult, type Decision, isUnasked } from "./results.ts";
import { acceptUpload } from "./send-filing.ts";
import { senderOf } from "./senders.ts";
import { failPackage } from "./sending.ts";

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
  const file = await rejectedFile(store.db, answer.bureauId, result);
  if (file.length > 0) return applyToFile(store, file, place);
  const sent = await requestOf(store.db, answer.bureauId, result);
  if (sent === "ambiguous") return parked("不止一件备案单可能是它说的");
  if (!sent) return parked("找不到对应的备案单");
  return applyTo(store, sent, place);
}

const requestOf = (db: Db, bureauId: number, result: Answered): Promise<Sent | "ambiguous" | undefined> =>
  result.kind === "numbers"
    ? requestOfRecord(db, bureauId, result.record)
    : requestOfDecision(db, bureauId, result);

/** What is in the file that a rejection names; nothing where it is about one request. */
const rejectedFile = async (db: Db, bureauId: number, result: Answered): Promise<Sent[]> =>
  result.kind === "file_rejected"
    ? requestsOfFile(
        db,
        bureauId,
        result.codes.map(({ words }) => words),
      )
    : [];

/** The whole file was rejected: everything in it, in the order of ids, as whoever locks many must. */
async function applyToFile(store: Store, file: readonly Sent[], place: Of<Answered>): Promise<Applied> {
  const [first] = file;
  const all: Applied[] = [];
  for (const sent of file.toSorted((one, other) => (one.filingId ?? 0) - (other.filingId ?? 0)))
    all.push(await applyTo(store, sent, place));
  const { result } = place;
  const isNew = all.some(({ outcome }) => outcome === "applied");
  if (isNew && first && first.packageState !== "failed" && result.kind === "file_rejected")
    await failPackage(
      store.db,
      { id: first.packageId, bureauId: first.bureauId },
      { code: result.codes[0]?.code ?? "unknown", message: result.words },
    );
  const said = all.find(({ outcome }) => outcome === "applied") ?? all[0];
  return said ?? parked("找不到对应的备案单");
}

async function applyTo(store: Store, sent: Sent, place: Of<Answered>): Promise<Applied> {
  const { result } = place;
  if (sent.operation === ANSWER) return applyToAnswer(store, sent, place);
  const filing = await lockFiling(store.db, sent.filingId ?? 0, { kind: "system" });
  await proveTaken(store.db, sent);
  if (sent.operation === SUPPLEMENT) return applySupplement(store, sent, result);
  if (result.kind === "numbers") return applyNumbers(store, filing, { ...place, result });
  return applyDecision(store, filing, { ...place, result });
}

/** Answers to the bureau are heard of again only where their whole file was rejected: then they wait once more. */
async function applyToAnswer(store: Store, sent: Sent, { result }: Of<Answered>): Promise<Applied> {
  if (result.kind !== "file_rejected" || sent.packageState === "failed")
    return { outcome: "repeated", filingId: null, note: null };
  await proveTaken(store.db, sent);
  const verdict = { code: result.codes[0]?.code ?? "unknown", message: result.words };
  await senderOf(sent).failed(store, sent, verdict, `rejected:${sent.packageId}`);
  return { outcome: "applied", filingId: null, note: null };
}

/** An answer about a package whose receipt was never seen proves that the bureau has it: its number is used. */
export async function proveTaken(db: Db, sent: Sent): Promise<void> {
  if (sent.packageState === "sending" && sent.takenAt === null) await markTaken(db, sent.packageId);
}

/** The filing as accepted, where it still waits for the receipt that this answer proves. */
async function acceptWithin(store: Store, filing: Filing): Promise<Filing> {
  const sent = await lastUpload(store.db, filing.id);
  return sent?.takenAt ? acceptUpload(store, { ...sent, filingId: filing.id }) : filing;
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

export async function applyDecision(store: Store, filing: Filing, place: Of<Decision>): Promise<Applied> {
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
export async function applyNumbers(
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
  await noteDifferences(store, writing, place);
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
