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

/** Everything to do with the bureau beside the filings themselves, in the order of the side bar. */
const pages: readonly BureauPage[] = [
  { id: "packages", href: "/console/bureau", text: "上报与结果" },
  { id: "answers", href: "/console/bureau/answers", text: "下载文件", count: unreadableAnswers },
  { id: "parked", href: "/console/bureau/parked", text: "待人工处理", count: parkedCount },
  { id: "unfiled-sites", href: "/console/unfiled-sites", text: "未备案网站", count: sitesWaiting },
  { id: "blacklist", href: "/console/blacklist", text: "黑名单" },
  { id: "inquiries", href: "/console/inquiries", text: "核实任务", count: inquiryCount },
  { id: "inspections", href: "/console/inspections", text: "核查结果", count: inspectionCount },
  { id: "bulletins", href: "/console/bulletins", text: "管局通知", count: unreadBulletins },
  { id: "reconciliation", href: "/console/reconciliation", text: "对账", count: openDifferenceCount },
  { id: "terminations", href: "/console/terminations", text: "取消接入", count: dueTerminations },
  { id: "cuts", href: "/console/cuts", text: "断开接入", count: openCutCount },
];

/** The links of the group 管局, each with its count. */
export async function bureauLinks(db: Db, actor: Staff): Promise<QueueLink[]> {
  if (!hasRole(actor, "submitter")) return [];
  return Promise.all(
    pages.map(async ({ count, ...link }) => {
      if (!count) return link;
      const waiting = await count(db, actor);
      if (typeof waiting === "number") return { ...link, count: waiting };
      return { ...link, count: waiting.total, overdue: waiting.overdue };
    }),
  );
}
