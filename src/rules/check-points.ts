import type { FilingKind, SectionKind } from "../vocabulary/filing.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import { photoPoints } from "./check-points-photo.ts";
import { subjectPoints } from "./check-points-subject.ts";
import { websitePoints } from "./check-points-website.ts";
import type { SlotKey } from "./slots.ts";

/** A question of the reviewer's check list, and to which filings it belongs. Everything left out: to all. */
export type CheckPoint = {
  id: string;
  /** Number in the collection of filing rules: F01, V02; "R" and a number: its list for reviewers. */
  ref: string;
  /** {province} stands for the name of the province, {slogan} for what its curtain must show. */
  text: string;
  /** Looked at before the photo is taken, or with the photo. */
  phase: "initial" | "verification";
  of: Exclude<SectionKind, "cancellation">;
  /** Key of the field; the question is asked where the section is filled in. */
  field: string | null;
  /** The question is asked where this material is needed or there. */
  slot?: SlotKey;
  sources: readonly string[];
  kinds?: readonly FilingKind[];
  nature?: "unit" | "individual";
  /** Asked where 网站负责人 is another person than 主体负责人. */
  otherPerson?: true;
  /** Asked where the province's row holds one of these values, or any at all. */
  province?: { column: keyof ProvinceRule; in?: readonly unknown[] };
  superseded?: string;
};

/** Every question once, in the order of the form. */
export const checkPoints: readonly CheckPoint[] = [...subjectPoints, ...websitePoints, ...photoPoints];
