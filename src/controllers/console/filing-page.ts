import type { DecisionValues, Pick, Place } from "../../forms/decision.ts";
import type { Staff } from "../../models/actor.ts";
import { isReportedByHand } from "../../models/bureau/by-hand.ts";
import { uncarriedWords } from "../../models/bureau/carried.ts";
import { byHandOnly, obstacleTo } from "../../models/bureau/obstacle.ts";
import { lastRefusal } from "../../models/bureau/words.ts";
import { maybeCurtain } from "../../models/curtain/curtain.ts";
import { findingsOf } from "../../models/filing/findings.ts";
import { UNCONFIRMED } from "../../models/filing/kind-findings.ts";
import { relatedFilings } from "../../models/filing/lookups.ts";
import { queueNeighbours } from "../../models/filing/queue-neighbours.ts";
import type { QueueName } from "../../models/filing/queues.ts";
import { refusalWords } from "../../models/filing/refusals.ts";
import { lastReturn } from "../../models/filing/returns.ts";
import { type Filing, filingTitle } from "../../models/filing/rows.ts";
import {
  currentSnapshot,
  type Difference,
  differences,
  lastSnapshots,
} from "../../models/filing/snapshots.ts";
import { statusOf } from "../../models/filing/states.ts";
import { seesPersons } from "../../models/filing/subject-name.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import type { SlotView } from "../../models/material/overview.ts";
import { slotsWithMaterials } from "../../models/material/overview.ts";
import { messagesOf } from "../../models/message/message.ts";
import { productLine, productOf } from "../../models/product/of-filing.ts";
import type { Finding, RuleContext } from "../../rules/types.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { provinceShortName } from "../../vocabulary/divisions.ts";
import { type FilingData, kindName } from "../../vocabulary/filing.ts";
import type { Deps } from "../deps.ts";
import { clockOf, workingTime } from "./clock.ts";
import { returnPlaces, suggestions } from "./decision-places.ts";
import { decisionsFor } from "./decisions.ts";
import { bureauSide } from "./filing-bureau.ts";
import { goesWith } from "./filing-cascade.ts";
import { checkLists } from "./filing-check-list.ts";
import { claimOf } from "./filing-claim.ts";
import { factGroups } from "./filing-facts.ts";
import { factFinding, type Other } from "./filing-findings.ts";
import { formsOf } from "./filing-forms.ts";
import { foundPlaces } from "./filing-found.ts";
import { historyOf } from "./filing-history.ts";
import { type Look, shotsOf } from "./filing-shots.ts";

/** What is read of a filing for its page; the decision is judged on the same. */
export type Review = {
  filing: Filing;
  data: FilingData;
  context: RuleContext;
  findings: Finding[];
  slots: SlotView[];
  places: Place[];
  first: Pick[];
};

/** Reads a filing as a reviewer sees it: values, findings, pictures, and what can be returned. */
export async function readReview(deps: Deps, filing: Filing): Promise<Review> {
  const [{ data, context, findings }, slots, refusal] = await Promise.all([
    findingsOf(deps, filing),
    slotsWithMaterials(deps, filing),
    filing.state === "bureau_returned" ? lastRefusal(deps, filing) : undefined,
  ]);
  const places = returnPlaces(data, slots);
  return {
    filing,
    data,
    context,
    findings,
    slots,
    places,
    first: suggestions(filing, places, findings, refusal?.words ?? ""),
  };
}

/** How the page is asked for. */
export type Asked = {
  queue: QueueName;
  look: Look;
  /** Places whose value is shown with this request. */
  shown: ReadonlySet<string>;
  values: DecisionValues;
  picks: readonly Pick[];
};

/** Everything that the page of a filing shows. */
export async function filingPage(deps: Deps, actor: Staff, review: Review, asked: Asked) {
  const { filing, data, findings, slots } = review;
  const [changes, time, returned, around] = await Promise.all([
    changesOf(deps, filing),
    workingTime(deps, filing.ispId),
    lastReturn(deps, filing),
    aroundOf(deps, actor, filing, asked.queue),
  ]);
  const others = around.related;
  const groups = factGroups(data, {
    materials: data.materials,
    findings,
    changes,
    returned,
    others,
    shown: asked.shown,
    seesPersons: seesPersons(actor),
  });
  return {
    filing,
    queue: asked.queue,
    title: filingTitle(filing),
    state: statusOf(filing),
    nature: codeLabel("unit_nature", String(filing.nature)),
    province: filing.province ? provinceShortName(filing.province) : "",
    clock: clockOf(filing, time),
    kind: kindName(filing),
    ...groups,
    goes: goesWith(filing, data),
    list: checkLists(filing, data, review.context, slots, groups),
    found: foundPlaces(data, findings),
    loose: looseFindings(findings, others),
    counts: countsOf(findings, changes),
    shots: shotsOf(filing, data, slots, changes, asked.look),
    forms: formsOf(filing, data, slots),
    look: asked.look,
    sees: seesPersons(actor),
    actions: actionsFor(filing.state, actor),
    decisions: decisionsFor(filing.state, actor),
    ...(await byHandOf(deps, filing, data)),
    errors: findings.filter(({ severity }) => severity === "error").length,
    first: review.first,
    places: review.places,
    claim: await claimOf(deps, actor, filing, time.now),
    ...around,
  };
}

/** Why a filing cannot be sent as it is, and whether only a report by hand helps, or was one. */
async function byHandOf(deps: Deps, filing: Filing, data: FilingData) {
  const isReady = filing.state === "ready";
  const obstacle = isReady ? await obstacleTo(deps, filing) : undefined;
  return {
    obstacle: obstacle && refusalWords[obstacle],
    uncarried: isReady ? await uncarriedWords(deps, filing, data) : { kept: [], blocks: [] },
    needsHand: obstacle !== undefined && byHandOnly.includes(obstacle),
    reportedByHand: await isReportedByHand(deps.db, filing),
  };
}

/** What the last submission, and staff since then, changed; of a first submission nothing. */
async function changesOf(deps: Deps, filing: Filing): Promise<Difference[]> {
  const [last, before] = await lastSnapshots(deps, filing, 2);
  if (!last) return [];
  return differences(before ?? last, await currentSnapshot(deps, filing));
}

/** Findings that no line of the page can carry, about a section as a whole or a picture; first what the bureau did not confirm. */
const looseFindings = (findings: readonly Finding[], others: readonly Other[]) =>
  findings
    .filter(({ field, slot }) => field === null || slot !== undefined)
    .map((finding) => ({ ...factFinding(finding, others), loud: UNCONFIRMED.includes(finding.rule) }))
    .sort((a, b) => Number(b.loud) - Number(a.loud));

const countsOf = (findings: readonly Finding[], changes: readonly Difference[]) => ({
  errors: findings.filter(({ severity }) => severity === "error").length,
  warnings: findings.filter(({ severity }) => severity === "warning").length,
  checks: findings.filter(({ severity }) => severity === "check").length,
  changes: changes.length,
});

/** What stands beside the values and the pictures: curtain, bureau, others, messages, history. */
async function aroundOf(deps: Deps, actor: Staff, filing: Filing, queue: QueueName) {
  const [curtain, product, related, messages, history, neighbours, bureau] = await Promise.all([
    maybeCurtain(deps, filing),
    productOf(deps.db, filing),
    relatedFilings(deps.db, actor, filing),
    messagesOf(deps, filing),
    historyOf(deps, actor, filing),
    queueNeighbours(deps.db, actor, queue, filing),
    bureauSide(deps, actor, filing),
  ]);
  const others = related.map(({ shares, ...one }) => ({
    number: one.number,
    title: one.siteName || one.domain || "",
    state: statusOf(one).label,
    shares,
  }));
  return {
    curtain,
    product: product && productLine(product),
    related: others,
    messages,
    history,
    neighbours,
    bureau,
  };
}
