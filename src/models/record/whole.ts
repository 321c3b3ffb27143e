import type { DataKey } from "../../crypto/vault.ts";
import { listOf } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";
import type { Registrant, Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { recordsVisibleTo } from "./filter.ts";
import { openRecordValues } from "./values.ts";

type Part = { id: number; values: Values; cancelledAt: Date | null };

export type WholeAccess = Part & { websiteId: number };

export type WholeWebsite = Part & {
  subjectId: number;
  number: string;
  name: string;
  numberedAt: Date;
  accesses: WholeAccess[];
};

/** A record with everything that ever stood below it, opened; what was cancelled says when. */
export type WholeRecord = Part & {
  ispId: number;
  number: string;
  province: string;
  nature: number;
  numberedAt: Date;
  websites: WholeWebsite[];
};

type SubjectRow = Omit<WholeRecord, "websites"> & { dataKey: Buffer };
type WebsiteRow = Omit<WholeWebsite, "accesses">;

/** A record that this actor may see; throws NotFound for any other. */
export async function findWholeRecord(
  store: Store,
  id: number,
  actor: Registrant | Staff,
): Promise<WholeRecord> {
  const [record] = await wholeRecords(store, [id], actor);
  if (!record) throw new NotFound(`no record ${id} for this ${actor.kind}`);
  return record;
}

/** Several records as far as the actor may see them, newest first: three queries, however many there are. */
export async function wholeRecords(
  { db, vault }: Store,
  ids: readonly number[],
  actor: Registrant | Staff,
): Promise<WholeRecord[]> {
  const subjects = await db<SubjectRow[]>`
    select s.id, s.isp_id, s.number, s.province, s.nature, s.data_key, s.values, s.numbered_at, s.cancelled_at
    from subjects s where s.id = any(${[...ids]}::bigint[]) and ${recordsVisibleTo(db, actor)} order by s.id desc`;
  const seen = subjects.map(({ id }) => id);
  const [websites, accesses] = await Promise.all([
    db<WebsiteRow[]>`
      select id, subject_id, number, name, values, numbered_at, cancelled_at from websites
      where subject_id = any(${seen}::bigint[]) order by id`,
    db<WholeAccess[]>`
      select a.id, a.website_id, a.values, a.cancelled_at from accesses a join websites w on w.id = a.website_id
      where w.subject_id = any(${seen}::bigint[]) order by a.id`,
  ]);
  const at = grouped(accesses, ({ websiteId }) => websiteId);
  const below = grouped(websites, ({ subjectId }) => subjectId);
  return subjects.map(({ dataKey, ...subject }) => {
    const open = opener(vault.unwrap(dataKey), subject.ispId);
    return {
      ...open(subject),
      websites: (below.get(subject.id) ?? []).map((website) => ({
        ...open(website),
        accesses: (at.get(website.id) ?? []).map(open),
      })),
    };
  });
}

const opener =
  (key: DataKey, ispId: number) =>
  <P extends Part>(part: P): P => ({
    ...part,
    values: openRecordValues(key, { ispId, id: part.id }, part.values),
  });

function grouped<T>(rows: readonly T[], by: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group) group.push(row);
    else groups.set(by(row), [row]);
  }
  return groups;
}

/** The domains that a website was filed with. */
export const domainsOf = ({ values }: Pick<WholeWebsite, "values">): string[] => listOf(values, "domains");
