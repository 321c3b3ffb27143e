import { children } from "../vocabulary/divisions.ts";
import {
  approvalNumberKey,
  field,
  isRequired,
  labelOf,
  optionLabel,
  textOf,
} from "../vocabulary/fields/index.ts";
import type { Field, Values } from "../vocabulary/fields/types.ts";
import { allFields } from "./refs.ts";
import type { Rule } from "./types.ts";

const CHOSEN = ["select", "checks", "division", "toggle", "approvals"];

/** The steps of a place that are still open: a province without cities has no city step, 东莞 has no counties. */
function missingSteps(values: Values): string[] {
  const [province, city, county] = ["province", "city", "county"].map((key) => textOf(values, key));
  if (!province) return ["省"];
  const below = children(province);
  const municipal = below.length > 0 && below.every(({ code }) => !code.endsWith("00"));
  if (!municipal && !city) return ["市"];
  const counties = municipal ? below : children(city ?? "");
  return counties.length > 0 && !county ? ["区县"] : [];
}

function isEmpty(one: Field, value: string, values: Values): boolean {
  return one.kind === "division" ? missingSteps(values).length > 0 : value === "";
}

function requiredText(one: Field, values: Values): string {
  const label = one.kind === "division" ? missingSteps(values).join("、") : labelOf(one, values);
  return `请${CHOSEN.includes(one.kind) ? "选择" : "填写"}${label}`;
}

/** What must be there. */
export const presenceRules: Rule[] = [
  {
    id: "required",
    severity: "error",
    at: allFields((one) => one.required !== false),
    sources: ["V3 §4-1-1-1"],
    empty: true,
    run({ section, field: key, value, values }) {
      const one = field(section.kind, key);
      const missing = isRequired(one, values) && isEmpty(one, value, values);
      return missing ? requiredText(one, values) : null;
    },
  },
  {
    id: "approval-number",
    severity: "error",
    at: ["website.preApprovals"],
    sources: ["V3 Qzsph"],
    run({ list, values }) {
      return list
        .filter((code) => !textOf(values, approvalNumberKey(code)))
        .map((code) => `请填写${optionLabel("pre_approval", code)}的批准文号`);
    },
  },
  {
    id: "has-website",
    severity: "error",
    at: ["subject."],
    sources: ["V3 §4-1-1-1"],
    empty: true,
    run: ({ filing }) => (filing.websites.length === 0 ? "还没有填写网站，请至少添加一个" : null),
  },
  {
    id: "has-access",
    severity: "error",
    at: ["website."],
    sources: ["V3 §4-1-1-1"],
    empty: true,
    run: ({ website }) =>
      website?.accesses.length === 0 ? "还没有填写这个网站的接入，请至少添加一个" : null,
  },
];
