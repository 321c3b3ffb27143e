import { materialState, requiredMaterials } from "./materials.ts";
import type { Problem, Rule } from "./types.ts";

/** Materials that must be there before the initial review. */
export const uploadRules: Rule[] = [
  {
    id: "material-ready",
    severity: "error",
    at: ["subject.", "website."],
    sources: ["72DNS", "CT"],
    empty: true,
    run({ filing, section }, { province, today, words }) {
      return requiredMaterials(filing, province, { today, words })
        .filter(({ sectionId, required, phase }) => sectionId === section.id && required && phase === "entry")
        .flatMap((slot): Problem[] => {
          const state = materialState(slot, filing.materials);
          if (state === "ready" || slot.sameAs) return [];
          const message = {
            none: `还没有上传${slot.label}`,
            processing: `${slot.label}还在处理中，通常不到1分钟，请稍等再提交`,
            failed: `${slot.label}没有处理成功，请重新上传`,
          }[state ?? "none"];
          return [{ message, slot: slot.slot }];
        });
    },
  },
];
