import type { SectionKind, Values } from "./fields/types.ts";

export type { SectionKind, Values };

/** 首次备案 · 新增网站 · 新增接入 · 变更备案 · 注销备案 */
export type FilingKind = "first" | "add" | "join" | "change" | "cancel";

/** Words of the kinds of filing, as shown. */
export const filingKinds: Record<FilingKind, string> = {
  first: "首次备案",
  add: "新增网站",
  join: "新增接入",
  change: "变更备案",
  cancel: "注销备案",
};

/** A subject, a website or an access as filled in; `position` counts from 1 among its siblings. */
export type Section = { kind: SectionKind; id: number; position: number; values: Values };

export type WebsiteSection = Section & { accesses: Section[] };

/** How far a material is; `sectionId` null belongs to the filing as a whole. */
export type MaterialState = {
  slot: string;
  sectionId: number | null;
  state: "processing" | "ready" | "failed";
};

/** All that the rules look at. */
export type FilingData = {
  kind: FilingKind;
  subject: Section;
  websites: WebsiteSection[];
  materials: MaterialState[];
};

/** Names a section in findings and addresses. */
export type SectionRef = { kind: SectionKind; id: number };
