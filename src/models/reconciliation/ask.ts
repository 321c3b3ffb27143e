import { setTimeout as wait } from "node:timers/promises";
import type { BeianStatus, BureauLookups } from "../../gateways/bureau/lookups.ts";
import { bureauAccount } from "../bureau/account.ts";
import { withBureauLock } from "../bureau/lock.ts";
import type { Bureau } from "../bureau/rows.ts";
import { ispSettings } from "../isp/settings.ts";
import type { RootStore } from "../store.ts";
import { type Answered, askedDomains, countLeft, noteAnswer, sitesAfter } from "./asked.ts";
import { finishAsking, openReconciliation, type Reconciliation } from "./reconciliations.ts";

/** What a round of questions came to; `left` websites are for the next one. */
export type Asked = Record<Answered, number> & {
  asked: number;
  /** The bureau gave no answer that can be used; nothing is said of these. */
  unanswered: number;
  left: number;
  /** Why it ended before its time: a word of the gateway, or a code of the bureau. */
  stopped: string | null;
};

export type Asking = {
  /** Most websites of this round. */
  limit?: number | undefined;
  /** Milliseconds between two questions: the bureau has others to answer. */
  pauseMs?: number;
  progress?: (asked: number, of: number) => void;
};

const PAUSE_MS = 500;
/** Milliseconds for one question: nobody waits at a page. */
const PATIENCE_MS = 10_000;
/** Websites that are read at once. */
const BATCH = 200;
/** So many answers in a row that say nothing: it is the bureau, not the website. */
const MOST_UNANSWERED = 3;

/** Why a round did not begin: another process asks this bureau. */
export const ASKED_ALREADY = "asked_already";

/**
 * Asks the bureau for each website of ours in force there (isp_querybeianstatus), one after the other, and notes what it
 * says otherwise. Goes on where the last round was broken off. A bureau that is out of reach, busy, closed or refuses is
 * left alone: the round ends, and what was asked stays. Two at once would ask everything twice: the second asks nothing.
 */
export async function askBureau(
  store: RootStore,
  lookups: Pick<BureauLookups, "queryBeianStatus">,
  bureau: Bureau,
  asking: Asking = {},
): Promise<Asked> {
  const asked = await withBureauLock(
    store.db,
    bureau.id,
    async () => askAll(store, lookups, bureau, await roundOf(store, bureau), asking),
    { of: "questions" },
  );
  if (asked) return asked;
  const left = await countLeft(store.db, await roundOf(store, bureau));
  return { asked: 0, same: 0, differing: 0, notFiled: 0, unanswered: 0, left, stopped: ASKED_ALREADY };
}

async function roundOf({ db }: RootStore, { ispId, id: bureauId }: Bureau): Promise<Reconciliation> {
  const { copyDays } = await ispSettings(db, ispId);
  return openReconciliation(db, { ispId, bureauId, source: "lookup" }, copyDays);
}

async function askAll(
  store: RootStore,
  lookups: Pick<BureauLookups, "queryBeianStatus">,
  bureau: Bureau,
  round: Reconciliation,
  { limit = Number.MAX_SAFE_INTEGER, pauseMs = PAUSE_MS, progress = () => undefined }: Asking,
): Promise<Asked> {
  const total = Math.min(limit, await countLeft(store.db, round));
  const question = questionOf(store, lookups, bureau, pauseMs);
  const done = { asked: 0, same: 0, differing: 0, notFiled: 0, unanswered: 0 };
  const note = async (site: number, status: BeianStatus | undefined) => {
    done[await noteAnswer(store, round, site, status)]++;
    progress(++done.asked, total);
  };
  const end = async (stopped: string | null): Promise<Asked> => {
    const left = await countLeft(store.db, round);
    if (left === 0) await finishAsking(store.db, round);
    return { ...done, left, stopped };
  };
  // Asked for again by the next round, unless an answer for another shows that it is about them alone.
  let silent: number[] = [];
  for await (const site of sites(store, round, limit)) {
    const status = await answerFor(question, await askedDomains(store.db, round, site));
    if (typeof status === "string") return end(status);
    if (!status) silent.push(site);
    if (silent.length === MOST_UNANSWERED) return end("unreadable");
    if (!status) continue;
    for (const one of silent) await note(one, undefined);
    silent = [];
    await note(site, status);
  }
  for (const one of silent) await note(one, undefined);
  return end(null);
}

/** Ids of the websites that were not asked for yet, as far as `limit`. */
async function* sites({ db }: RootStore, round: Reconciliation, limit: number): AsyncGenerator<number> {
  let after = round.askedTo;
  for (let left = limit; left > 0; ) {
    const ids = await sitesAfter(db, round, after, Math.min(left, BATCH));
    yield* ids;
    after = ids.at(-1) ?? after;
    left = ids.length < BATCH ? 0 : left - ids.length;
  }
}

type Question = (domain: string) => Promise<BeianStatus | string | undefined>;

/** Filed under any of its domains is filed; a text is why the round ends, nothing that nothing is known. */
async function answerFor(
  ask: Question,
  domains: readonly string[],
): Promise<BeianStatus | string | undefined> {
  let last: BeianStatus | undefined;
  for (const domain of domains) {
    const answer = await ask(domain);
    if (answer === undefined || typeof answer === "string" || answer.filed) return answer;
    last = answer;
  }
  return last;
}

/** One question with the pause before it. */
function questionOf(
  { vault }: RootStore,
  lookups: Pick<BureauLookups, "queryBeianStatus">,
  bureau: Bureau,
  pauseMs: number,
): Question {
  const account = bureauAccount({ vault }, bureau);
  let first = true;
  return async (condition) => {
    if (!first) await wait(pauseMs);
    first = false;
    return lookups
      .queryBeianStatus(account, { type: 0, condition }, { timeoutMs: PATIENCE_MS })
      .catch(failureOf);
  };
}

/** 其他错误: the bureau may mean this domain alone. */
const OTHER = 999;

/** Nothing where the next website may fare better, else why the round ends; a mistake of ours goes on. */
function failureOf(error: unknown): string | undefined {
  if (!(error instanceof Error && error.name === "LookupFailed" && "failure" in error)) throw error;
  const code = "code" in error ? error.code : undefined;
  if (error.failure === "unreadable" || code === OTHER) return undefined;
  return String(code ?? error.failure);
}
