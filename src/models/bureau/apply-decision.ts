import type { Actor } from "../actor.ts";
import { erasePassword } from "../filing/icp-password.ts";
import type { Filing } from "../filing/rows.ts";
import { statusOf } from "../filing/states.ts";
import { type Action, refusalByTable } from "../filing/workflow.ts";
import { cancelTarget } from "../record/cancel.ts";
import type { Store } from "../store.ts";
import { act, EARLIER, type Of, parked } from "./applying.ts";
import { isOlder, wasHeard } from "./heard.ts";
import { lastUpload } from "./requests.ts";
import type { Applied, Decision } from "./results.ts";
import { acceptUpload } from "./send-filing.ts";

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
    return { outcome: "repeated", filingId: filing.id, note: EARLIER };
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
