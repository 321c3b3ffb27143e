import { newId } from "../lib/ids.ts";
import type { Actor } from "../models/actor.ts";
import { type Filing, filingsById } from "../models/filing/rows.ts";
import { sectionsOf } from "../models/filing/sections.ts";
import type { State } from "../models/filing/states.ts";
import { writeMessage } from "../models/message/message.ts";
import { askSupplement } from "../models/supplement/ask.ts";
import type { Company } from "./company.ts";

/** 留言 both ways, and a paper that staff ask for (补传资料). */
export async function seedTalk(company: Company): Promise<void> {
  const { store, registrant, reviewer, submitter } = company;
  const [waiting, returned, sent] = await Promise.all([
    firstIn(company, "initial_review"),
    firstIn(company, "returned"),
    firstIn(company, "at_bureau"),
  ]);
  const say = (filing: Filing, actor: Actor, words: string) =>
    writeMessage(store, { filingId: filing.id, actor, requestId: newId() }, words);
  await say(waiting, registrant, "请问初审一般要多久？下周有活动要用网站。");
  await say(waiting, reviewer, "您好，一般一到两个工作日。您的备案单已经在排队了。");
  await say(returned, registrant, "租赁合同是英文的，可以用吗？");
  const subject = (await sectionsOf(store, sent)).find(({ kind }) => kind === "subject");
  await askSupplement(
    store,
    { filingId: sent.id, actor: submitter, requestId: newId() },
    {
      slot: "other",
      sectionId: subject?.id ?? 0,
      wish: "管局来电，请补一份域名与主办者关系的说明，签字盖章。",
    },
  );
}

/** The oldest 首次备案 in a state. */
async function firstIn({ store: { db }, registrant }: Company, state: State): Promise<Filing> {
  const [row] = await db<{ id: number }[]>`
    select id from filings where account_id = ${registrant.accountId} and state = ${state} and kind = 'first'
    order by id limit 1`;
  const filing = (await filingsById(db, registrant, [row?.id ?? 0])).get(row?.id ?? 0);
  if (!filing) throw new Error(`the demo has no filing in ${state}`);
  return filing;
}
