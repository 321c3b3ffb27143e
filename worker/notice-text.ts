import { textOfHtml, titleOfHtml } from "../src/lib/html-text.ts";
import { type Scene, wordsOf } from "../src/models/notice/scene.ts";
import type { Sending } from "../src/models/notice/sending.ts";
import { render } from "../src/view.ts";

/** Minutes for which a code holds; see the column `codes.expires_at`. */
const CODE_MINUTES = 10;

export type NoticeText = { subject: string; html: string; text: string };

/** What a rendering needs beside the notice: PUBLIC_URL, now, and the code if the notice carries one. */
export type Occasion = { publicUrl: string; now: Date; code?: string };

/** The provider's own address: PUBLIC_URL with its host, where the host of PUBLIC_URL is not one of its hosts. */
export function baseUrl(publicUrl: string, hosts: readonly string[]): string {
  const url = new URL(publicUrl);
  const [first] = hosts;
  if (first && !hosts.includes(url.hostname) && !hosts.includes(url.host)) {
    if (first.includes(":")) url.host = first;
    else url.hostname = first;
  }
  return url.href.replace(/\/+$/, "");
}

function noticeData(
  notice: Sending,
  scene: Scene,
  { publicUrl, now, code }: Occasion,
): Record<string, unknown> {
  const base = baseUrl(publicUrl, scene.isp.hosts);
  const url = (path: string): string => base + path;
  const area = scene.isStaff ? "/console/filings/" : "/filings/";
  return {
    ...notice.variables,
    ...scene,
    ...{ now, code, url, createdAt: notice.createdAt, minutes: CODE_MINUTES },
    ...(scene.filing ? wordsOf(scene.filing) : {}),
    filingUrl: scene.filing && url(area + scene.filing.number),
  };
}

/** A mail: the view's HTML, its title as the subject, and the same words as plain text. */
export function mailText(notice: Sending, scene: Scene, occasion: Occasion): NoticeText {
  const html = render(`mail/${notice.template}`, noticeData(notice, scene, occasion)).trimStart();
  return { subject: titleOfHtml(html), html, text: textOfHtml(html) };
}

/** A short message: one line. */
export function smsText(notice: Sending, scene: Scene, occasion: Occasion): string {
  // Short messages are plain text: what the view escapes for HTML is taken back.
  return textOfHtml(render(`sms/${notice.template}`, noticeData(notice, scene, occasion))).trim();
}
