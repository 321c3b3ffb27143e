import * as assert from "uvu/assert";
import { act, pick } from "../../support/journey-staff.ts";
import {
  becomes,
  bureauReturns,
  claimed,
  everybodyReads,
  goesOnWith,
  goesToBureau,
  isDone,
  mailAbout,
  openRecord,
  page,
  passesReviews,
  recordReads,
  type Sentence,
  type Story,
  submit,
} from "./story.ts";

const OLD_ADDRESS = "示例路100号3幢201室";
const NEW_ADDRESS = "示例路200号5幢101室";
const OLD_SITE = "示例茶叶商城";
const REFUSED_SITE = "天下第一茶馆";
const NEW_SITE = "示例茶艺馆";
const WORDS = "网站名称与主办单位无关，请修改。";

/** 变更备案 from the home page: one of the four is chosen, and its form is opened. */
export async function beginChange(story: Story, what: string): Promise<void> {
  const { at } = story;
  await openRecord(story, /^变更备案/);
  await at.sees("变更备案");
  await at.looksRight("what to change");
  await at.page
    .getByRole("radio", { name: new RegExp(`^${what}`) })
    .first()
    .check();
  await at.press("开始变更");
  goesOnWith(story);
}

/** The history of the record says what it was, and what it is. */
async function historyReads({ at, record }: Story, before: string, after: string): Promise<void> {
  await at.open(`/records/${record.id}/history`);
  await at.reads(`${before} → ${after}`);
  await at.looksRight("history of a record");
}

/** 变更主体. */
export const changeSubject: Sentence[] = [
  [
    "when nothing is chosen, then the page of 变更备案 asks for one of the four",
    async (story) => {
      const { at } = story;
      await openRecord(story, /^变更备案/);
      await at.press("开始变更");
      await at.isTakenToProblems("请选择要变更什么");
    },
  ],
  [
    "when the address of the subject is changed, then the old one stands beside the new one until it is submitted",
    async (story) => {
      const { at } = story;
      await beginChange(story, "变更主体");
      await at.open(page(story, "/subject"));
      await at.looksRight("subject of a change");
      await at.type({ address: NEW_ADDRESS });
      await at.press("保存并继续");
      await at.open(page(story, "/check"));
      await at.reads(`改前：${OLD_ADDRESS}`);
      await submit(story, "change of a subject");
    },
  ],
  [
    "when the reviewer sees both and passes it, and the bureau too, then the record has the new address",
    async (story) => {
      await passesReviews(story, "change of a subject", ["变更主体", OLD_ADDRESS, NEW_ADDRESS]);
      assert.match(await mailAbout(story, "信息初审已通过"), /接下来由我们提交管局/);
      await goesToBureau(story);
      await isDone(story, "变更成功", "change of a subject", "变更主体已完成");
      await recordReads(story, NEW_ADDRESS, "变更主体");
      await historyReads(story, OLD_ADDRESS, NEW_ADDRESS);
    },
  ],
];

/** 变更网站, which the bureau refuses once. */
export const changeWebsite: Sentence[] = [
  [
    "when the name of the website is changed and submitted, then it goes to the bureau",
    async (story) => {
      const { at } = story;
      await beginChange(story, `变更网站：${OLD_SITE}`);
      await at.open(page(story, "/websites/1"));
      await at.looksRight("website of a change");
      await at.type({ siteName: REFUSED_SITE });
      await at.press("保存并继续");
      await submit(story, "change of a website");
      await passesReviews(story, "change of a website", [OLD_SITE, REFUSED_SITE]);
      await goesToBureau(story);
    },
  ],
  [
    "when the bureau refuses it, then the reviewer passes the bureau's words on to the registrant",
    async (story) => {
      await bureauReturns(story, WORDS);
      await becomes(story, "管局退回");
      await story.at.looksRight("filing that the bureau refused");
      const reviewer = await claimed(story, "李四");
      await reviewer.reads(WORDS);
      await reviewer.looksRight("console filing that the bureau refused");
      await pick(reviewer, "bureau.words");
      await act(reviewer, "q", /^退回/);
      await mailAbout(story, "备案单退回");
      await story.at.open(page(story));
      await story.at.reads(WORDS);
      await story.at.looksRight("returned change");
    },
  ],
  [
    "when the name is corrected and sent once more, and the bureau approves, then the record has it",
    async (story) => {
      const { at, record } = story;
      await at.open(page(story, "/websites/1"));
      await at.type({ siteName: NEW_SITE });
      await at.press("保存并继续");
      await submit(story, "change of a website, again");
      await passesReviews(story, "change of a website, again", [NEW_SITE, "第2次提交"]);
      await goesToBureau(story);
      await isDone(story, "变更成功", "change of a website", "变更网站已完成");
      await recordReads(story, NEW_SITE);
      await historyReads(story, OLD_SITE, NEW_SITE);
      await everybodyReads(story, `${record.number}-1`, "备案有效", NEW_SITE);
    },
  ],
];

/** 变更接入. */
export const changeAccess: Sentence[] = [
  [
    "when the address of an access is changed and approved, then the record has the new one",
    async (story) => {
      const { at } = story;
      await beginChange(story, `变更接入：${NEW_SITE}`);
      await at.press(/^继续填写|^核对信息/);
      const form = at.page.locator("#ips");
      const before = await form.inputValue();
      await at.looksRight("access of a change");
      await at.type({ ips: "203.0.113.211" });
      await at.press("保存并继续");
      await submit(story, "change of an access");
      await passesReviews(story, "change of an access", [before, "203.0.113.211"]);
      await goesToBureau(story);
      await isDone(story, "变更成功", "change of an access", "变更接入已完成");
      await recordReads(story, "203.0.113.211");
      await historyReads(story, before, "203.0.113.211");
    },
  ],
];
