import { IDENTITY_CARD, INDIVIDUAL, isIndividual } from "../vocabulary/code-tables.ts";
import type { FilingData, Values } from "../vocabulary/filing.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import { type MaterialSlot, requiredMaterials } from "./materials.ts";

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

/** The two numbers that GB 11643-1999 gives as examples: of 北京 and of 广东. */
const EXAMPLES = ["11010519491231002X", "440524188001010014"];

type Case = { when: string; subject: Values; website: Values; for: "unit" | "individual" | "both" };

/** What may turn up in a filing and calls for another material. */
function cases(nature: string, province: ProvinceRule): Case[] {
  const elsewhere = EXAMPLES.find((number) => !number.startsWith(province.code.slice(0, 2))) ?? "";
  const document: Values = nature === INDIVIDUAL ? { certType: IDENTITY_CARD } : {};
  const subject = { nature, ...document };
  const same = { samePerson: "1" };
  return [
    { when: "", subject, website: same, for: "both" },
    { when: "网站负责人不是主体负责人的", subject, website: { leaderIdNo: elsewhere }, for: "unit" },
    {
      when: "身份证不是本省的",
      subject: { ...subject, certNo: elsewhere },
      website: same,
      for: "individual",
    },
    { when: "网站要前置审批的", subject, website: { ...same, preApprovals: ["1"] }, for: "both" },
  ];
}

const sketch = ({ subject, website }: Case): FilingData => ({
  kind: "first",
  subject: { kind: "subject", id: 1, position: 1, values: subject },
  websites: [{ kind: "website", id: 2, position: 1, values: website, accesses: [] }],
  materials: [],
});

/**
 * What to have at hand before a first filing (首次备案), by 性质 (code of unit_nature) and province: what is always asked
 * for, then what only some cases need. Drawn from `requiredMaterials`, so that list and upload page agree.
 */
export function readiness(nature: string, province: ProvinceRule): Ready[] {
  const kind = isIndividual(nature) ? "individual" : "unit";
  const found = new Map<string, Ready>();
  for (const one of cases(nature, province).filter(({ for: who }) => who === "both" || who === kind))
    for (const material of requiredMaterials(sketch(one), province)) {
      const known = found.get(material.slot);
      if (known && (!known.optional || !material.required)) continue;
      if (isWorthSaying(material, one.when)) found.set(material.slot, toReady(material, one.when));
    }
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
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
