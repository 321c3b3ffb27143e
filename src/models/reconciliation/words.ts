import { fieldOfPart, type SectionKind } from "../../vocabulary/fields/index.ts";

/** Places that are no fields of the dictionary. */
const own: Record<string, string> = {
  number: "备案号",
  bureauId: "管局编号",
  partIds: "域名或IP段的管局编号",
  state: "备案状态",
  website: "网站",
  access: "接入",
  record: "备案信息",
  filed: "备案状态（查询）",
  holder: "主体备案号（查询）",
};

const sections: readonly SectionKind[] = ["subject", "website", "access"];

/** Whether a place says if something is on record; 查询 is what the bureau answered when it was asked. */
export const isStanding = (place: string): boolean => place === "state" || place === "filed";

/** The label of a place, by the dictionary where it has one; never a value. */
export const placeWords = (place: string, section?: SectionKind): string =>
  own[place] ??
  (section ? [section] : sections)
    .map((one) => fieldOfPart(one, place)?.summaryLabel)
    .find((label) => label !== undefined) ??
  place;

/** Places of the own list and of the dictionary that can differ, for a filter: value and label. */
export const differencePlaces: readonly { place: string; label: string }[] = [
  ...Object.entries(own).map(([place, label]) => ({ place, label })),
];

/** The section that a difference stands in. */
export const sectionOf = ({
  websiteId,
  accessId,
}: {
  websiteId: number | null;
  accessId: number | null;
}): SectionKind => (accessId !== null ? "access" : websiteId !== null ? "website" : "subject");

export const kindWords = {
  differs: "两边不一致",
  only_bureau: "只在管局",
  only_here: "只在本系统",
} as const;

export const stateWords = { open: "待处理", repaired: "已修正", kept: "已保留", gone: "已消失" } as const;

export const decisionWords = { bureau: "以管局为准", ours: "以本系统为准", keep: "保留" } as const;
