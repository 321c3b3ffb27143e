import type { cancelCodes } from "../gateways/bureau/index.ts";
import { type Approval, approve, goneCode } from "./approvals.ts";
import { Cabinet } from "./cabinet.ts";
import { cancelledByBureau, toldOthers } from "./cancelling.ts";
import { wordsOf } from "./checks.ts";
import { type Journal, openJournal } from "./journal.ts";
import { fileName, newPassword } from "./numbers.ts";
import type { SimulatorOptions } from "./options.ts";
import { decision, numbers } from "./results.ts";
import { type SeedRecord, seeded } from "./seeds.ts";
import { FIXED_PASSWORD, type Settings, settingsSchema } from "./settings.ts";
import { apply, type Event, emptyState, type Filing, type QueuedFile, type State } from "./state.ts";

/** The desk asked for something that cannot be done; the words are for the person there. */
export class DeskRefused extends Error {
  override name = "DeskRefused";
}

/** A file that is to wait for a provider. */
export type Draft = {
  to: { ispId: number; province: string };
  file: Pick<QueuedFile, "kind" | "availableAt">;
  xml: string;
};

const APPROVAL_WORDS = "审核通过（演示）";

/** The bureau itself: its state, kept in a journal, and what is done with filings. */
export class Office {
  readonly options: SimulatorOptions;
  readonly cabinet: Cabinet;
  readonly state: State;
  /** When a wrong filing password was tried, by the number of the subject. */
  readonly wrongTries = new Map<string, number[]>();
  readonly #journal: Journal<Event>;
  readonly #timers = new Map<number, NodeJS.Timeout>();

  constructor(options: SimulatorOptions) {
    this.options = options;
    this.cabinet = new Cabinet(options.dataDir);
    this.state = emptyState(options.settings);
    const { events, journal } = openJournal<Event>(options.dataDir, "journal.jsonl");
    this.#journal = journal;
    for (const event of events) apply(this.state, event);
    for (const seed of options.records) if (!this.#knows(seed)) this.seed(seed);
    this.#arm();
  }

  /** Writes an event down, then takes it in: what was answered is never forgotten. */
  record(event: Event): void {
    this.#journal.append(event);
    apply(this.state, event);
    this.#arm();
  }

  /** Keeps a file for a provider; it counts as queued only with the event that carries what is given back. */
  prepareFile(to: Draft["to"], file: Draft["file"], xml: string, ahead = 0): QueuedFile {
    const name = fileName(to.province, Date.now(), this.state.files.size + ahead + 1);
    const queued = { ...file, ispId: to.ispId, fileName: name };
    this.cabinet.keepResult(queued, xml);
    return queued;
  }

  /**
   * Approves what waits, or returns it with words (管局退回). What was cancelled meanwhile can only be returned.
   * Throws `DeskRefused`.
   */
  decide(id: number, approved: boolean, words: string): void {
    const filing = this.#filing(id);
    if (filing.state !== "waiting") throw new DeskRefused("这条备案已处理过。");
    if (!approved && words.trim() === "") throw new DeskRefused("请填写退回理由。");
    const gone = goneCode(filing, this.state.records.get(filing.recordId ?? 0));
    if (approved && gone === undefined) this.record(this.#approval(filing));
    else this.record(this.#return(filing, approved && gone !== undefined ? wordsOf(gone) : words.trim()));
  }

  /** Sends the numbers of an approved filing that were withheld. Throws `DeskRefused`. */
  sendNumbers(id: number): void {
    const filing = this.#filing(id);
    const record = this.state.records.get(filing.recordId ?? 0);
    if (filing.state !== "approved" || filing.numbered || !record) {
      throw new DeskRefused("没有待发送的备案号。");
    }
    const files = this.#prepared([this.#numbersDraft(filing, this.cabinet.contentOf(record), Date.now())]);
    this.record({ type: "changed", filing: { ...filing, numbered: true }, files });
  }

  /** Puts a record in, as if it had been filed long ago. Throws `DeskRefused`, or a `ZodError` for a malformed one. */
  seed(seed: SeedRecord): void {
    if (this.#knows(seed)) throw new DeskRefused("这个备案号已存在。");
    const { record, content, nextId } = seeded(this.state, seed, this.#password(), Date.now());
    this.cabinet.keepContent(record, content);
    this.record({ type: "recorded", record, files: [], nextId });
  }

  /** Takes a waiting operation back at the provider's word (撤销申请); V3.0 has no answer for it. Throws `DeskRefused`. */
  recall(id: number): void {
    const filing = this.#filing(id);
    if (filing.state !== "waiting") throw new DeskRefused("这条备案已处理过。");
    const recalled: Filing = { ...filing, state: "recalled", decidedAt: Date.now() };
    this.record({ type: "changed", filing: recalled, files: [] });
  }

  /** Cancels by the bureau's own decision and tells each provider concerned (ZXSJ). Throws `DeskRefused`. */
  cancel(of: keyof typeof cancelCodes, bureauId: number, remark: string): void {
    const done = cancelledByBureau(this, { of, bureauId, remark });
    if (!done) throw new DeskRefused("没有这条备案信息。");
    this.cabinet.keepContent(done.record, done.content);
    const files = this.#prepared(done.drafts);
    this.record({ type: "recorded", record: done.record, files, nextId: this.state.nextId });
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

  #knows({ number }: SeedRecord): boolean {
    return [...this.state.records.values()].some((record) => record.number === number);
  }

  #password(): string {
    return this.state.settings.passwords === "fixed" ? FIXED_PASSWORD : newPassword();
  }

  #approval(filing: Filing): Event {
    const at = Date.now();
    const known = this.state.records.get(filing.recordId ?? 0);
    const before = known && { record: known, content: this.cabinet.contentOf(known) };
    const given = { filing, entry: this.cabinet.entryOf(filing), before, password: this.#password() };
    const approval = approve(this.state, given, at);
    this.cabinet.keepContent(approval.record, approval.content);
    const approved = this.#approved(filing, approval, at);
    const drafts = [...this.#approvalDrafts(approved, approval, at), ...toldOthers(this, filing, known, at)];
    const { record, nextId } = approval;
    return { type: "changed", filing: approved, files: this.#prepared(drafts), record, nextId };
  }

  #approved(filing: Filing, { record, siteIds }: Approval, at: number): Filing {
    return {
      ...filing,
      ...{ state: "approved", words: APPROVAL_WORDS, decidedAt: at, siteIds },
      ...{ number: record.number, recordId: record.id },
      numbered: siteIds.length === 0 || this.state.settings.numbers !== "withheld",
    };
  }

  /** The result, and the record with the numbers after or before it as the bureau is set. */
  #approvalDrafts(filing: Filing, { content, siteIds }: Approval, at: number): Draft[] {
    const { numbers: when, numbersDelayMs } = this.state.settings;
    if (siteIds.length === 0 || when === "withheld") return [this.#decisionDraft(filing, at)];
    const later = at + numbersDelayMs;
    return when === "before"
      ? [this.#numbersDraft(filing, content, at), this.#decisionDraft(filing, later)]
      : [this.#decisionDraft(filing, at), this.#numbersDraft(filing, content, later)];
  }

  #return(filing: Filing, words: string): Event {
    const at = Date.now();
    const returned: Filing = { ...filing, state: "returned", words, decidedAt: at };
    return { type: "changed", filing: returned, files: this.#prepared([this.#decisionDraft(returned, at)]) };
  }

  #decisionDraft(filing: Filing, availableAt: number): Draft {
    const xml = decision(filing, filing.decidedAt ?? availableAt);
    return { to: filing, file: { kind: "result", availableAt }, xml };
  }

  #numbersDraft(filing: Filing, content: Approval["content"], availableAt: number): Draft {
    const xml = numbers(content, filing.ispId, filing.siteIds ?? []);
    return { to: filing, file: { kind: "numbers", availableAt }, xml };
  }

  #prepared(drafts: Draft[]): QueuedFile[] {
    return drafts.map(({ to, file, xml }, index) => this.prepareFile(to, file, xml, index));
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
