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

/** What is told of a site at the desk. */
export type Site = { name: string; domains: string[] };

/**
 * One first filing, without identity number and telephone: those stay in the kept zip. `id` counts within the bureau,
 * `position` is its place in the file, `subjectId` the provider's id (IspZtid).
 */
export type Filing = {
  id: number;
  ispId: number;
  sequence: number;
  position: number;
  subjectId: number;
  /** Name of the organiser; of a person only the first character. */
  name: string;
  province: string;
  sites: Site[];
  /** Digest of type and number of the document, to find the same organiser again. */
  certificate: string;
  receivedAt: number;
  state: "waiting" | "rejected" | "returned" | "approved";
  words: string;
  decidedAt?: number;
  /** 主体备案号, with the first of the bureau's own ids for all that belongs to the filing. */
  number?: string;
  firstId?: number;
  numbered: boolean;
};

/** A file that waits for a provider, in the order in which it can be fetched. */
export type QueuedFile = {
  fileName: string;
  ispId: number;
  kind: "result" | "numbers" | "news";
  availableAt: number;
  acknowledgedAt?: number;
};

/** The journal: each line is one whole step, so that no step can be half done. */
export type Event =
  | { type: "uploaded"; upload: Upload; filings: Filing[]; files: QueuedFile[] }
  | { type: "changed"; filing: Filing; files: QueuedFile[] }
  | { type: "acknowledged"; ispId: number; fileName: string; at: number }
  | { type: "set"; settings: Settings };

/** Everything the bureau knows; the same events give the same state. */
export type State = {
  settings: Settings;
  uploads: Map<number, Upload[]>;
  filings: Map<number, Filing>;
  files: Map<string, QueuedFile>;
};

export const emptyState = (settings: Settings): State => ({
  settings,
  uploads: new Map(),
  filings: new Map(),
  files: new Map(),
});

/** Takes one event into the state. */
export function apply(state: State, event: Event): void {
  if (event.type === "set") state.settings = event.settings;
  if (event.type === "acknowledged") acknowledge(state, event);
  if (event.type === "uploaded") {
    const { upload } = event;
    state.uploads.set(upload.ispId, [...uploadsOf(state, upload.ispId), upload]);
    for (const filing of event.filings) state.filings.set(filing.id, filing);
  }
  if (event.type === "changed") state.filings.set(event.filing.id, event.filing);
  if ("files" in event) for (const file of event.files) state.files.set(fileKey(file), file);
}

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

/** Filings that hold their domains and their organiser: under review or approved. */
export const openFilings = (state: State): Filing[] =>
  [...state.filings.values()].filter(({ state: at }) => at === "waiting" || at === "approved");
