import type { Db } from "../../db/client.ts";
import type { Filing } from "../filing/rows.ts";
import { type Known, nothingKnown } from "./parts.ts";

/** Everything in force below the subject that a filing works on, with the bureau's ids as far as it told them. */
export async function knownOf(db: Db, { subjectId }: Pick<Filing, "subjectId">): Promise<Known> {
  if (subjectId === null) return nothingKnown;
  const [subjects, websites, accesses, domains, ips] = await Promise.all([
    db<{ id: number; bureauId: number | null; number: string }[]>`
      select id, bureau_object_id as bureau_id, number from subjects where id = ${subjectId}`,
    db<{ id: number; bureauId: number | null; number: string }[]>`
      select id, bureau_object_id as bureau_id, number from websites
      where subject_id = ${subjectId} and cancelled_at is null order by id`,
    db<{ id: number; bureauId: number | null }[]>`
      select a.id, a.bureau_object_id as bureau_id from accesses a join websites w on w.id = a.website_id
      where w.subject_id = ${subjectId} and a.cancelled_at is null order by a.id`,
    db<{ id: number; websiteId: number; bureauId: number | null; domain: string }[]>`
      select d.id, d.website_id, d.bureau_object_id as bureau_id, d.domain from domains d
      join websites w on w.id = d.website_id
      where w.subject_id = ${subjectId} and d.cancelled_at is null order by d.id`,
    db<{ id: number; accessId: number; bureauId: number | null; first: string; last: string }[]>`
      select i.id, i.access_id, i.bureau_object_id as bureau_id, host(i.first_ip) as first, host(i.last_ip) as last
      from access_ips i join accesses a on a.id = i.access_id join websites w on w.id = a.website_id
      where w.subject_id = ${subjectId} and a.cancelled_at is null order by i.id`,
  ]);
  return { subject: subjects[0], websites, accesses, domains, ips };
}
