import { type NewFilingForm, newFilingFindings, sketch, subjectValues } from "../../forms/new-filing.ts";
import { isoDate } from "../../lib/dates.ts";
import type { Hold } from "../../models/filing/holds.ts";
import { requiredMaterials } from "../../rules/materials.ts";
import type { Elsewhere } from "../../rules/types.ts";
import type { Problem } from "../../view.ts";
import { DEMO_RECORD_PASSWORD, demoTries } from "../../vocabulary/demo-records.ts";
import { field, hintOf, optionsOf, type Values } from "../../vocabulary/fields/index.ts";
import { nationalRule } from "../../vocabulary/province-rules.ts";
import type { Held } from "./held.ts";
import { markOf } from "./section-marks.ts";

/** 新增网站 or 新增接入, where somebody came for it. */
export type Wanted = "add" | "join" | undefined;

export const wantedOf = (text: string | undefined): Wanted =>
  text === "add" || text === "join" ? text : undefined;

export const TOO_OFTEN: Problem = {
  field: "certNo",
  text: "验证得太频繁了，请一小时后再试",
};

export type Shown = {
  form: NewFilingForm;
  wanted?: Wanted;
  /** Where the form is sent. */
  action?: string;
  /** What is wrong is said. */
  findings?: boolean;
  /** What of it stands in a 黑名单, where that was asked. */
  listed?: Elsewhere["listed"];
  held?: readonly Held[];
  recorded?: readonly Hold["kind"][];
  problems?: readonly Problem[];
};

type Words = Record<Hold["kind"], Problem>;

const heldWords: Words = {
  certificate: { field: "certNo", text: "这个证件号码已有一件备案正在办理" },
  domain: { field: "domain", text: "这个域名已有一件备案正在办理" },
  record: { field: "certNo", text: "这个主办单位已有一件备案正在办理" },
};

/** What is on record is never filed for the first time again. */
const recordedWords: Words = {
  certificate: {
    field: "certNo",
    text: "这个证件号码已经备案，不能再首次备案；要增加网站或修改信息，请办理变更备案",
  },
  domain: { field: "domain", text: "这个域名已经备案，不能再首次备案；要修改信息，请办理变更备案" },
  record: { field: "certNo", text: "这个主办单位已经备案，请办理变更备案" },
};

const FIELDS = ["nature", "certType", "certNo", "domain"];

/** What is wrong where another filing or a record is in the way. */
export const takenProblems = ({ held = [], recorded = [] }: Pick<Shown, "held" | "recorded">): Problem[] => [
  ...held.map(({ kind }) => heldWords[kind]),
  ...recorded.map((kind) => recordedWords[kind]),
];

const headings = { add: "新增网站", join: "新增接入" };

/** Everything that the form of the check shows; what can be tried only where the demo is marked. */
export function newFilingPage(shown: Shown) {
  const { form, wanted, findings = false, held = [], problems = [] } = shown;
  const values = subjectValues(form);
  const found = findings ? newFilingFindings(form, isoDate(new Date()), shown.listed) : [];
  const seen = found.filter(({ severity, confirmable }) => severity !== "check" || confirmable === true);
  const wrong = [...takenProblems(shown), ...problems];
  const marks = Object.fromEntries(
    FIELDS.map((name) => [
      name,
      [
        ...seen.filter((one) => one.field === name).map((finding) => markOf(finding, values)),
        ...wrong
          .filter((one) => one.field === name)
          .map(({ text }) => ({ tone: "bad" as const, text, confirm: undefined })),
      ],
    ]),
  );
  const errors = seen.filter(({ severity }) => severity === "error");
  return {
    ...{ form, marks, held, wanted, action: shown.action ?? "" },
    heading: wanted ? headings[wanted] : "新增备案",
    problems: [...errors.map((one) => ({ field: one.field ?? "", text: one.message })), ...wrong],
    ready: readiness(form),
    demo: { tries: demoTries, password: DEMO_RECORD_PASSWORD },
    ...choicesFor(values),
  };
}

/** What the dictionary offers for these values; 证件类型 wait for the 性质, whose lists share names. */
const choicesFor = (values: Values) => ({
  natures: optionsOf(field("subject", "nature"), values),
  types: values.nature ? optionsOf(field("subject", "certType"), values) : [],
  hint: hintOf(field("subject", "certNo"), values),
});

/** What to prepare, by 性质; as long as none is chosen what a 企业 needs. */
function readiness(form: NewFilingForm): { label: string; hint: string }[] {
  return requiredMaterials(sketch(form), nationalRule(""))
    .filter(({ required, phase, sameAs }) => required && phase === "entry" && sameAs === null)
    .map(({ label, hint }) => ({ label, hint }));
}
