import { FIRST_ID } from "./numbers.ts";
import type { SubjectRecord } from "./records.ts";
import type { CodeChange } from "./sent/codes.ts";
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
export type Site = { id: number; name: string; domains: string[]; homePage?: string };

/** What a provider answered to a task of the bureau (HSJG, WBACLJG), without persons. `result` and `opinion` are codes. */
export type TaskAnswer =
  | { kind: "inquiry"; correct: boolean; opinion: string; faults: string }
  | { kind: "unfiled"; domain: string; result: string; opinion: string };

/**
 * One operation that was asked for, without identity number and telephone: those stay in the kept zip. `id` counts within
 * the bureau, `position` is its place among its like in the file.
 */
export type Filing = {
  id: number;
  ispId: number;
  sequence: number;
  /** The kept zip that it came in; without it, the one that is named by provider and number. */
  upload?: string;
  position: number;
  /** 备案操作类型 (Czlx), see `operationCodes`; 0 for the answer to a task. */
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
  /** Of the answer to a task. */
  answer?: TaskAnswer;
};

/** What a file for a provider holds. */
export type FileKind =
  | ("result" | "numbers" | "news" | "cancelled")
  | ("inquiry" | "inspection" | "bulletin" | "blacklist" | "illegal" | "unfiled" | "codes" | "copy");

/** A file that waits for a provider, in the order in which it can be fetched. */
export type QueuedFile = {
  fileName: string;
  ispId: number;
  kind: FileKind;
  availableAt: number;
  acknowledgedAt?: number;
  /** How many acknowledgements it outlives. */
  again?: number;
};

/** 未备案网站 that a provider was told of, until it answered. */
export type UnfiledSite = {
  id: number;
  ispId: number;
  domain: string;
  ip: string;
  operator: number;
  province: number;
  checks: number;
  answered?: boolean;
};

/** 黑名单: subjects by the digest of their document, websites by their domains. */
export type BlacklistRow =
  | { of: "subject"; name: string; certificate: string }
  | { of: "website"; name: string; domains: string[] };

/** What the desk said of a provider's account beside its password. */
export type Standing = {
  /** `closed`: the right to report is not open (19); the unit was deleted (1053) or is no valid one (1054). */
  standing: "open" | "closed" | "deleted" | "invalid";
  /** Where it is licensed (330000): another bureau refuses it (13), and so are subjects of another province (1045). */
  province: string | null;
  /** Elements of operations that it has no right to (5009). */
  mayNot: string[];
  /** Addresses of its IP filing; others are refused (1063). Null: not looked at. */
  ranges: { from: string; to: string }[] | null;
};

/** Everything the bureau knows; the same events give the same state. `waiting` and `queued` are what is still open. */
export type State = {
  settings: Settings;
  uploads: Map<number, Upload[]>;
  filings: Map<number, Filing>;
  waiting: Set<number>;
  records: Map<number, SubjectRecord>;
  /** The highest number by its beginning, such as 浙ICP备2026. */
  serials: Map<string, number>;
  files: Map<string, QueuedFile>;
  queued: Set<string>;
  unfiled: Map<number, UnfiledSite>;
  blacklist: BlacklistRow[];
  /** What was sent otherwise than the tables of the specification have it, in order. */
  codes: CodeChange[];
  standings: Map<number, Standing>;
  nextId: number;
};

export const emptyState = (settings: Settings): State => ({
  settings,
  uploads: new Map(),
  filings: new Map(),
  waiting: new Set(),
  records: new Map(),
  serials: new Map(),
  files: new Map(),
  queued: new Set(),
  unfiled: new Map(),
  blacklist: [],
  codes: [],
  standings: new Map(),
  nextId: FIRST_ID,
});

/** Two providers may be told of files of the same name. */
export const fileKey = ({ ispId, fileName }: { ispId: number; fileName: string }): string =>
  `${ispId}/${fileName}`;

/** What a provider sent, oldest first. */
export const uploadsOf = (state: State, ispId: number): Upload[] => state.uploads.get(ispId) ?? [];

/** The last number that was taken in; 0 before the first. */
export const lastSequence = (state: State, ispId: number): number =>
  uploadsOf(state, ispId).reduce((last, { sequence }) => Math.max(last, sequence), 0);

/** Files that can be fetched now, of one provider or of all. */
export const waitingFiles = (state: State, now: number, ispId?: number): QueuedFile[] =>
  [...state.queued]
    .flatMap((key) => state.files.get(key) ?? [])
    .filter((file) => (ispId === undefined || file.ispId === ispId) && file.availableAt <= now);

/** Operations that nobody has decided yet: they hold what they are about. */
export const waitingFilings = (state: State): Filing[] =>
  [...state.waiting].flatMap((id) => state.filings.get(id) ?? []);

/** What is on record and not cancelled. */
export const standingRecords = (state: State): SubjectRecord[] =>
  [...state.records.values()].filter(({ cancelled }) => !cancelled);

const OPEN: Standing = { standing: "open", province: null, mayNot: [], ranges: null };

/** How a provider stands here; open, and without any limit, where the desk said nothing. */
export const standingOf = (state: State, ispId: number): Standing => state.standings.get(ispId) ?? OPEN;
