import type { Db } from "../../db/client.ts";
import { parseIcpNumber } from "../../vocabulary/icp-number.ts";
import type { Registrant, Staff } from "../actor.ts";
import type { Lookup } from "../filing/lookups.ts";
import { pattern } from "../search/search.ts";

/** What records (备案信息) are searched by; all of what is given must hold. */
export type RecordFilter = {
  /** A number in its usual form, of a subject or of a website. */
  number?: string;
  /** Part of the name of a unit (单位), or the whole name of a person who files (个人). */
  name?: string;
  /** Part of the name of a website. */
  siteName?: string;
  /** A registrable domain in punycode. */
  domain?: string;
  homePage?: string;
  ip?: string;
  state?: "valid" | "cancelled";
  /** Documents, names and telephones of persons: each of them must stand in the record. */
  persons?: readonly Lookup[];
};

/** Whose records an actor may see: a registrant their own, staff those of their provider unless they only administer. */
export function recordsVisibleTo(db: Db, actor: Registrant | Staff) {
  if (actor.kind === "registrant") return db`s.isp_id = ${actor.ispId} and s.account_id = ${actor.accountId}`;
  return actor.roles.some((role) => role !== "administrator") ? db`s.isp_id = ${actor.ispId}` : db`false`;
}

const numbered = (db: Db, ispId: number, number: string) =>
  parseIcpNumber(number)?.index === undefined
    ? db`s.number = ${number}`
    : db`s.id in (select subject_id from websites where isp_id = ${ispId} and number = ${number})`;

const ofName = (db: Db, name: string, named: readonly number[]) =>
  named.length > 0
    ? db`(s.name ilike ${pattern(name)} or (s.name is null and s.id = any(${[...named]}::bigint[])))`
    : db`s.name ilike ${pattern(name)}`;

/** Ids of the records that say what is personal in a filter: all its persons, and the name. */
export type OfPersons = { persons?: readonly number[]; named?: readonly number[] };

/**
 * The filter as a condition on `subjects s`; each part reads along an index of its own. How many ranges hold an address
 * nobody can guess, so they are looked up first, lest the planner walks through all records for them.
 */
export function matching(db: Db, ispId: number, filter: RecordFilter, { persons, named = [] }: OfPersons) {
  const { number, name, siteName, domain, homePage, ip, state } = filter;
  return db`
    ${number ? db`and ${numbered(db, ispId, number)}` : db``}
    ${persons ? db`and s.id = any(${[...persons]}::bigint[])` : db``}
    ${name ? db`and ${ofName(db, name, named)}` : db``}
    ${siteName ? db`and s.id in (select subject_id from websites where isp_id = ${ispId} and name ilike ${pattern(siteName)})` : db``}
    ${
      domain
        ? db`and s.id in (select w.subject_id from domains d join websites w on w.id = d.website_id
            where d.isp_id = ${ispId} and d.domain = ${domain})`
        : db``
    }
    ${
      homePage
        ? db`and s.id in (select subject_id from websites
            where isp_id = ${ispId} and values -> 'homePages' @> ${db.json([homePage])})`
        : db``
    }
    ${
      ip
        ? db`and s.id = any(array(
            select w.subject_id from access_ips i join accesses a on a.id = i.access_id join websites w on w.id = a.website_id
            where i.isp_id = ${ispId} and inet_range(i.first_ip, i.last_ip, '[]') @> ${ip}::inet))`
        : db``
    }
    ${state === "valid" ? db`and s.cancelled_at is null` : db``}
    ${state === "cancelled" ? db`and s.cancelled_at is not null` : db``}`;
}
