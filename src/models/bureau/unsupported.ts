import { codeLabel } from "../../vocabulary/code-tables.ts";
import { listOf } from "../../vocabulary/fields/index.ts";
import type { FilingData } from "../../vocabulary/filing.ts";

/** 网站 */
const WEBSITE = "1";

/**
 * Service types (应用服务类型) that each version of the interface has elements for; V.3.0 (2013) knows websites alone,
 * apps, mini programs and quick apps came in 2023. A version that is not listed carries what V.3.0 does.
 */
const carried: Record<string, readonly string[]> = { "V.3.0": [WEBSITE] };

/** What of a filing the bureau's version cannot carry, in words such as 小程序; empty: all of it can be sent. */
export function unsupportedBy(version: string, { websites }: Pick<FilingData, "websites">): string[] {
  const types = websites.flatMap(({ values }) => listOf(values, "serviceType"));
  const lacking = types.filter((code) => !(carried[version] ?? [WEBSITE]).includes(code));
  return [...new Set(lacking)].map((code) => codeLabel("service_type", code));
}
