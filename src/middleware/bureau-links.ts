import type { Db } from "../db/client.ts";
import { hasRole, type Staff } from "../models/actor.ts";
import { unreadBulletins } from "../models/bulletin/rows.ts";
import { parkedCount, unreadableAnswers } from "../models/bureau/answer-list.ts";
import { openCutCount } from "../models/cut/rows.ts";
import { inquiryCount } from "../models/inquiry/lists.ts";
import { inspectionCount } from "../models/inspection/rows.ts";
import { openDifferenceCount } from "../models/reconciliation/list.ts";
import { sitesWaiting } from "../models/reported-site/list.ts";
import { dueTerminations } from "../models/termination/rows.ts";
import type { QueueLink } from "../view.ts";

/** A page about the bureau for 上报 and 主管; `count` is what waits there for a person. */
type BureauPage = Omit<QueueLink, "count" | "overdue"> & {
  count?(db: Db, actor: Staff): Promise<number | { total: number; overdue: number }>;
};

/** What is worked on every day, in the order of the side bar. */
const daily: readonly BureauPage[] = [
  { id: "packages", href: "/console/bureau", text: "上报与结果" },
  { id: "parked", href: "/console/bureau/parked", text: "待人工处理", count: parkedCount },
  { id: "inquiries", href: "/console/inquiries", text: "核实任务", count: inquiryCount },
  { id: "unfiled-sites", href: "/console/unfiled-sites", text: "未备案网站", count: sitesWaiting },
  { id: "cuts", href: "/console/cuts", text: "断开接入", count: openCutCount },
  { id: "terminations", href: "/console/terminations", text: "取消接入", count: dueTerminations },
];

/** What is read, looked up and compared now and then. */
const occasional: readonly BureauPage[] = [
  { id: "bulletins", href: "/console/bulletins", text: "管局通知", count: unreadBulletins },
  { id: "inspections", href: "/console/inspections", text: "核查结果", count: inspectionCount },
  { id: "reconciliation", href: "/console/reconciliation", text: "对账", count: openDifferenceCount },
  { id: "blacklist", href: "/console/blacklist", text: "黑名单" },
  { id: "answers", href: "/console/bureau/answers", text: "下载文件", count: unreadableAnswers },
];

/** The links of the groups 管局 and 管局资料, each with its count; none for who has nothing to do with a bureau. */
export async function bureauLinks(
  db: Db,
  actor: Staff,
): Promise<{ daily: QueueLink[]; occasional: QueueLink[] }> {
  if (!hasRole(actor, "submitter")) return { daily: [], occasional: [] };
  const [first, second] = await Promise.all([counted(db, actor, daily), counted(db, actor, occasional)]);
  return { daily: first, occasional: second };
}

const counted = (db: Db, actor: Staff, pages: readonly BureauPage[]): Promise<QueueLink[]> =>
  Promise.all(
    pages.map(async ({ count, ...link }) => {
      if (!count) return link;
      const waiting = await count(db, actor);
      if (typeof waiting === "number") return { ...link, count: waiting };
      return { ...link, count: waiting.total, overdue: waiting.overdue };
    }),
  );
