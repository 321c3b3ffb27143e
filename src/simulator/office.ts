import { Cabinet } from "./cabinet.ts";
import { type Journal, openJournal } from "./journal.ts";
import { fileName, nextFirstId, nextNumber } from "./numbers.ts";
import type { SimulatorOptions } from "./options.ts";
import { decision, numbers } from "./results.ts";
import { type Settings, settingsSchema } from "./settings.ts";
import { apply, type Event, emptyState, type Filing, type QueuedFile, type State } from "./state.ts";

/** The desk asked for something that cannot be done; the words are for the person there. */
export class DeskRefused extends Error {
  override name = "DeskRefused";
}

const APPROVAL_WORDS = "审核通过（演示）";

/** The bureau itself: its state, kept in a journal, and what is done with filings. */
export class Office {
  readonly options: SimulatorOptions;
  readonly cabinet: Cabinet;
  readonly state: State;
  readonly #journal: Journal<Event>;
  readonly #timers = new Map<number, NodeJS.Timeout>();

  constructor(options: SimulatorOptions) {
    this.options = options;
    this.cabinet = new Cabinet(options.dataDir);
    this.state = emptyState(options.settings);
    const { events, journal } = openJournal<Event>(options.dataDir, "journal.jsonl");
    this.#journal = journal;
    for (const event of events) apply(this.state, event);
    this.#arm();
  }

  /** Writes an event down, then takes it in: what was answered is never forgotten. */
  record(event: Event): void {
    this.#journal.append(event);
    apply(this.state, event);
    this.#arm();
  }

  /** Keeps a file for a provider; it counts as queued only with the event that carries what is given back. */
  prepareFile(
    about: { ispId: number; province: string },
    file: Pick<QueuedFile, "kind" | "availableAt">,
    xml: string,
    ahead = 0,
  ): QueuedFile {
    const name = fileName(about.province, Date.now(), this.state.files.size + ahead + 1);
    const queued = { ...file, ispId: about.ispId, fileName: name };
    this.cabinet.keepResult(queued, xml);
    return queued;
  }

  /** Approves a waiting filing, or returns it with words (管局退回). Throws `DeskRefused`. */
  decide(id: number, approved: boolean, words: string): void {
    const filing = this.#filing(id);
    if (filing.state !== "waiting") throw new DeskRefused("这条备案已处理过。");
    if (!approved && words.trim() === "") throw new DeskRefused("请填写退回理由。");
    this.record(approved ? this.#approval(filing) : this.#return(filing, words.trim()));
  }

  /** Sends the numbers of an approved filing that were withheld. Throws `DeskRefused`. */
  sendNumbers(id: number): void {
    const filing = this.#filing(id);
    if (filing.state !== "approved" || filing.numbered) throw new DeskRefused("没有待发送的备案号。");
    const file = this.#numbersFile(filing, Date.now());
    this.record({ type: "changed", filing: { ...filing, numbered: true }, files: [file] });
  }

  /** Changes some of the settings; what was not named stays. Throws a `ZodError`. */
  set(change: Partial<Settings>): void {
    this.record({ type: "set", settings: settingsSchema.parse({ ...this.state.settings, ...change }) });
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#journal.close();
  }

  #filing(id: number): Filing {
    const filing = this.state.filings.get(id);
    if (!filing) throw new DeskRefused("没有这条备案。");
    return filing;
  }

  #approval(filing: Filing): Event {
    const at = Date.now();
    const { numbers: when, numbersDelayMs } = this.state.settings;
    const all = [...this.state.filings.values()];
    const approved: Filing = {
      ...filing,
      state: "approved",
      words: APPROVAL_WORDS,
      decidedAt: at,
      number: nextNumber(all, filing.province, at),
      firstId: nextFirstId(all),
      numbered: when !== "withheld",
    };
    const early = when === "before";
    const result = this.#decisionFile(approved, early ? at + numbersDelayMs : at, early ? 1 : 0);
    if (when === "withheld") return { type: "changed", filing: approved, files: [result] };
    const numbered = this.#numbersFile(approved, early ? at : at + numbersDelayMs, early ? 0 : 1);
    return { type: "changed", filing: approved, files: early ? [numbered, result] : [result, numbered] };
  }

  #return(filing: Filing, words: string): Event {
    const at = Date.now();
    const returned: Filing = { ...filing, state: "returned", words, decidedAt: at };
    return { type: "changed", filing: returned, files: [this.#decisionFile(returned, at)] };
  }

  #decisionFile(filing: Filing, availableAt: number, ahead = 0): QueuedFile {
    const xml = decision(filing, filing.decidedAt ?? availableAt);
    return this.prepareFile(filing, { kind: "result", availableAt }, xml, ahead);
  }

  #numbersFile(filing: Filing, availableAt: number, ahead = 0): QueuedFile {
    const xml = numbers(filing, this.cabinet.baxxOf(filing));
    return this.prepareFile(filing, { kind: "numbers", availableAt }, xml, ahead);
  }

  /** One timer for each waiting filing while the bureau decides by itself. */
  #arm(): void {
    const { decisions, decisionDelayMs, returnWords } = this.state.settings;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    if (decisions === "hold") return;
    for (const { id, receivedAt, state } of this.state.filings.values()) {
      if (state !== "waiting") continue;
      const wait = Math.max(0, receivedAt + decisionDelayMs - Date.now());
      this.#timers.set(
        id,
        setTimeout(() => this.decide(id, decisions === "approve", returnWords), wait),
      );
    }
  }
}
