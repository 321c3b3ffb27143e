import type { Db } from "../../db/client.ts";
import type { Actor } from "../actor.ts";
import { type Filing, lockFiling } from "../filing/rows.ts";
import { lastSnapshots } from "../filing/snapshots.ts";
import { statusOf } from "../filing/states.ts";
import { refusalByTable } from "../filing/workflow.ts";
import { recordDifferences } from "../record/differences.ts";
import { cancelledMeanwhile } from "../record/over.ts";
import { takenNumber } from "../record/taken.ts";
import { pairsOf, type Writing, writeRecord } from "../record/write.ts";
import { writingOf } from "../record/writing.ts";
import type { Store } from "../store.ts";
import { applyUnasked } from "./appliers.ts";
import { applyDecision } from "./apply-decision.ts";
import { applySupplement } from "./apply-supplement.ts";
import { act, EARLIER, type Of, type Place, parked } from "./applying.ts";
import { isOlder } from "./heard.ts";
import { requestOfDecision, requestOfRecord, requestsOfFile } from "./match.ts";
import { noteDifferences } from "./note-differences.ts";
import { ANSWER, SUPPLEMENT } from "./operation-codes.ts";
import { markTaken } from "./packages.ts";
import { isFollowed, type Sent } from "./requests.ts";
import { type Answered, type Applied, type BureauResult, isUnasked } from "./results.ts";
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
    all.push(await applyToOneOf(store, sent, place));
  const { result } = place;
  const isNew = all.some(({ outcome }) => outcome === "applied");
  if (isNew && first && first.packageState !== "failed" && result.kind === "file_rejected")
    await failPackage(
      store.db,
      { id: first.packageId, bureauId: first.bureauId },
      { code: result.codes[0]?.code ?? "unknown", message: result.words },
    );
  const said = all.find(({ outcome }) => outcome === "applied") ?? all[0] ?? parked("找不到对应的备案单");
  const left = all.filter(({ outcome }) => outcome === "parked");
  if (said.outcome === "parked" || left.length === 0) return said;
  return { ...said, note: `报文里有${left.length}件没有改变，请核对：${left[0]?.note ?? ""}` };
}

/** What went in a newer file since is not touched by words about the old one. */
async function applyToOneOf(store: Store, sent: Sent, place: Of<Answered>): Promise<Applied> {
  const isBeside = sent.operation === ANSWER || sent.operation === SUPPLEMENT;
  if (!isBeside && (await isFollowed(store.db, sent)))
    return { outcome: "repeated", filingId: sent.filingId, note: EARLIER };
  return applyTo(store, sent, place);
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

/** BASJ: the record is written from what was sent and the bureau's ids; what differs is noted for 对账. */
export async function applyNumbers(
  store: Store,
  filing: Filing,
  place: Of<Extract<BureauResult, { kind: "numbers" }>>,
): Promise<Applied> {
  const { result } = place;
  if (await isOlder(store, filing, result.at))
    return { outcome: "repeated", filingId: filing.id, note: EARLIER };
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
