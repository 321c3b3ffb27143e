import type { Db } from "../../db/client.ts";

/** How many websites and domains a subject has on record now, cancelled ones left out. */
export async function filedOf(db: Db, subjectId: number): Promise<{ websites: number; domains: number }> {
  const [row] = await db<{ websites: number; domains: number }[]>`
    select count(distinct w.id)::int as websites, count(d.id)::int as domains
    from websites w left join domains d on d.website_id = w.id and d.cancelled_at is null
    where w.subject_id = ${subjectId} and w.cancelled_at is null`;
  return row ?? { websites: 0, domains: 0 };
}
