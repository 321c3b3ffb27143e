import { openText } from "../../crypto/seal.ts";
import { maskName } from "../../vocabulary/masking.ts";
import { type Actor, hasRole } from "../actor.ts";
import type { Store } from "../store.ts";
import { filingContext, filingKey, type ListedFiling } from "./rows.ts";

/** 初审, 核验 and 上报 read names of persons and may ask for numbers; 客服 reads everything personal masked. */
export const seesPersons = (actor: Actor): boolean =>
  hasRole(actor, "initial_reviewer", "verifier", "submitter");

/** The name of the 主办单位; a person's is opened, and masked for whoever sees no persons. */
export function subjectNameFor(store: Store, actor: Actor, filing: ListedFiling): string {
  if (filing.subjectName !== null) return filing.subjectName;
  const { dataKey, subjectNameSealed } = filing;
  if (!dataKey || !subjectNameSealed) return "";
  const name = openText(
    filingKey(store, { dataKey }),
    subjectNameSealed,
    filingContext(filing, "subject-name"),
  );
  return seesPersons(actor) ? name : maskName(name);
}
