import { FIRST_ID } from "./numbers.ts";
import type { SubjectRecord } from "./records.ts";
import type { Settings } from "./settings.ts";

/** A file that a provider sent and the bureau took in; `file` is its zip in the folder of files. */
export type Upload = {
  ispId: number;
  sequence: number;
  hash: string;
  file: string;
  entryName: string;
  receivedAt: number;
};

/** What is told of a site at the desk; `id` is the provider's (IspWzid), 0 where it gave none. */
export type Site = { id: number; name: string; domains: string[] };

/**
 * One operation that was asked for, without identity number and telephone: those stay in the kept zip. `id` counts within
 * the bureau, `position` is its place among its like in the file.
 */
export type Filing = {
  id: number;
  ispId: number;
  sequence: number;
  position: number;
  /** 备案操作类型 (Czlx), see `operationCodes`. */
  operation: number;
  /** What results call it: Bs for the machine, Jlid (one or more) for a person's decision. */
  about: string;
  decidedAs: number[];
  /** The provider's id of the subject (IspZtid) in a first filing; 0 otherwise. */
  subjectId: number;
  /** The bureau's id of the subject, and of the website or access that it is about; of a first filing once approved. */
  recordId?: number;
  targetId?: number;
  /** Name of the organiser; of a person only the first character. */
  name: string;
  province: string;
  sites: Site[];
  /** Digest of type and number of the document; "" where the operation carries none. */
  certificate: string;
  receivedAt: number;
  state: "waiting" | "rejected" | "returned" | "recalled" | "approved";
  words: string;
  decidedAt?: number;
  /** 主体备案号, once approved. */
  number?: string;
  /** Websites of which the record is sent back after an approval; none: nothing is to be sent. */
  siteIds?: number[];
  numbered: boolean;
};

/** A file that waits for a provider, in the order in which it can be fetched. */
export type QueuedFile = {
  fileName: string;
  ispId: number;
  kind: "result" | "numbers" | "news" | "cancelled";
  availableAt: number;
  acknowledgedAt?: number;
};

/** The journal: each line is one whole step, so that no step can be half done. `nextId`: the bureau's next own id. */
export type Event =
  | { type: "uploaded"; upload: Upload; filings: Filing[]; files: QueuedFile[] }
  | { type: "changed"; filing: Filing; files: QueuedFile[]; record?: SubjectRecord; nextId?: number }
  | { type: "recorded"; record: SubjectRecord; files: QueuedFile[]; nextId: number }
  | { type: "acknowledged"; ispId: number; fileName: string; at: number }
  | { type: "set"; settings: Settings };

/** Everything the bureau knows; the same events give the same state. */
export type State = {
  settings: Settings;
  uploads: Map<number, Upload[]>;
  filings: Map<number, Filing>;
  records: Map<number, SubjectRecord>;
  files: Map<string, QueuedFile>;
  nextId: number;
};

export const emptyState = (settings: Settings): State => ({
  settings,
  uploads: new Map(),
  filings: new Map(),
  records: new Map(),
  files: new Map(),
  nextId: FIRST_ID,
});

/** Takes one event into the state. */
export function apply(state: State, event: Event): void {
  // A journal of an older simulator lacks settings that came later.
  if (event.type === "set") state.settings = { ...state.settings, ...event.settings };
  if (event.type === "acknowledged") acknowledge(state, event);
  if (event.type === "uploaded") {
    const { upload } = event;
    state.uploads.set(upload.ispId, [...uploadsOf(state, upload.ispId), upload]);
    for (const filing of event.filings) state.filings.set(filing.id, whole(filing));
  }
  if (event.type === "changed") state.filings.set(event.filing.id, whole(event.filing));
  if ("record" in event && event.record) state.records.set(event.record.id, event.record);
  if ("nextId" in event && event.nextId !== undefined) state.nextId = event.nextId;
  if ("files" in event) for (const file of event.files) state.files.set(fileKey(file), file);
}

/** A journal of an older simulator knows first filings alone, and says less of them. */
const whole = (filing: Filing): Filing => ({
  ...{ operation: 1, about: String(filing.subjectId), decidedAs: [filing.subjectId] },
  ...filing,
});

function acknowledge(state: State, { ispId, fileName, at }: { ispId: number; fileName: string; at: number }) {
  const file = state.files.get(fileKey({ ispId, fileName }));
  if (file) state.files.set(fileKey(file), { ...file, acknowledgedAt: at });
}

/** Two providers may be told of files of the same name. */
export const fileKey = ({ ispId, fileName }: { ispId: number; fileName: string }): string =>
  `${ispId}/${fileName}`;

/** What a provider sent, oldest first. */
export const uploadsOf = (state: State, ispId: number): Upload[] => state.uploads.get(ispId) ?? [];

/** The last number that was taken in; 0 before the first. */
export const lastSequence = (state: State, ispId: number): number =>
  uploadsOf(state, ispId).at(-1)?.sequence ?? 0;

/** Files that a provider can fetch now. */
export const waitingFiles = (state: State, ispId: number, now: number): QueuedFile[] =>
  [...state.files.values()].filter(
    (file) => file.ispId === ispId && file.acknowledgedAt === undefined && file.availableAt <= now,
  );

/** Operations that nobody has decided yet: they hold what they are about. */
export const waitingFilings = (state: State): Filing[] =>
  [...state.filings.values()].filter((filing) => filing.state === "waiting");

/** What is on record and not cancelled. */
export const standingRecords = (state: State): SubjectRecord[] =>
  [...state.records.values()].filter(({ cancelled }) => !cancelled);
