import { kindName } from "../../vocabulary/filing.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { numberOfTarget } from "../record/target-number.ts";
import type { Announcement } from "./announce.ts";
import type { Context } from "./transition.ts";

/** The end of a filing: numbers where it brought some, else that it is done. */
export const announceNumber: Announcement = (context, cause) => {
  const { kind } = context.filing;
  return kind === "change" || kind === "cancel" ? tellDone(context, cause) : tellNumbers(context, cause);
};

async function tellNumbers({ store, filing }: Context, cause: string): Promise<void> {
  const [subject] = await store.db<{ number: string }[]>`
    select number from subjects where id = ${filing.subjectId} or filing_id = ${filing.id}`;
  const websites = await store.db<{ name: string; number: string }[]>`
    select w.name, w.number from websites w
    where w.filing_id = ${filing.id} or w.id in (select website_id from accesses where filing_id = ${filing.id})
    order by w.id`;
  const variables = {
    subjectNumber: subject?.number ?? "",
    websites: websites.map(({ name, number }) => ({ name, number })),
  };
  await noticeRegistrant(store, filing, "filing-numbered", variables, cause);
}

/** 变更网站 and 注销网站 are about the website's number, of an access that of its website. */
async function tellDone({ store, filing }: Context, cause: string): Promise<void> {
  const variables = { what: kindName(filing), number: await numberOfTarget(store.db, filing) };
  await noticeRegistrant(store, filing, "filing-done", variables, cause);
}
