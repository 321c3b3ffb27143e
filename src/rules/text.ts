import iconv from "iconv-lite";
import { length } from "../lib/text.ts";
import { field, textOf } from "../vocabulary/fields/index.ts";
import { allFields, isTyped } from "./refs.ts";
import type { Rule, Scope } from "./types.ts";

/** Characters that do not survive GBK, each once. */
export function outsideGbk(text: string): string[] {
  const survives = (part: string) => iconv.decode(iconv.encode(part, "gbk"), "gbk") === part;
  // Nearly always all of it does: sign by sign it takes twenty times as long.
  return survives(text) ? [] : [...new Set([...text].filter((sign) => !survives(sign)))];
}

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
      const lost = outsideGbk(entriesOf(scope).join(""));
      if (lost.length === 0) return null;
      return `管局系统不能接收“${lost.join("")}”，请换成通用的写法；证件上就是这样写的，请联系客服`;
    },
  },
];
