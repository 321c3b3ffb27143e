import { sceneOf } from "../../src/models/notice/scene.ts";
import { beginSending } from "../../src/models/notice/sending.ts";
import { mailText } from "../../worker/notice-text.ts";
import type { World } from "../support/app.ts";
import { type Figure, type Row, rowOf } from "./row.ts";

/** Bytes of the mails that have come up so far, one of each kind, heaviest first: words and HTML together. */
export async function mailWeights({ db, store, config }: World): Promise<Row[]> {
  const queued = await db<{ id: string }[]>`
    select distinct on (template) id from notices where channel = 'mail' and state = 'queued' order by template, id`;
  const figures: Figure[] = [];
  for (const { id } of queued) {
    const notice = await beginSending(store, id);
    if (!notice) continue;
    const occasion = { publicUrl: config.publicUrl, now: new Date(), code: "123456" };
    const { html, text } = mailText(notice, await sceneOf(store, notice), occasion);
    figures.push({ what: notice.template, measured: Buffer.byteLength(html + text), unit: "bytes" });
  }
  return figures.toSorted((a, b) => b.measured - a.measured).map(rowOf);
}
