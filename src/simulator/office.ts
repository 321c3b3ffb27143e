import type { cancelCodes } from "../gateways/bureau/index.ts";
import { Cabinet } from "./cabinet.ts";
import { cancelledByBureau } from "./cancelling.ts";
import { Clock } from "./clock.ts";
import { decided, numbersDraft, passwordFor } from "./deciding.ts";
import { type Draft, filesOf } from "./drafts.ts";
import { apply, type Event } from "./events.ts";
import { type Journal, openJournal } from "./journal.ts";
import { fileName } from "./numbers.ts";
import type { SimulatorOptions } from "./options.ts";
import { type SeedRecord, seeded } from "./seeds.ts";
import { type Settings, settingsSchema } from "./settings.ts";
import { emptyState, type Filing, type QueuedFile, type Standing, type State, standingOf } from "./state.ts";

/** The desk asked for something that cannot be done; the words are for the person there. */
export class DeskRefused extends Error {
  override name = "DeskRefused";
}

/** The bureau itself: its state, kept in a journal, and what is done with filings. */
export class Office {
  readonly options: SimulatorOptions;
  readonly cabinet: Cabinet;
  readonly state: State;
  /** When a wrong filing password was tried, by the number of the subject. */
  readonly wrongTries = new Map<string, number[]>();
  /** How often somebody came to fetch what an entity names. */
  entityFetches = 0;
  /** Who keeps the door: set where the bureau listens. */
  keeper: { down(seconds: number): void; restart(): void } | undefined;
  readonly #journal: Journal<Event>;
  readonly #clock = new Clock();
  /** What is to be written down together. */
  #steps: Event[] | undefined;

  constructor(options: SimulatorOptions) {
    this.options = options;
    this.cabinet = new Cabinet(options.dataDir);
    this.state = emptyState(options.settings);
    this.#journal = openJournal<Event>(options.dataDir, "journal.jsonl", (event) => apply(this.state, event));
    for (const seed of options.records) if (!this.#knows(seed)) this.seed(seed);
    this.#clock.arm(this);
  }

  /** Writes an event down, then takes it in: what was answered is never forgotten. */
  record(event: Event): void {
    if (this.#steps) this.#steps.push(event);
    else this.#journal.append(event);
    apply(this.state, event);
    this.#clock.arm(this);
  }

  /** What `work` records is written down in one line: after a crash all of it happened, or nothing. */
  together(work: () => void): void {
    const steps: Event[] = [];
    this.#steps = steps;
    try {
      work();
    } finally {
      this.#steps = undefined;
    }
    this.#journal.append({ type: "steps", steps });
  }

  /** Keeps files for providers; they count as queued only with the event that carries what is given back. */
  prepared(drafts: readonly Draft[], ahead = 0): QueuedFile[] {
    const files = filesOf(drafts, this.state.settings.together);
    return files.map(({ to, file, xml }, index) => {
      const name = fileName(to.province, Date.now(), this.state.files.size + ahead + index + 1);
      const queued = { ...file, ispId: to.ispId, fileName: name };
      this.cabinet.keepResult(queued, xml);
      return queued;
    });
  }

  /**
   * Approves what waits, or returns it with words (管局退回), several in one step. What was cancelled meanwhile can only be
   * returned. Throws `DeskRefused`.
   */
  decide(ids: readonly number[], approved: boolean, words: string): void {
    const filings = ids.map((id) => this.#waiting(id));
    if (!approved && words.trim() === "") throw new DeskRefused("请填写退回理由。");
    const verdict = { approved, words, at: Date.now() };
    const drafts: Draft[] = [];
    const steps = filings.map((filing): Event => {
      const { drafts: told, ...changed } = decided(this, filing, verdict);
      drafts.push(...told);
      const step: Event = { type: "changed", files: [], ...changed };
      // The next one already stands on it; it is written down with all others before anybody hears of it.
      apply(this.state, step);
      return step;
    });
    this.record({ type: "steps", steps: [...steps, { type: "sent", files: this.prepared(drafts) }] });
  }

  /** Sends the numbers of an approved filing that were withheld. Throws `DeskRefused`. */
  sendNumbers(id: number): void {
    const filing = this.#filing(id);
    const record = this.state.records.get(filing.recordId ?? 0);
    if (filing.state !== "approved" || filing.numbered || !record) {
      throw new DeskRefused("没有待发送的备案号。");
    }
    const files = this.prepared([numbersDraft(filing, this.cabinet.contentOf(record), Date.now())]);
    this.record({ type: "changed", filing: { ...filing, numbered: true }, files });
  }

  /** Puts a record in, as if it had been filed long ago. Throws `DeskRefused`, or a `ZodError` for a malformed one. */
  seed(seed: SeedRecord): void {
    if (this.#knows(seed)) throw new DeskRefused("这个备案号已存在。");
    const { record, content, nextId } = seeded(this.state, seed, passwordFor(this), Date.now());
    this.cabinet.keepContent(record, content);
    this.record({ type: "recorded", record, files: [], nextId });
  }

  /** Takes a waiting operation back at the provider's word (撤销申请); V3.0 has no answer for it. Throws `DeskRefused`. */
  recall(id: number): void {
    const recalled: Filing = { ...this.#waiting(id), state: "recalled", decidedAt: Date.now() };
    this.record({ type: "changed", filing: recalled, files: [] });
  }

  /**
   * Cancels by the bureau's own decision and tells each provider concerned (ZXSJ), or nobody where it is `silent`. Throws
   * `DeskRefused`.
   */
  cancel(of: keyof typeof cancelCodes, bureauId: number, remark: string, silent = false): void {
    const done = cancelledByBureau(this, { of, bureauId, remark });
    if (!done) throw new DeskRefused("没有这条备案信息。");
    this.cabinet.keepContent(done.record, done.content);
    const files = silent ? [] : this.prepared(done.drafts);
    this.record({ type: "recorded", record: done.record, files, nextId: this.state.nextId });
  }

  /** Changes some of the settings; what was not named stays. Throws a `ZodError`. */
  set(change: Partial<Settings>): void {
    this.record({ type: "set", settings: settingsSchema.parse({ ...this.state.settings, ...change }) });
  }

  /** Changes how a provider stands here; what was not named stays. */
  setStanding(ispId: number, change: Partial<Standing>): void {
    if (!this.options.accounts.some((account) => account.ispId === ispId)) {
      throw new DeskRefused("没有这个接入商。");
    }
    this.record({ type: "standing", ispId, standing: { ...standingOf(this.state, ispId), ...change } });
  }

  stop(): void {
    this.#clock.stop();
    this.#journal.close();
  }

  #filing(id: number): Filing {
    const filing = this.state.filings.get(id);
    if (!filing) throw new DeskRefused("没有这条备案。");
    return filing;
  }

  #waiting(id: number): Filing {
    const filing = this.#filing(id);
    if (filing.state === "rejected")
      throw new DeskRefused(`这条备案没有通过自动核查，已经退回：${filing.words}。`);
    if (filing.state !== "waiting") throw new DeskRefused("这条备案已处理过。");
    return filing;
  }

  #knows({ number }: SeedRecord): boolean {
    return [...this.state.records.values()].some((record) => record.number === number);
  }
}
