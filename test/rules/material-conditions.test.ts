import { suite } from "uvu";
import * as assert from "uvu/assert";
import { applies, isDemanded } from "../../src/rules/material-conditions.ts";
import type { Case } from "../../src/rules/material-needs.ts";
import { requiredMaterials } from "../../src/rules/materials.ts";
import type { FilingData, FilingKind, Values } from "../../src/vocabulary/filing.ts";
import {
  type MaterialCondition,
  materialConditions,
  type ProvinceMaterial,
} from "../../src/vocabulary/province-materials.ts";
import { provinceRule } from "../../src/vocabulary/province-rules.ts";
import { shippedWords } from "../../src/vocabulary/word-lists.ts";
import { filing, individual, leader } from "./sample.ts";

const test = suite("when a province wants a material");

const TODAY = "2026-11-24";
const ground = { today: TODAY, words: shippedWords };

const asks = (condition: MaterialCondition, over: Partial<ProvinceMaterial> = {}): ProvinceMaterial => ({
  slot: "other",
  name: "证明",
  when: "有这种情况",
  appliesTo: "both",
  source: "HWP",
  required: true,
  condition,
  ...over,
});

const caseOf = (data: FilingData, province = "330000"): Case => {
  const [website] = data.websites;
  if (!website) throw new Error("no website");
  return {
    filing: data,
    section: website,
    subject: data.subject.values,
    website: website.values,
    province: provinceRule(province),
    ground,
  };
};

type Change = { subject?: Values; website?: Values; edit?(data: FilingData): void; least?: number };

const holds = (condition: MaterialCondition, { subject, website, edit, least }: Change): boolean => {
  const data = filing({ ...(subject && { subject }), ...(website && { website }) });
  edit?.(data);
  return applies(asks(condition, least === undefined ? {} : { least }), caseOf(data));
};

const onRecord = (before: Values) => (data: FilingData) => {
  data.subject.before = { ...data.subject.values, ...before };
};
const filed = (websites: number, domains: number) => (data: FilingData) => {
  data.filed = { websites, domains };
};
/** Born 2008-11-24, 18 on the day of the test, and a day later. */
const EIGHTEEN = "330108200811240016";
const SEVENTEEN = "330108200811250011";

/** Where the condition holds, where it just does not, for every condition that the filing decides. */
const edges: Record<Exclude<MaterialCondition, "always" | "hint">, { yes: Change; no: Change }> = {
  nonLocalIdentity: {
    yes: { subject: { ...individual, certNo: "110101199003074477" } },
    no: { subject: individual },
  },
  siteLeaderNonLocal: {
    yes: { website: { ...leader, leaderIdType: "2", leaderIdNo: "110101199003074477" } },
    no: { website: { ...leader, leaderIdType: "7", leaderIdNo: "110101199003074477" } },
  },
  siteLeaderDiffers: { yes: { website: leader }, no: {} },
  entityLeaderNotLegalRep: {
    yes: { subject: { leaderAuthorised: "1" } },
    no: { subject: { leaderAuthorised: "" } },
  },
  foreignPerson: { yes: { subject: { idType: "11" } }, no: { subject: { idType: "8" } } },
  foreigner: { yes: { subject: { idType: "30" } }, no: { subject: { idType: "14" } } },
  underAge: {
    yes: { subject: { ...individual, certNo: SEVENTEEN }, least: 18 },
    no: { subject: { ...individual, certNo: EIGHTEEN }, least: 18 },
  },
  domainsInOrderAtLeast: {
    yes: { website: { domains: ["a.cn", "b.cn", "c.cn", "d.cn"] }, least: 4 },
    no: { website: { domains: ["a.cn", "b.cn", "c.cn"] }, least: 4 },
  },
  domainsOfSubjectAtLeast: {
    yes: { edit: filed(3, 4), least: 5 },
    no: { edit: filed(3, 3), least: 5 },
  },
  sitesOnRecordAtLeast: { yes: { edit: filed(2, 2), least: 2 }, no: { edit: filed(1, 1), least: 2 } },
  sitesAtLeast: { yes: { edit: filed(10, 10), least: 11 }, no: { edit: filed(9, 9), least: 11 } },
  domainHolderDiffers: {
    yes: { website: { domainHolder: "别的公司" } },
    no: { website: { domainHolder: "" } },
  },
  financeWords: {
    yes: { website: { siteName: "金融知识普及站" } },
    no: { website: { siteName: "茶叶知识普及站" } },
  },
  nameChanged: { yes: { edit: onRecord({ name: "旧名称" }) }, no: { edit: onRecord({ certNo: "1" }) } },
  certificateChanged: {
    yes: { edit: onRecord({ certNo: "1" }) },
    no: { edit: onRecord({ address: "旧地址" }) },
  },
};

for (const [condition, { yes, no }] of Object.entries(edges)) {
  test(`${condition} holds where it should and just not beside it`, () => {
    assert.is(holds(condition as MaterialCondition, yes), true);
    assert.is(holds(condition as MaterialCondition, no), false);
  });
}

test("every condition that a row can name is decided here, or told as a hint", () => {
  assert.equal(Object.keys(materialConditions).sort(), [...Object.keys(edges), "always", "hint"].sort());
});

test("nothing is on record of somebody who files first", () => {
  assert.is(holds("sitesOnRecordAtLeast", { least: 1 }), false);
  assert.is(holds("nameChanged", {}), false);
});

test("a material is asked of those it is for, and in the kinds of filing it is for", () => {
  const of = (appliesTo: ProvinceMaterial["appliesTo"], nature: string) =>
    applies(asks("always", { appliesTo }), caseOf(filing({ subject: { nature } })));
  assert.equal(
    ["4", "5", "3", "2"].map((nature) => of("publicInstitution", nature)),
    [false, false, true, false],
  );
  assert.equal(
    ["4", "5", "3", "2"].map((nature) => of("stateBody", nature)),
    [false, false, true, true],
  );
  assert.equal([of("unit", "5"), of("individual", "5"), of("both", "5")], [false, true, true]);
  const inKinds = (kind: FilingKind, kinds: FilingKind[]) =>
    applies(asks("always", { kinds }), caseOf({ ...filing(), kind }));
  assert.is(inKinds("add", ["first", "add"]), true);
  assert.is(inKinds("join", ["first", "add"]), false);
});

test("a hint is told and never demanded, and so is what only an old page asks for", () => {
  assert.is(isDemanded(asks("hint")), false);
  assert.is(isDemanded(asks("always", { required: false })), false);
  assert.is(isDemanded(asks("always")), true);
});

test("上海 demands the plan of the website from 30 filed ones on, and 29 are not 30", () => {
  const plan = (websites: number) => {
    const data = { ...filing(), kind: "add" as const, filed: { websites, domains: websites } };
    return requiredMaterials(data, provinceRule("310000"), ground).find(({ slot }) => slot === "sitePlan");
  };
  assert.is(plan(29), undefined);
  assert.is(plan(30)?.required, true);
});

test("two papers in one slot are both named there", () => {
  const pledge = requiredMaterials(filing(), provinceRule("320000"), ground).find(
    ({ slot }) => slot === "pledge",
  );
  assert.match(pledge?.provinceHint ?? "", /责任告知书.*；.*承诺书/);
});

test.run();
