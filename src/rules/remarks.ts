import { isIndividual } from "../vocabulary/code-tables.ts";
import type { Rule } from "./types.ts";

/** What bureaus want to read in the remarks. */
export const remarkRules: Rule[] = [
  {
    id: "personal-remark",
    ref: "F19",
    severity: "warning",
    at: ["website.remark"],
    sources: ["T17", "PROVINCE"],
    empty: true,
    applies: ({ subject }, { province }) => isIndividual(subject.nature) && province.personalRemark !== null,
    run({ value }, { province: { personalRemark } }) {
      const missing = personalRemark?.words.some((word) => !value.includes(word)) ?? false;
      return personalRemark && (value === "" || missing) ? personalRemark.says : null;
    },
  },
];
