import { illegalInXml, notInGbk } from "../lib/gbk.ts";
import { length } from "../lib/text.ts";
import { field, textOf } from "../vocabulary/fields/index.ts";
import { allFields, isTyped } from "./refs.ts";
import type { Rule, Scope } from "./types.ts";

/** What was typed: the lines, or the approval numbers beside ticked codes. */
function entriesOf({ section, field: key, list, values }: Scope): readonly string[] {
  const { kind, parts } = field(section.kind, key);
  return kind === "approvals" ? parts.slice(1).map((part) => textOf(values, part.key)) : list;
}

/** What the bureau's files can carry. */
export const textRules: Rule[] = [
  {
    id: "text-length",
    severity: "error",
    at: allFields(isTyped),
    sources: ["V3 §4-1-1-1"],
    run(scope) {
      const { maxLength } = field(scope.section.kind, scope.field);
      const longest = Math.max(0, ...entriesOf(scope).map(length));
      return longest > maxLength ? `最多${maxLength}个字，现在是${longest}个，请写短一些` : null;
    },
  },
  {
    id: "text-gbk",
    severity: "error",
    at: allFields((one) => isTyped(one) && one.bureau !== null),
    sources: ["V3 结果代码5008"],
    run(scope) {
      const text = entriesOf(scope).join("");
      if (illegalInXml(text).length > 0) return "里面有看不见的控制字符，管局系统不能接收，请重新输入";
      const lost = notInGbk(text);
      if (lost.length === 0) return null;
      return `管局系统不能接收“${lost.join("")}”，请换成通用的写法；证件上就是这样写的，请联系客服`;
    },
  },
];
