import type { SectionKind, Values } from "./fields/types.ts";

export type { SectionKind, Values };

/** 首次备案 · 新增网站 · 新增接入 · 变更备案 · 注销备案 */
export type FilingKind = "first" | "add" | "join" | "change" | "cancel";

/** What a change or a cancellation is about. */
export type Scope = "subject" | "website" | "access";

/** Words of the kinds of filing, as shown. */
export const filingKinds: Record<FilingKind, string> = {
  first: "首次备案",
  add: "新增网站",
  join: "新增接入",
  change: "变更备案",
  cancel: "注销备案",
};

/** The same more exactly, where the kind has several. */
const scopedKinds: Partial<Record<FilingKind, Record<Scope, string>>> = {
  change: { subject: "变更主体", website: "变更网站", access: "变更接入" },
  cancel: { subject: "注销主体", website: "注销网站", access: "取消接入" },
};

/** What a filing is called: 首次备案, 变更网站, 取消接入. */
export const kindName = ({ kind, scope }: { kind: FilingKind; scope: Scope | null }): string =>
  (scope && scopedKinds[kind]?.[scope]) || filingKinds[kind];

/** What filings may be told apart by, most usual first: every kind, and each scope of those that have several. */
export const kindChoices: readonly { code: string; kind: FilingKind; scope: Scope | null; text: string }[] = (
  Object.keys(filingKinds) as FilingKind[]
).flatMap((kind) => [
  { code: kind, kind, scope: null, text: filingKinds[kind] },
  ...(Object.keys(scopedKinds[kind] ?? {}) as Scope[]).map((scope) => ({
    ...{ code: `${kind}-${scope}`, kind, scope, text: kindName({ kind, scope }) },
  })),
]);

/**
 * A section as filled in; `position` counts from 1 among its siblings. One that copies a record says which, and what
 * stands there. `open` false: shown, not to be filled in by this kind of filing.
 */
export type Section = {
  kind: SectionKind;
  id: number;
  position: number;
  values: Values;
  recordId?: number | null;
  before?: Values | null;
  open?: boolean;
};

export type WebsiteSection = Section & { accesses: Section[] };

/** What makes a picture hard to read, as measured on its pixels. */
export type PictureFault = "small" | "blurred" | "dark" | "bright";

/** What was read from the picture of a document; dates YYYY-MM-DD or 长期, what could not be read is left out. */
export type ReadDocument = {
  kind: "identityCard" | "businessLicence";
  name?: string;
  number?: string;
  address?: string;
  from?: string;
  until?: string;
  /** 法定代表人 or 经营者 of a licence. */
  person?: string;
};

/** How far a material is; `sectionId` null belongs to the filing as a whole. */
export type MaterialState = {
  slot: string;
  sectionId: number | null;
  state: "processing" | "ready" | "failed";
  faults?: readonly PictureFault[];
  /** The same photo lies in a filing of somebody else. */
  seenElsewhere?: boolean;
  read?: ReadDocument;
};

/** All that the rules look at. */
export type FilingData = {
  kind: FilingKind;
  scope?: Scope | null;
  subject: Section;
  websites: WebsiteSection[];
  /** Why it is cancelled, in a cancellation alone. */
  cancellation?: Section | undefined;
  materials: MaterialState[];
  /** How much the subject has on record besides. */
  filed?: { websites: number; domains: number };
};

/** Names a section in findings and addresses. */
export type SectionRef = { kind: SectionKind; id: number };

/** Which sections each kind of filing fills in; the others are copied from the record and shown. */
const filledIn: Record<FilingKind, (filing: { targetId: number | null }, section: Place) => boolean> = {
  first: () => true,
  add: (_, { recordId }) => recordId === null,
  join: (_, { kind }) => kind === "access",
  change: ({ targetId }, { recordId }) => recordId !== null && recordId === targetId,
  cancel: (_, { kind }) => kind === "cancellation",
};

type Place = { kind: SectionKind; recordId: number | null };

/** Whether a section is filled in by a filing, or only shown. */
export const isFilledIn = (filing: { kind: FilingKind; targetId: number | null }, section: Place): boolean =>
  filledIn[filing.kind](filing, section);
