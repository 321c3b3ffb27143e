import * as assert from "uvu/assert";
import { newDomain } from "./elsewhere.ts";
import {
  checkType,
  everybodyReads,
  goesOnWith,
  goesToBureau,
  icpPassword,
  isDone,
  openRecord,
  page,
  passesReviews,
  recordReads,
  type Sentence,
  type Story,
  submit,
} from "./story.ts";

/** What goes is shown and must be confirmed, then why it goes is asked. `seen` stands on the page that asks. */
async function beginCancellation(story: Story, kind: string, link: string, seen: string[]): Promise<void> {
  const { at } = story;
  await openRecord(story, /^注销备案/);
  await at.sees("注销备案");
  await at.looksRight("what to cancel");
  await at.page.locator(`main a[href*="${link}"]`).last().click();
  await at.quiet();
  await at.sees(kind);
  for (const words of seen) await at.reads(words);
  await at.looksRight(`confirmation: ${kind}`);
  await at.press(`开始${kind}`);
  await at.isTakenToProblems("请确认");
  await at.tick("confirmed", "1");
  await at.type({ icpPassword });
  await at.press(`开始${kind}`);
  goesOnWith(story);
}

async function saysWhy(story: Story, kind: string): Promise<void> {
  const { at } = story;
  await at.open(page(story, "/reason"));
  await at.looksRight(`reason: ${kind}`);
  await at.choose("reason", "1");
  await at.type({ explanation: "示例网站停办" });
  await at.press("保存并继续");
  await submit(story, kind);
}

/** 取消接入: one of two accesses. */
export const cancelAccess: Sentence[] = [
  [
    "when one of two accesses is cancelled, then the website stays",
    async (story) => {
      await beginCancellation(story, "取消接入", "of=access", ["只取消下面一个接入"]);
      await saysWhy(story, "取消接入");
      await passesReviews(story, "取消接入", ["示例网站停办"]);
      await goesToBureau(story, false);
      await isDone(story, "取消接入成功", "取消接入", "取消接入已完成");
      const aboutCheck = new RegExp(`短信核验[^]*${story.number}`);
      const told = story.world.mailbox.received.filter(({ mail }) => aboutCheck.test(mail.text ?? ""));
      assert.is(told.length, 0, "no short-message check for 取消接入");
      await recordReads(story, "已取消");
      await everybodyReads(story, `${story.record.number}-1`, "备案有效");
    },
  ],
];

/** 注销网站: the newest of the record. */
export const cancelWebsite: Sentence[] = [
  [
    "when a website is cancelled, then everybody reads it, and its subject stays",
    async (story) => {
      const { number } = story.record;
      await beginCancellation(story, "注销网站", "of=website", [newDomain(story, "add"), "主体保留"]);
      await saysWhy(story, "注销网站");
      await passesReviews(story, "注销网站", ["示例网站停办"]);
      await goesToBureau(story);
      await isDone(story, "注销成功", "注销网站", "注销网站已完成");
      await recordReads(story, "已注销");
      await everybodyReads(story, `${number}-2`, "这个备案号已经注销");
      await everybodyReads(story, number, "备案有效");
    },
  ],
];

/** 注销主体 with everything that is left of it. */
export const cancelSubject: Sentence[] = [
  [
    "when the subject is cancelled, then what goes with it was shown before, and all of it is cancelled",
    async (story) => {
      const { number, domain } = story.record;
      await beginCancellation(story, "注销主体", "of=subject", [domain, "个网站", "一起注销"]);
      await saysWhy(story, "注销主体");
      await passesReviews(story, "注销主体", [domain]);
      await goesToBureau(story);
      await isDone(story, "注销成功", "注销主体", "注销主体已完成");
      await recordReads(story, "已注销");
      for (const one of [number, `${number}-1`]) await everybodyReads(story, one, "这个备案号已经注销");
    },
  ],
  [
    "then its certificate and its domain are free for a first filing again",
    async (story) => {
      const { at, record, number } = story;
      await checkType(story, /^新增备案/, record);
      await at.sees("主办单位");
      goesOnWith(story);
      assert.is.not(story.number, number);
    },
  ],
];
