import { IDENTITY_CARD, INDIVIDUAL, isIndividual } from "../vocabulary/code-tables.ts";
import { type FilingData, type FilingKind, kindName, type Scope, type Values } from "../vocabulary/filing.ts";
import type { ProvinceMaterial, ProvinceRule } from "../vocabulary/province-rules.ts";
import { mayApply } from "./material-conditions.ts";
import { type MaterialSlot, requiredMaterials } from "./materials.ts";
import { maybeSlot } from "./slots.ts";

/** A material to have at hand. `when`: only in this case, "" always; `optional`: then not asked for everywhere. */
export type Ready = {
  slot: MaterialSlot["slot"];
  label: string;
  hint: string;
  provinceHint: string;
  when: string;
  optional: boolean;
  phase: MaterialSlot["phase"];
};

/** What somebody means to file. */
export type Work = { code: string; kind: FilingKind; scope: Scope | null; text: string };

const work = (kind: FilingKind, scope: Scope | null = null): Work => ({
  code: scope ? `${kind}-${scope}` : kind,
  kind,
  scope,
  text: kindName({ kind, scope }),
});

/** Every kind of filing that papers are asked for, the most usual first. */
export const works: readonly Work[] = [
  work("first"),
  work("add"),
  work("join"),
  work("change", "subject"),
  work("change", "website"),
  work("cancel", "subject"),
  work("cancel", "website"),
];

/** The two numbers that GB 11643-1999 gives as examples: of 北京 and of 广东. */
const EXAMPLES = ["11010519491231002X", "440524188001010014"];

type Sides = { subject: Values; website: Values };

/** What may turn up in a filing and calls for another material; `in`: only in these kinds, `for`: only of these. */
type Case = {
  when: string;
  for?: "unit" | "individual";
  in?: readonly FilingKind[];
  of?: Scope;
  subject?: Values;
  website?: Values;
  cancellation?: Values;
};

const fresh = ["first", "add", "join"] as const;
/** Somebody else than on record. */
const another = { leaderName: "另一人", leaderIdNo: "另一个号码", samePerson: "" };

/** Every case, the usual one first; `elsewhere` is the number of an identity card of another province. */
const casesOf = (elsewhere: string): Case[] => [
  { when: "" },
  { when: "网站负责人不是主体负责人的", for: "unit", in: fresh, website: { ...another } },
  { when: "主体负责人不是法定代表人的", for: "unit", in: fresh, subject: { leaderAuthorised: "1" } },
  { when: "身份证不是本省的", for: "individual", in: fresh, subject: { certNo: elsewhere } },
  { when: "网站要前置审批的", in: ["first", "add"], website: { preApprovals: ["1"] } },
  { when: "域名不由主办单位持有的", for: "unit", in: fresh, website: { domainHolder: "另一人" } },
  { when: "名称与金融有关的", in: ["first", "add"], website: { siteName: "金融" } },
  { when: "名称或证件号码有变更的", for: "unit", of: "subject", subject: { name: "新名称" } },
  {
    when: "换了负责人的",
    of: "subject",
    subject: { person: "另一人", idNo: "另一个号码", name: "另一人" },
  },
  { when: "换了负责人的", of: "website", website: { ...another } },
  { when: "增加域名的", of: "website", website: { domains: ["new.example.cn"] } },
  { when: "备案时的手机已经不能接收短信的", in: ["cancel"], cancellation: { phoneLost: "1" } },
];

function fits(one: Case, nature: string, { kind, scope }: Work): boolean {
  if (one.for && (one.for === "individual") !== isIndividual(nature)) return false;
  if (one.of) return kind === "change" && scope === one.of;
  return one.in === undefined || one.in.includes(kind);
}

/** A filing of nothing but what decides about papers. */
function sketch(one: Case, nature: string, { kind, scope }: Work): FilingData {
  const usual: Sides = {
    subject: { nature, ...(nature === INDIVIDUAL && { certType: IDENTITY_CARD }) },
    website: { samePerson: "1", serviceType: "1" },
  };
  const section = (side: keyof Sides, id: number, open: boolean) => ({
    ...{ kind: side, id, position: 1, open },
    values: { ...usual[side], ...one[side] },
    before: kind === "change" ? usual[side] : null,
  });
  const cancellation = { kind: "cancellation" as const, id: 3, position: 1, values: one.cancellation ?? {} };
  const opensSubject = kind === "first" || (kind === "change" && scope === "subject");
  const opensWebsite = kind === "first" || kind === "add" || (kind === "change" && scope === "website");
  return {
    ...{ kind, scope, materials: [] },
    subject: section("subject", 1, opensSubject || kind === "join"),
    websites: [{ ...section("website", 2, opensWebsite || kind === "join"), accesses: [] }],
    ...(kind === "cancel" && { cancellation }),
  };
}

const firstWork = work("first");

/**
 * What to have at hand before a filing, by 性质 (code of unit_nature), province and kind: what is always asked for, then
 * what only some cases need. Drawn from `requiredMaterials`, so that list and upload page agree.
 */
export function readiness(nature: string, province: ProvinceRule, wanted: Work = firstWork): Ready[] {
  const elsewhere = EXAMPLES.find((number) => !number.startsWith(province.code.slice(0, 2))) ?? "";
  const found = new Map<string, Ready>();
  for (const one of casesOf(elsewhere).filter((candidate) => fits(candidate, nature, wanted)))
    for (const material of requiredMaterials(sketch(one, nature, wanted), province)) {
      const known = found.get(material.slot);
      if (known && (!known.optional || !material.required)) continue;
      if (isWorthSaying(material, one.when)) found.set(material.slot, toReady(material, one.when));
    }
  const told = province.extraMaterials
    .filter((one) => !found.has(one.slot as Ready["slot"]) && mayApply(one, nature, wanted.kind))
    .map((one) => toldOnly(one, province.name));
  return [...found.values(), ...told].sort((a, b) => rank(a) - rank(b));
}

/** What the bureau wants in a case that this list cannot act out, in the words of its row. */
function toldOnly({ slot: key, name, when }: ProvinceMaterial, province: string): Ready {
  const { label = name, hint = "", phase = "entry" as const } = maybeSlot(key) ?? {};
  const provinceHint = name === label ? "" : `${province}：${name}`;
  return { slot: key as Ready["slot"], label, hint, provinceHint, when, optional: true, phase };
}

/** What everybody brings, what a case calls for, what only this bureau may want. */
const rank = ({ when, optional }: Ready): number => (when !== "" ? 1 : optional ? 2 : 0);

/** Asked of everybody of this 性质. */
export const isAlways = ({ when, optional }: Ready): boolean => when === "" && !optional;

/** Not what is there twice, nor what nobody has to bring and no bureau asks for. */
const isWorthSaying = ({ required, provinceHint, slot, sameAs }: MaterialSlot, when: string): boolean =>
  sameAs === null && (required || provinceHint !== "" || (when !== "" && slot === "residencePermit"));

const toReady = (
  { slot, label, hint, provinceHint, required, phase }: MaterialSlot,
  when: string,
): Ready => ({ slot, label, hint, provinceHint, when, optional: !required, phase });
