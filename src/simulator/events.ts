import { serialOf } from "./numbers.ts";
import type { SubjectRecord } from "./records.ts";
import type { CodeChange } from "./sent/codes.ts";
import type { Settings } from "./settings.ts";
import {
  type BlacklistRow,
  type Filing,
  fileKey,
  type QueuedFile,
  type Standing,
  type State,
  type UnfiledSite,
  type Upload,
  uploadsOf,
} from "./state.ts";

/** What an entry of the blacklist became: it is there, or no longer. */
export type BlacklistStep = { gone: boolean; row: BlacklistRow };

/** The journal: each line is one whole step, so that no step can be half done. `nextId`: the bureau's next own id. */
export type Event =
  | { type: "uploaded"; upload: Upload; filings: Filing[]; files: QueuedFile[] }
  | { type: "changed"; filing: Filing; files: QueuedFile[]; record?: SubjectRecord; nextId?: number }
  | { type: "recorded"; record: SubjectRecord; files: QueuedFile[]; nextId: number }
  | {
      type: "sent";
      files: QueuedFile[];
      nextId?: number;
      unfiled?: UnfiledSite;
      blacklist?: BlacklistStep;
      codes?: CodeChange[];
    }
  | { type: "acknowledged"; ispId: number; fileName: string; at: number }
  | { type: "doubled"; ispId: number; fileName: string; files: QueuedFile[] }
  | { type: "standing"; ispId: number; standing: Standing }
  | { type: "set"; settings: Settings }
  | { type: "steps"; steps: Event[] };

/** Takes one event into the state. */
export function apply(state: State, event: Event): void {
  if (event.type === "steps") for (const step of event.steps) apply(state, step);
  // A journal of an older simulator lacks settings that came later.
  if (event.type === "set") state.settings = { ...state.settings, ...event.settings };
  if (event.type === "standing") state.standings.set(event.ispId, event.standing);
  if (event.type === "acknowledged") acknowledge(state, event);
  if (event.type === "doubled") outlive(state, event);
  if (event.type === "uploaded") {
    const { upload } = event;
    state.uploads.set(upload.ispId, [...uploadsOf(state, upload.ispId), upload]);
    for (const filing of event.filings) takeFiling(state, whole(filing));
  }
  if (event.type === "changed") takeFiling(state, whole(event.filing));
  if (event.type === "sent") takeSent(state, event);
  if ("record" in event && event.record) takeRecord(state, event.record);
  if ("nextId" in event && event.nextId !== undefined) state.nextId = event.nextId;
  if ("files" in event) for (const file of event.files) takeFile(state, file);
}

/** A journal of an older simulator knows first filings alone, and says less of them. */
const whole = (filing: Filing): Filing => ({
  ...{ operation: 1, about: String(filing.subjectId), decidedAs: [filing.subjectId] },
  ...filing,
});

function takeFiling(state: State, filing: Filing): void {
  state.filings.set(filing.id, filing);
  if (filing.state === "waiting") state.waiting.add(filing.id);
  else state.waiting.delete(filing.id);
  const unfiled =
    filing.state === "approved" && filing.answer?.kind === "unfiled" ? filing.targetId : undefined;
  const site = state.unfiled.get(unfiled ?? 0);
  if (site) state.unfiled.set(site.id, { ...site, answered: true });
}

function takeRecord(state: State, record: SubjectRecord): void {
  state.records.set(record.id, record);
  const [start, serial] = serialOf(record.number);
  state.serials.set(start, Math.max(state.serials.get(start) ?? 0, serial));
}

function takeFile(state: State, file: QueuedFile): void {
  state.files.set(fileKey(file), file);
  if (file.acknowledgedAt === undefined) state.queued.add(fileKey(file));
}

function takeSent(state: State, { unfiled, blacklist, codes = [] }: Extract<Event, { type: "sent" }>): void {
  state.codes = [...state.codes, ...codes];
  if (unfiled) state.unfiled.set(unfiled.id, unfiled);
  if (!blacklist) return;
  const others = state.blacklist.filter((row) => keyOf(row) !== keyOf(blacklist.row));
  state.blacklist = blacklist.gone ? others : [...others, blacklist.row];
}

const keyOf = (row: BlacklistRow): string =>
  row.of === "subject" ? row.certificate : row.domains.toSorted().join(" ");

function outlive(state: State, named: { ispId: number; fileName: string }): void {
  const file = state.files.get(fileKey(named));
  if (file) state.files.set(fileKey(file), { ...file, again: (file.again ?? 0) + 1 });
}

function acknowledge(state: State, { ispId, fileName, at }: { ispId: number; fileName: string; at: number }) {
  const file = state.files.get(fileKey({ ispId, fileName }));
  if (!file) return;
  const again = file.again ?? 0;
  if (again > 0) return void state.files.set(fileKey(file), { ...file, again: again - 1 });
  state.files.set(fileKey(file), { ...file, acknowledgedAt: at });
  state.queued.delete(fileKey(file));
}
