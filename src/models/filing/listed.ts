import { blacklistRules } from "../../rules/blacklist.ts";
import type { Store } from "../store.ts";
import { findingsOf } from "./findings.ts";
import type { Filing } from "./rows.ts";

const RULES = new Set(blacklistRules.map(({ id }) => id));

/** Whether a 黑名单 stops the filing now: it may have come after 初审 and 核验. */
export async function isListed(store: Store, filing: Filing): Promise<boolean> {
  const [any] = await store.db`select 1 from blacklist_keys where isp_id = ${filing.ispId} limit 1`;
  if (!any) return false;
  const { findings } = await findingsOf(store, filing);
  return findings.some(({ rule, severity }) => severity === "error" && RULES.has(rule));
}
