import { changedFields } from "../vocabulary/fields/index.ts";
import type { Rule } from "./types.ts";

/** What a change of something on record (变更备案) has to keep to. */
export const changeRules: Rule[] = [
  {
    id: "nothing-changed",
    ref: "O06",
    severity: "error",
    at: ["subject.", "website.", "access."],
    sources: ["HWCHG", "XTN"],
    empty: true,
    applies: ({ filing, section }) => filing.kind === "change" && Boolean(section.before),
    run: ({ section: { kind, before, values } }) =>
      changedFields(kind, before ?? {}, values).length === 0 ? "还没有修改任何内容" : null,
  },
  {
    id: "province-fixed",
    ref: "O07",
    severity: "error",
    at: ["subject.division"],
    sources: ["HWCHG", "V3 结果代码1046"],
    empty: true,
    applies: ({ filing, section }) => filing.kind === "change" && Boolean(section.before?.province),
    run: ({ section: { before }, values }) =>
      values.province === before?.province
        ? null
        : "主办单位所在的省不能变更。迁到了别的省，请先注销原来的备案，再在新的省重新备案",
  },
];
