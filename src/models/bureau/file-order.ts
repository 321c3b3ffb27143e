import type { Db } from "../../db/client.ts";
import { bureauTime } from "../reported-site/times.ts";
import type { Applied } from "./results.ts";

/** 20261204162000_ZJ_17.xml: when a bureau made a file, and which it was. */
const NAMED = /^(\d{14})_[^_]*_(\d{1,15})/;

/** What the name of a file tells of its place in the order of files; nothing where it has another shape. */
export function namedOrder(fileName: string): { at: Date | null; number: number } {
  const [, stamp = "", number] = NAMED.exec(fileName) ?? [];
  const at = bureauTime(stamp);
  return at ? { at, number: Number(number) } : { at: null, number: 0 };
}

/** Condition: the file `a` of bureau_answers was made after this one. Of the same moment neither is. */
export const isAfter = (db: Db, answerId: number) => db`
  (a.said_at, a.said_number) > (select t.said_at, t.said_number from bureau_answers t where t.id = ${answerId})`;

/** Note of what a newer file has spoken of, while this one was parked or under way. */
export const SAID_SINCE = "较新的文件里已经说过，这一条不再办理";

/** An older file that is read late changes nothing. */
export const outdated: Applied = { outcome: "repeated", filingId: null, note: SAID_SINCE };
