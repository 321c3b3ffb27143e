import * as assert from "uvu/assert";
import { filingOf } from "../../support/journey-records.ts";
import { newDomain, seedElsewhere } from "./elsewhere.ts";
import { fillAccess, fillSubject, fillWebsite } from "./forms.ts";
import {
  checkType,
  everybodyReads,
  goesOnWith,
  goesToBureau,
  icpPassword,
  isDone,
  passesReviews,
  recordReads,
  type Sentence,
  submit,
} from "./story.ts";

/** 新增网站: the subject is on record here. */
export const addHere: Sentence[] = [
  [
    "given a subject on record, when its certificate and a new domain are checked, then 新增网站 is the way",
    async (story) => {
      const { at, record } = story;
      await checkType(story, /^新增网站/, { certNo: record.certNo, domain: newDomain(story, "add") });
      await at.sees("新增网站");
      await at.reads("主办单位：在您的账号里已有备案");
      await at.reads(record.number);
      await at.looksRight("type check, add");
      await at.press("开始填写");
      goesOnWith(story);
    },
  ],
  [
    "when only the website and its access are filled in, then it can be submitted",
    async (story) => {
      await fillWebsite(story, "示例茶艺课堂", newDomain(story, "add"));
      await fillAccess(story, "203.0.113.201");
      await submit(story, "add");
      assert.is((await filingOf(story.world, story.number)).kind, "add");
    },
  ],
  [
    "when both reviewers and the bureau pass it, then the record has a second website with the next number",
    async (story) => {
      const { record } = story;
      await passesReviews(story, "add", ["新增网站", "示例茶艺课堂", newDomain(story, "add")]);
      await goesToBureau(story);
      await isDone(story, "新增网站成功", "add");
      await recordReads(story, "示例茶艺课堂", `${record.number}-2`, newDomain(story, "add"));
      await everybodyReads(story, `${record.number}-2`, "备案有效", "示例茶艺课堂");
    },
  ],
];

/** 新增网站: the subject is on record with another provider. */
export const addElsewhere: Sentence[] = [
  [
    "given a subject that is on record elsewhere, then 主体备案号 and 备案密码 are asked for, and wrong ones refused",
    async (story) => {
      const { at } = story;
      const elsewhere = seedElsewhere(story, "add");
      const domain = newDomain(story, "add-elsewhere");
      await checkType(story, /^新增网站/, { certNo: elsewhere.certNumber, domain });
      await at.reads("主办单位：在别的接入商已有备案");
      await at.looksRight("type check, add with the subject elsewhere");
      await at.type({ number: elsewhere.number, password: "Wrong999" });
      await at.press("开始填写");
      await at.isTakenToProblems("备案密码不对");
      assert.is(await at.page.locator("#password").inputValue(), "");
      await at.type({ password: icpPassword });
      await at.press("开始填写");
      goesOnWith(story);
    },
  ],
  [
    "when the subject as well is filled in, then it can be submitted",
    async (story) => {
      const domain = newDomain(story, "add-elsewhere");
      await fillSubject(story, seedElsewhere(story, "add").name);
      await fillWebsite(story, "示例陶艺课堂", domain);
      await fillAccess(story, "203.0.113.202");
      await submit(story, "add with the subject elsewhere");
    },
  ],
  [
    "when the bureau passes it, then the record is here with the subject's old number",
    async (story) => {
      const { number } = seedElsewhere(story, "add");
      await passesReviews(story, "add with the subject elsewhere");
      await goesToBureau(story);
      await isDone(story, "新增网站成功", "add with the subject elsewhere");
      await story.at.open("/records");
      await story.at.reads(`${number}-2`);
      await everybodyReads(story, `${number}-2`, "备案有效", "示例陶艺课堂");
    },
  ],
];
