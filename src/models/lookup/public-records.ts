import type { Db } from "../../db/client.ts";
import { isIndividual } from "../../vocabulary/code-tables.ts";

/** Whose records a page shows: those of the provider whose host it is, or on a host of no provider those of all. */
export type Scope = number | null;

/** A website as everybody may know it. Of a person's no name is given: that of the owner may stand in it. */
export type PublicWebsite = {
  id: number;
  number: string;
  name: string | null;
  homePages: string[];
  domains: string[];
  /** 审核通过日期. */
  approvedAt: Date;
  cancelledAt: Date | null;
  /** Whether it is still hosted here: false after 取消接入. */
  hosted: boolean;
};

/** A subject as everybody may know it: a unit with its name, a person (个人) with 性质 and number alone. */
export type PublicSubject = {
  id: number;
  number: string;
  nature: number;
  name: string | null;
  approvedAt: Date;
  cancelledAt: Date | null;
};

export type PublicRecord = { subject: PublicSubject; website?: PublicWebsite };

/**
 * The one condition of the public look-up that lets records of several providers through: on a host of no provider
 * (`scope` null). Every query here names its columns, and none of them is personal.
 */
const seenAt = (db: Db, scope: Scope) => (scope === null ? db`true` : db`s.isp_id = ${scope}`);

const subjectColumns = (db: Db) =>
  db`s.id, s.number, s.nature, s.name, s.numbered_at as approved_at, s.cancelled_at`;

const websiteColumns = (db: Db) => db`
  w.id, w.number, case when s.name is not null then w.name end as name, w.values -> 'homePages' as home_pages,
  array(select d.domain from domains d where d.website_id = w.id
    and (d.cancelled_at is null or w.cancelled_at is not null) order by d.id limit 50) as domains,
  w.numbered_at as approved_at, coalesce(w.cancelled_at, s.cancelled_at) as cancelled_at,
  coalesce((select bool_or(a.cancelled_at is null) from accesses a where a.website_id = w.id), true) as hosted`;

type WebsiteRow = Omit<PublicWebsite, "homePages"> & { homePages: unknown };

const toWebsite = ({ homePages, ...row }: WebsiteRow): PublicWebsite => ({
  ...row,
  homePages: [homePages ?? []].flat().filter((one): one is string => typeof one === "string"),
});

/** A name never leaves a row that is a person's, whatever stands there. */
const toSubject = (row: PublicSubject): PublicSubject => ({
  ...row,
  name: isIndividual(String(row.nature)) ? null : row.name,
});

/** The subject of this number (主体备案号), one that is valid before one that was cancelled; undefined: none. */
export async function publicSubject(
  db: Db,
  scope: Scope,
  number: string,
): Promise<PublicSubject | undefined> {
  const [row] = await db<PublicSubject[]>`
    select ${subjectColumns(db)} from subjects s where s.number = ${number} and ${seenAt(db, scope)}
    order by s.cancelled_at is not null, s.id desc limit 1`;
  return row && toSubject(row);
}

/** The website of this number (网站备案号) with its subject; undefined: none. */
export async function publicWebsite(
  db: Db,
  scope: Scope,
  number: string,
): Promise<Required<PublicRecord> | undefined> {
  const [row] = await db<(WebsiteRow & { subjectId: number })[]>`
    select ${websiteColumns(db)}, w.subject_id from websites w join subjects s on s.id = w.subject_id
    where w.number = ${number} and ${seenAt(db, scope)}
    order by w.cancelled_at is not null, w.id desc limit 1`;
  if (!row) return undefined;
  const [subject] = await db<PublicSubject[]>`
    select ${subjectColumns(db)} from subjects s where s.id = ${row.subjectId}`;
  if (!subject) return undefined;
  const { subjectId: _, ...website } = row;
  return { subject: toSubject(subject), website: toWebsite(website) };
}

/** The number of the website that a domain (punycode, lower case) is filed with; undefined: none. */
export async function numberOfDomain(db: Db, scope: Scope, domain: string): Promise<string | undefined> {
  const [row] = await db<{ number: string }[]>`
    select w.number from domains d join websites w on w.id = d.website_id join subjects s on s.id = w.subject_id
    where d.domain = ${domain} and ${seenAt(db, scope)}
    order by d.cancelled_at is not null, w.cancelled_at is not null, w.id desc limit 1`;
  return row?.number;
}

/** Websites of a unit by their ids, a page at a time: those after `after`. Of a person none are listed together. */
export async function websitesOfUnit(
  db: Db,
  { id }: PublicSubject,
  { after = 0, limit }: { after?: number; limit: number },
): Promise<PublicWebsite[]> {
  const rows = await db<WebsiteRow[]>`
    select ${websiteColumns(db)} from websites w join subjects s on s.id = w.subject_id
    where w.subject_id = ${id} and s.name is not null and w.cancelled_at is null and w.id > ${after}
    order by w.id limit ${limit}`;
  return rows.map(toWebsite);
}

/** Brackets are written wide on licences and narrow on keyboards: any one sign stands for them. */
const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&").replace(/[()（）]/g, "_")}%`;

/** Units with these words in their name, newest first, a page at a time: those with an id below `before`. */
export async function unitsNamed(
  db: Db,
  scope: Scope,
  words: string,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
): Promise<PublicSubject[]> {
  const rows = await db<PublicSubject[]>`
    select ${subjectColumns(db)} from subjects s
    where s.name ilike ${pattern(words)} and s.cancelled_at is null and ${seenAt(db, scope)} and s.id < ${before}
    order by s.id desc limit ${limit}`;
  return rows.map(toSubject).filter(({ name }) => name !== null);
}
