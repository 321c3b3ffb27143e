import { createMiddleware } from "hono/factory";
import type { Db } from "../db/client.ts";
import { memory } from "../lib/memory.ts";
import { hasRole, type Staff } from "../models/actor.ts";
import { expectedToday } from "../models/appointment/rows.ts";
import { proposedCount } from "../models/code-table/rows.ts";
import { orderedCurtains } from "../models/curtain/waiting.ts";
import { type QueueCount, type QueueName, queueCounts, queues } from "../models/filing/queues.ts";
import { unansweredCount } from "../models/message/unanswered.ts";
import { papersWaiting } from "../models/paper/papers.ts";
import { supplementCount } from "../models/supplement/lists.ts";
import type { QueueGroup, QueueLink } from "../view.ts";
import { bureauLinks } from "./bureau-links.ts";
import type { Ctx, Env, WebDeps } from "./env.ts";

/** Pictures and the login draw no side bar. */
const WITHOUT = /^\/console\/(filings\/[^/]+\/materials\/|login|logout)/;

/** Who works on filings; who only administers sees none, and no queue. */
const worksOnFilings = ({ roles }: Staff): boolean => roles.some((role) => role !== "administrator");

function linksOf(counts: readonly QueueCount[], group: string): QueueLink[] {
  return counts
    .filter(({ name }) => queues[name].group === group)
    .map(({ name, total, overdue }) => linkOf(name, total, overdue));
}

const linkOf = (name: QueueName, count: number, overdue: number): QueueLink => ({
  id: name,
  href: `/console/queue?stage=${name}`,
  text: queues[name].label,
  count,
  overdue,
});

/** The side bar of a member of staff, with its counts. */
export async function queueGroups({ db }: WebDeps, actor: Staff): Promise<QueueGroup[]> {
  if (!worksOnFilings(actor)) return administration(db, actor);
  const [counts, messages, supplements, curtains, papers, today, bureau] = await Promise.all([
    queueCounts(db, actor),
    unansweredCount(db, actor),
    supplementCount(db, actor),
    orderedCurtains(db, actor),
    papersWaiting(db, actor),
    expectedToday(db, actor),
    bureauLinks(db, actor),
  ]);
  return [
    {
      title: "我的",
      links: [
        ...linksOf(counts, "我的"),
        { id: "on-behalf", href: "/console/accounts", text: "代为备案" },
        { id: "messages", href: "/console/messages", text: "新留言", count: messages },
        { id: "supplements", href: "/console/supplements", text: "补传资料", count: supplements },
      ],
    },
    { title: "审核", links: linksOf(counts, "审核") },
    {
      title: "寄送",
      links: [
        { id: "curtains", href: "/console/curtains", text: "幕布申请", count: curtains },
        { id: "papers", href: "/console/papers", text: "纸质材料", count: papers },
        { id: "appointments", href: "/console/appointments", text: "今天的面签", count: today },
      ],
    },
    { title: "管局", links: [...linksOf(counts, "管局"), ...bureau.daily] },
    ...(bureau.occasional.length > 0 ? [{ title: "管局资料", links: bureau.occasional }] : []),
    {
      title: "查询",
      links: [
        { id: "records", href: "/console/records", text: "备案信息" },
        { id: "history", href: "/console/history", text: "历史记录" },
      ],
    },
    ...(await administration(db, actor)),
  ];
}

/** What a 管理员 looks after. */
const administered: readonly QueueLink[] = [
  { id: "announcements", href: "/console/announcements", text: "公告" },
  { id: "questions", href: "/console/questions", text: "常见问题" },
  { id: "places", href: "/console/places", text: "邮寄和面签地址" },
  { id: "hook", href: "/console/settings/hook", text: "网络回调" },
  { id: "settings", href: "/console/settings", text: "设置" },
];

const administration = async (db: Db, actor: Staff): Promise<QueueGroup[]> => {
  const links = [...(await supervised(db, actor)), ...(hasRole(actor, "administrator") ? administered : [])];
  return links.length > 0 ? [{ title: "管理", links }] : [];
};

/** What 主管 look after too. */
const supervised = async (db: Db, actor: Staff): Promise<QueueLink[]> =>
  hasRole(actor, "administrator", "supervisor")
    ? [
        { id: "products", href: "/console/products", text: "产品" },
        { id: "provinces", href: "/console/provinces", text: "各省规则" },
        { id: "words", href: "/console/settings/words", text: "敏感词和名称词表" },
        {
          ...{ id: "codes", href: "/console/settings/codes", text: "基础代码" },
          count: await proposedCount(db, actor.ispId),
        },
      ]
    : [];

/** How long the numbers of a side bar may be old, in milliseconds. */
const FRESH = 1_000;

/**
 * Fills the side bar of the console for whoever is signed in there. What is posted to this process counts at once; of
 * what happens elsewhere the numbers may be a second behind.
 */
export function queueLinks(deps: WebDeps) {
  const bars = memory<QueueGroup[]>(FRESH);
  return createMiddleware<Env>(async (c: Ctx, next) => {
    const { actor } = c.var;
    if (actor?.kind === "staff" && !WITHOUT.test(c.req.path)) {
      const key = `${actor.staffId} ${actor.roles.join()}`;
      c.set("queues", await bars.of(key, () => queueGroups(deps, actor)));
    }
    await next();
    if (c.req.method === "POST") bars.forget();
  });
}
