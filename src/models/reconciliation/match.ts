import type { Db } from "../../db/client.ts";
import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import { formatIcpNumber, parseIcpNumber } from "../../vocabulary/icp-number.ts";
import { usualNumber } from "../record/writing.ts";

type Source = { ispId: number; bureauId: number };

/** The number of a subject (主体备案号), also where that of a website stands. */
const subjectNumberOf = (number: string | undefined): string => {
  const parsed = parseIcpNumber(number ?? "");
  return parsed ? formatIcpNumber(parsed, true) : (number ?? "").trim();
};

const some = <T>(values: readonly (T | undefined)[]): T[] =>
  values.filter((value): value is T => value !== undefined);

/**
 * Our record of a record of the bureau, of this provider and reported to this bureau: by the bureau's id, by the number,
 * by our own id that it echoes, then by those of its websites. What is in force comes before what was cancelled.
 */
export async function subjectOfRecord(
  db: Db,
  { ispId, bureauId }: Source,
  { subject, websites }: BureauRecord,
): Promise<number | undefined> {
  const own = (rank: number, which: ReturnType<Db>) => db`
    select s.id, ${rank}::int as rank, s.cancelled_at is not null as over from subjects s
    where s.isp_id = ${ispId} and s.bureau_id = ${bureauId} and ${which}`;
  const byWebsite = (rank: number, which: ReturnType<Db>) => db`
    select s.id, ${rank}::int as rank, w.cancelled_at is not null as over
    from websites w join subjects s on s.id = w.subject_id
    where w.isp_id = ${ispId} and s.isp_id = ${ispId} and s.bureau_id = ${bureauId} and ${which}`;
  const siteIds = some(websites.map((site) => site.bureauId));
  const numbers = some(websites.map(({ number }) => number && usualNumber(number)));
  const [row] = await db<{ id: number }[]>`
    select id from (
      ${own(1, db`s.bureau_object_id = ${subject.bureauId ?? null}`)}
      union all ${own(2, db`s.number = ${subject.number ? subjectNumberOf(subject.number) : null}`)}
      union all ${own(3, db`s.id = ${subject.ourId ?? null}`)}
      union all ${byWebsite(4, db`w.bureau_object_id = any(${siteIds}::bigint[])`)}
      union all ${byWebsite(5, db`w.number = any(${numbers}::text[])`)}) found
    order by over, rank, id desc limit 1`;
  return row?.id;
}
