import { requiredMaterials } from "../../rules/materials.ts";
import { ruleInForce } from "../province-rule/in-force.ts";
import type { Store } from "../store.ts";
import { filingData } from "./findings.ts";
import type { Filing } from "./rows.ts";

/** Whether the kind and the content of a filing want a verification photo. */
export async function wantsPhoto(store: Store, filing: Filing): Promise<boolean> {
  const province = await ruleInForce(store.db, filing.ispId, filing.province);
  const slots = requiredMaterials(await filingData(store, filing), province);
  return slots.some(({ required, phase }) => required && phase === "photo");
}
