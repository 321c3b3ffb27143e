import type { PictureFault } from "../vocabulary/filing.ts";
import { requiredMaterials } from "./materials.ts";
import type { Problem, Rule, RuleContext, Scope } from "./types.ts";

/** What is said of a fault; also shown on the slot itself, at once. */
export const faultWords: Record<PictureFault, string> = {
  small: "照片太小，字可能看不清，请用原图或者靠近一些重拍",
  blurred: "照片有些模糊，字可能看不清，请对准焦点、拿稳后重拍",
  dark: "照片太暗，请在亮一些的地方重拍",
  bright: "照片太亮，字发白，请避开强光和反光后重拍",
};

/** The slots of a section that have a picture, with what is known of it; none where there is nothing to say of any. */
function picturesAt({ filing, section }: Scope, { province, today, words }: RuleContext) {
  if (!filing.materials.some(({ faults, seenElsewhere }) => faults?.length || seenElsewhere)) return [];
  const own = requiredMaterials(filing, province, { today, words }).filter(
    (slot) => slot.sectionId === section.id && !slot.sameAs,
  );
  return own.flatMap((slot) =>
    filing.materials
      .filter((one) => one.slot === slot.slot && (one.sectionId ?? section.id) === section.id)
      .map((material) => ({ slot, material })),
  );
}

/** What pictures look like: hard to read, or the same photo as in a filing of somebody else. */
export const pictureRules: Rule[] = [
  {
    id: "picture-legible",
    ref: "MAT-01",
    severity: "warning",
    at: ["subject.", "website."],
    sources: ["HWREJ", "HWMAT"],
    empty: true,
    run: (scope, context) =>
      picturesAt(scope, context).flatMap(({ slot, material }): Problem[] =>
        material.state === "ready" && material.faults?.[0]
          ? [{ message: `${slot.label}：${faultWords[material.faults[0]]}`, slot: slot.slot }]
          : [],
      ),
  },
  {
    id: "picture-seen-elsewhere",
    severity: "check",
    at: ["subject.", "website."],
    sources: ["TREJ"],
    empty: true,
    run: (scope, context) =>
      picturesAt(scope, context).flatMap(({ slot, material }): Problem[] =>
        material.seenElsewhere
          ? [
              {
                message: `${slot.label}和另一份备案单用过的照片相同，请核对是不是本人新拍的`,
                slot: slot.slot,
              },
            ]
          : [],
      ),
  },
];
