import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import type { Store } from "../store.ts";
import { type Inquiry, type InquiryRow, inquiryColumns, recordAsked } from "./rows.ts";

/** A line of the list: what is asked about, as the bureau calls it. */
export type ListedInquiry = Inquiry & {
  name: string;
  sites: string[];
  /** 主体备案号, of a record that we have. */
  number: string | null;
};

type Row = InquiryRow & { number: string | null };

/** Where the page before ended. */
export type DueCursor = { dueAt: Date; id: number };

const listed =
  (store: Store) =>
  (row: Row): ListedInquiry => {
    const { dataKey: _, recordSealed: __, answerSealed: ___, ...inquiry } = row;
    const { subject, websites } = recordAsked(store, row);
    return { ...inquiry, name: subject.name, sites: websites.map(({ name }) => name) };
  };

/** Those that are not settled, the most urgent first. */
export async function openInquiries(
  store: Store,
  { ispId }: Pick<Staff, "ispId">,
  { after, limit }: { after?: DueCursor | undefined; limit: number },
): Promise<ListedInquiry[]> {
  const { db } = store;
  const from = after ? db`and (q.due_at, q.id) > (${after.dueAt}, ${after.id})` : db``;
  const rows = await db<Row[]>`
    select ${inquiryColumns(db)}, s.number from inquiries q left join subjects s on s.id = q.subject_id
    where q.isp_id = ${ispId} and q.state <> 'settled' ${from} order by q.due_at, q.id limit ${limit}`;
  return rows.map(listed(store));
}

/** Those that the bureau has the answer of, newest first. */
export async function settledInquiries(
  store: Store,
  { ispId }: Pick<Staff, "ispId">,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number | undefined; limit: number },
): Promise<ListedInquiry[]> {
  const { db } = store;
  const rows = await db<Row[]>`
    select ${inquiryColumns(db)}, s.number from inquiries q left join subjects s on s.id = q.subject_id
    where q.isp_id = ${ispId} and q.state = 'settled' and q.id < ${before} order by q.id desc limit ${limit}`;
  return rows.map(listed(store));
}

/** How many wait for an answer of staff, and how many of them are overdue. */
export async function inquiryCount(
  db: Db,
  { ispId }: Pick<Staff, "ispId">,
): Promise<{ total: number; overdue: number }> {
  const [row] = await db<{ total: number; overdue: number }[]>`
    select count(*) as total, count(*) filter (where due_at < now()) as overdue from inquiries
    where isp_id = ${ispId} and state = 'open'`;
  return row ?? { total: 0, overdue: 0 };
}
