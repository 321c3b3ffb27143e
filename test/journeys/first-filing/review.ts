import * as assert from "uvu/assert";
import type { Person } from "../../support/journey-person.ts";
import { pictures } from "../../support/journey-pictures.ts";
import { upload } from "../../support/journey-registrant.ts";
import { act, claimNext, pick } from "../../support/journey-staff.ts";
import { arrive, type Chapter, page, type Tale } from "./tale.ts";

const reviewerOf = ({ reviewer }: Tale): Person => {
  if (!reviewer) throw new Error("nobody reviews yet");
  return reviewer;
};

/** A reviewer returns the filing for two reasons; the registrant corrects them; the reviewer approves. */
export const review: Chapter = [
  [
    "when a reviewer claims it, everything stands on one page",
    async (tale) => {
      tale.reviewer = await arrive(tale, "李四");
      const { who } = tale;
      const at = reviewerOf(tale);
      await claimNext(at, "initial", who.siteName);
      for (const words of [who.company, who.certNo, who.domain, "203.0.113.18"]) await at.reads(words);
      // What was read on the pictures is what was typed; whether the name fits is left to the reviewer.
      await at.reads(/[12]处请核对。/);
      await at.reads("网站名称和主办单位名称没有相同的字");
      assert.not.match(await at.read(), /照片上读到|处错误|处提示/);
      await at.looksRight("console filing");
    },
  ],
  [
    "when the reviewer returns it for two reasons, then the mail names both",
    async (tale) => {
      const { world, who } = tale;
      const at = reviewerOf(tale);
      await pick(at, ".@form.sign-or-seal");
      await pick(at, ".siteName.name-unrelated");
      if (at.way.js) await at.reads("主办者将看到（2处）");
      await act(at, "q", /^退回/);
      const mail = await world.mailTo(who.email, /备案单退回，有2处要改/);
      assert.match(mail, /核验单/);
      assert.match(mail, /网站名称/);
    },
  ],
  [
    "when the registrant corrects both, then what changed is marked",
    async (tale) => {
      const { world, registrant: at, who } = tale;
      const mail = await world.mailTo(who.email, /备案单退回/);
      await at.open(/https?:\/\/\S+/.exec(mail)?.[0] ?? "");
      await at.reads("改好2处，再次提交");
      await at.looksRight("returned filing");
      await at.open(page(tale, "/websites/1"));
      await at.looksRight("returned website");
      await at.type({ siteName: who.newName });
      await at.press("保存并继续");
      await at.open(page(tale, "/materials"));
      await at.looksRight("returned materials");
      await upload(at, "form", await pictures.signedForm(who));
      await at.open(page(tale, "/check"));
      assert.is(await at.page.getByText("退回后改过").count(), 2);
      await at.looksRight("summary with changes");
      await at.page.locator("#agree").check();
      await at.goOn("提交初审", who.newName);
    },
  ],
  [
    "then the reviewer sees what changed, and approves",
    async (tale) => {
      const { world, who } = tale;
      const at = reviewerOf(tale);
      await claimNext(at, "again", who.newName);
      await at.reads("上次提交后改了2处");
      await at.reads(who.siteName);
      await at.looksRight("console filing, again");
      await act(at, "a", /^通过/);
      await world.mailTo(who.email, /信息初审已通过/);
    },
  ],
];
