import type { Writing } from "./writing.ts";

/**
 * What of the record a filing works on was cancelled since it was opened (注销数据), such as 主体12; undefined when
 * nothing was. Nothing new is written there: a person decides.
 */
export async function cancelledMeanwhile({ store, filing }: Writing): Promise<string | undefined> {
  if (filing.kind === "cancel") return undefined;
  const target = (scope: string): number | null => (filing.scope === scope ? filing.targetId : null);
  const [over] = await store.db<{ what: string }[]>`
    select '主体' || id as what from subjects
    where id = ${filing.subjectId} and isp_id = ${filing.ispId} and cancelled_at is not null
    union all
    select '网站' || id from websites
    where id = ${target("website")} and isp_id = ${filing.ispId} and cancelled_at is not null
    union all
    select '接入' || id from accesses
    where id = ${target("access")} and isp_id = ${filing.ispId} and cancelled_at is not null
    limit 1`;
  return over?.what;
}
