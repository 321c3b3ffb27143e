import { newId } from "../../src/lib/ids.ts";
import { againstHand } from "./lists.ts";
import type { Target } from "./load.ts";
import { startBaseline, startWeb } from "./processes.ts";
import { type Row, rowOf } from "./row.ts";
import type { Scene } from "./scene.ts";

/** So many filings take the messages, so that two requests seldom wait for one row. */
const FILINGS = 200;
const WORDS = "您好，营业执照的照片看不清，请在光线好的地方重新拍一张上传，四个角都要在画面里。";

/**
 * A form that staff post: checked, saved, an event of the filing's history, a notice with its job, all in one
 * transaction, against the same by hand.
 */
export async function postRows(scene: Scene, secretKeys: string): Promise<Row[]> {
  const numbers = await openFilings(scene);
  const ours = await startWeb(scene.url, secretKeys);
  const byHand = await startBaseline(scene.url);
  try {
    const csrf = await tokenOf(ours.url, scene.staff);
    const form = (extra: Record<string, string>) =>
      new URLSearchParams({ ...extra, requestId: newId(), body: WORDS }).toString();
    let count = 0;
    const next = () => numbers[count++ % numbers.length] ?? "";
    const a = posts(`${ours.url}/console/filings/:number/messages`, scene.staff, next, () => form({ csrf }));
    const b = posts(`${byHand.url}/messages/:number`, scene.staff, next, () => form({}));
    const what = "a form post (checked, saved, event, notice, job) of hand-written";
    return [rowOf(await againstHand(what, a, b))];
  } finally {
    for (const server of [ours, byHand]) await server.stop();
  }
}

const posts = (address: string, cookie: string, number: () => string, fresh: () => string): Target => ({
  url: address,
  path: () => new URL(address.replace(":number", number())).pathname,
  method: "POST",
  headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
  fresh,
  status: 303,
});

/** Filings of 张三 that may still be written about, under his account's key, so that notices can be addressed. */
async function openFilings({ store: { db }, people, rows }: Scene): Promise<string[]> {
  const { id } = people.registrants.张三;
  const found = await db<{ number: string }[]>`
    update filings set account_id = ${id} where id in (
      select id from filings where isp_id = ${people.isps.first} and state = 'initial_review' and id > ${rows} * 0.9
      order by id limit ${FILINGS})
    returning number`;
  return found.map(({ number }) => number);
}

/** The token of forms hangs on the session: that of any page will do. */
async function tokenOf(base: string, cookie: string): Promise<string> {
  const html = await (await fetch(`${base}/console/account`, { headers: { cookie } })).text();
  return /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
}
