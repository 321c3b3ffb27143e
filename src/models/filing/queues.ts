import type { Db } from "../../db/client.ts";
import type { FilingKind, Scope } from "../../vocabulary/filing.ts";
import type { Staff } from "../actor.ts";
import { type ListedFiling, listColumns, visibleTo } from "./rows.ts";
import type { State } from "./states.ts";

type QueueRow = {
  label: string;
  group: "审核" | "管局" | "我的";
  /** One state, so that the index gives the order. */
  state?: State;
  /** Further narrowing of the same index range. */
  only?: "first-round" | "later-round" | "claimed-by-me";
};

/** The console's queues in the order of the side bar; each is one range of one index. */
export const queues = {
  mine: { label: "我领取的", group: "我的", only: "claimed-by-me" },
  initial: { label: "信息初审", group: "审核", state: "initial_review", only: "first-round" },
  again: { label: "退回后重审", group: "审核", state: "initial_review", only: "later-round" },
  verification: { label: "信息核验", group: "审核", state: "verification" },
  ready: { label: "待提交管局", group: "审核", state: "ready" },
  "bureau-returned": { label: "管局退回", group: "审核", state: "bureau_returned" },
  uploading: { label: "正在提交", group: "管局", state: "uploading" },
  failed: { label: "上报失败", group: "管局", state: "upload_failed" },
  sms: { label: "待短信核验", group: "管局", state: "sms_pending" },
  bureau: { label: "待管局审核", group: "管局", state: "at_bureau" },
  approved: { label: "等待备案号", group: "管局", state: "approved" },
} as const satisfies Record<string, QueueRow>;

export type QueueName = keyof typeof queues;

export const queueNames = Object.keys(queues) as QueueName[];

export const isQueue = (name: string): name is QueueName => Object.hasOwn(queues, name);

export type QueueFilter = {
  province?: string;
  nature?: number;
  kind?: FilingKind;
  /** Of a change or a cancellation. */
  scope?: Scope;
  claimed?: "nobody" | "me";
  /** `overdue`, or due within three hours, or today. */
  age?: "overdue" | "soon";
  domain?: string;
};

/** Where the page before ended: the order is by due time, then id. */
export type Cursor = { dueAt: Date | null; id: number };

export type QueueEntry = ListedFiling & { claimedByName: string | null };

/** A page of a queue, most urgent first, only of the reviewer's own provider. */
export async function queuePage(
  db: Db,
  actor: Staff,
  name: QueueName,
  filter: QueueFilter = {},
  after?: Cursor,
  limit = 50,
): Promise<QueueEntry[]> {
  // A filing without a due time comes last; "infinity" gives it a place in the order that a cursor can name.
  const due = db`coalesce(f.due_at, 'infinity')`;
  const from = after
    ? db`and (${due}, f.id) > (coalesce(${after.dueAt}, 'infinity'::timestamptz), ${after.id})`
    : db``;
  return db<QueueEntry[]>`
    select ${listColumns(db)}, s.name as claimed_by_name
    from filings f left join staff s on s.id = f.claimed_by and f.claimed_until > now()
    where f.isp_id = ${actor.ispId} and ${visibleTo(db, actor)} and ${rangeOf(db, actor, name)} ${narrowed(db, actor, filter)} ${from}
    order by ${due}, f.id limit ${limit}`;
}

/** The filings of a queue, as a condition on `filings f`. */
export function rangeOf(db: Db, actor: Staff, name: QueueName) {
  const { state, only } = queues[name] as QueueRow;
  const inState = state ? db`f.state = ${state}` : db`true`;
  if (only === "first-round") return db`${inState} and f.round <= 1`;
  if (only === "later-round") return db`${inState} and f.round > 1`;
  if (only === "claimed-by-me") return db`f.claimed_by = ${actor.staffId} and f.claimed_until > now()`;
  return inState;
}

function narrowed(db: Db, actor: Staff, filter: QueueFilter) {
  const { province, nature, kind, scope, claimed, age, domain } = filter;
  return db`
    ${province ? db`and f.province = ${province}` : db``}
    ${nature ? db`and f.nature = ${nature}` : db``}
    ${kind ? db`and f.kind = ${kind}` : db``}
    ${scope ? db`and f.scope = ${scope}` : db``}
    ${claimed === "nobody" ? db`and (f.claimed_by is null or f.claimed_until <= now())` : db``}
    ${claimed === "me" ? db`and f.claimed_by = ${actor.staffId} and f.claimed_until > now()` : db``}
    ${age === "overdue" ? db`and f.due_at < now()` : db``}
    ${age === "soon" ? db`and f.due_at between now() and now() + interval '3 hours'` : db``}
    ${domain ? db`and f.domain = ${domain}` : db``}`;
}

export type QueueCount = { name: QueueName; total: number; overdue: number };

/** How many filings wait in each queue and how many of them are overdue: one query. */
export async function queueCounts(db: Db, actor: Staff): Promise<QueueCount[]> {
  const states = queueNames.flatMap((name) => (queues[name] as QueueRow).state ?? []);
  const rows = await db<{ state: State | null; later: boolean; total: number; overdue: number }[]>`
    select f.state, f.round > 1 as later, count(*) as total, count(*) filter (where f.due_at < now()) as overdue
    from filings f
    where f.isp_id = ${actor.ispId} and f.state = any(${[...new Set(states)]}) and ${visibleTo(db, actor)}
    group by 1, 2
    union all
    select null, false, count(*), count(*) filter (where f.due_at < now())
    from filings f where ${rangeOf(db, actor, "mine")} and ${visibleTo(db, actor)}`;
  return queueNames.map((name) => {
    const { state = null, only } = queues[name] as QueueRow;
    const parts = rows.filter(
      (row) =>
        row.state === state && (only === undefined || !state || row.later === (only === "later-round")),
    );
    return { name, total: sum(parts, "total"), overdue: sum(parts, "overdue") };
  });
}

const sum = (rows: readonly { total: number; overdue: number }[], key: "total" | "overdue"): number =>
  rows.reduce((all, row) => all + row[key], 0);

/** The most urgent filing of a queue that nobody holds, for 领取下一件. */
export async function nextUnclaimed(db: Db, actor: Staff, name: QueueName): Promise<QueueEntry | undefined> {
  const [next] = await queuePage(db, actor, name, { claimed: "nobody" }, undefined, 1);
  return next;
}
