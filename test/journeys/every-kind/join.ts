import * as assert from "uvu/assert";
import { enqueue } from "../../../src/jobs.ts";
import { filingOf } from "../../support/journey-records.ts";
import { seedElsewhere } from "./elsewhere.ts";
import { fillAccess } from "./forms.ts";
import {
  checkType,
  everybodyReads,
  goesOnWith,
  goesToBureau,
  icpPassword,
  isDone,
  mailAbout,
  page,
  passesReviews,
  type Sentence,
  submit,
} from "./story.ts";

/** 新增接入: the website is on record with another provider and shall be here as well. */
export const join: Sentence[] = [
  [
    "given a website that is on record elsewhere, then 网站备案号 and 备案密码 are asked for, and wrong ones refused",
    async (story) => {
      const { at } = story;
      const { certNumber, domain, name, number } = seedElsewhere(story, "join");
      await checkType(story, /^新增接入/, { certNo: certNumber, domain });
      await at.sees("新增接入");
      await at.looksRight("type check, join");
      await at.type({ number: `${number}-1`, name, password: "Wrong999" });
      await at.type({ siteName: seedElsewhere(story, "join").site });
      await at.press("开始填写");
      await at.isTakenToProblems("备案密码不对");
      assert.is(await at.page.locator("#password").inputValue(), "");
      await at.type({ password: icpPassword });
      await at.press("开始填写");
      goesOnWith(story);
    },
  ],
  [
    "when the access is filled in and all is submitted, then the page says from when it may be open",
    async (story) => {
      const { at } = story;
      await at.open(page(story, "/websites/1/accesses/1"));
      await fillAccess(story, "203.0.113.203");
      await submit(story, "join");
      await at.reads("可开通访问");
      await at.reads("提交初审7小时后");
    },
  ],
  [
    "when seven hours have passed, then the mail and the page say that it may be open now",
    async (story) => {
      const { world, at } = story;
      const { id: filingId } = await filingOf(world, story.number);
      await world.db`update filings set access_open_at = now() where id = ${filingId}`;
      await enqueue(world.db, "open-access", { filingId }, { key: `open-access:${filingId}` });
      await mailAbout(story, "网站可以开通访问了");
      await at.open(page(story));
      await at.reads("现在可以开通访问");
      await at.looksRight("filing of a join");
    },
  ],
  [
    "when the bureau passes it, then the website is on record here with its access",
    async (story) => {
      const { at } = story;
      const { number, domain, site } = seedElsewhere(story, "join");
      await passesReviews(story, "join", ["新增接入", site]);
      await goesToBureau(story);
      await isDone(story, "接入备案成功", "join");
      await at.open("/records");
      await at.reads(`${number}-1`);
      await at.page.getByRole("link", { name: /^查看/ }).first().click();
      await at.quiet();
      for (const words of [domain, "网站接入", "203.0.113.203"]) await at.reads(words);
      await everybodyReads(story, `${number}-1`, "备案有效", site);
    },
  ],
];
