import { subjectNumber } from "./write.ts";
import { pairsOf, recordIdOf, sitesOf, type Writing } from "./writing.ts";

/** What of the record is in our records already as something else, such as 主体12; undefined when nothing is. */
export async function takenNumber(writing: Writing): Promise<string | undefined> {
  const { store, filing, ids } = writing;
  if (filing.kind === "cancel") return undefined;
  const numbers = pairsOf(writing).flatMap(({ theirs }) => theirs.number ?? []);
  const own = await ownWebsites(writing, numbers);
  const [taken] = await store.db<{ what: string }[]>`
    select '主体' || id as what from subjects
    where isp_id = ${filing.ispId} and number = ${filing.subjectId === null ? subjectNumber(writing) : ""}
      and cancelled_at is null
    union all
    select '网站' || id from websites
    where isp_id = ${filing.ispId} and number = any(${numbers}) and cancelled_at is null
      and not (id = any(${own}::bigint[]))
    union all
    select '域名' || id from domains
    where isp_id = ${filing.ispId} and domain = any(${ids.domains.map(({ domain }) => domain)})
      and cancelled_at is null and not (website_id = any(${own}::bigint[]))
    limit 1`;
  return taken?.what;
}

/** Websites on record that are the filing's own: those it copies, and in 新增接入 the one of that number. */
async function ownWebsites(writing: Writing, numbers: readonly string[]): Promise<number[]> {
  const { store, filing } = writing;
  const copied = sitesOf(writing).flatMap((site) => (site.recordId ? [recordIdOf(site)] : []));
  if (filing.kind !== "join" || filing.subjectId === null) return copied;
  const rows = await store.db<{ id: number }[]>`
    select id from websites
    where subject_id = ${filing.subjectId} and number = any(${[...numbers]}) and cancelled_at is null`;
  return rows.map(({ id }) => id);
}
