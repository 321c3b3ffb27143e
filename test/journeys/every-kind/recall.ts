import * as assert from "uvu/assert";
import { beginChange } from "./change.ts";
import {
  becomes,
  bureauForgets,
  goesToBureau,
  isDone,
  mailAbout,
  page,
  passesReviews,
  recordReads,
  type Sentence,
  type Story,
  submit,
} from "./story.ts";

/** A change of the subject's address, as far as the bureau. */
async function changeAtBureau(story: Story, address: string): Promise<void> {
  await beginChange(story, "变更主体");
  await story.at.open(page(story, "/subject"));
  await story.at.type({ address });
  await story.at.press("保存并继续");
  await submit(story, "change of a subject");
  await passesReviews(story, "change of a subject");
  await goesToBureau(story);
}

/** 撤销申请: forgotten the box first, then asked. */
async function asksBack({ at }: Story): Promise<void> {
  await at.press(/申请撤销$/);
  await at.sees("撤销申请");
  await at.looksRight("recall");
  await at.type({ why: "地址还要再核实" });
  await at.press("申请撤销");
  await at.isTakenToProblems("我确定申请撤销");
  await at.page.locator("#sure").check();
  await at.press("申请撤销");
  await at.reads("撤销申请中");
  await at.looksRight("filing that is asked back");
}

/** 上报 writes down what the bureau said. */
async function answered({ desk: { 孙七: at }, number }: Story, answer: RegExp): Promise<void> {
  await at.open(`/console/filings/${number}`);
  await at.press("录入管局的答复");
  await at.reads("地址还要再核实");
  await at.looksRight("console recall");
  await at.page.getByRole("radio", { name: answer }).check();
  await at.type({ evidence: "管局电话答复，示例通话记录第1号" });
  await at.press("录入答复");
}

/** 撤销申请 that is refused, and one that is granted. */
export const recall: Sentence[] = [
  [
    "when a change at the bureau is asked back and that is refused, then its review goes on",
    async (story) => {
      await changeAtBureau(story, "示例路300号");
      await asksBack(story);
      await answered(story, /^不同意撤销/);
      await mailAbout(story, "管局没有同意撤销");
      await becomes(story, "等待管局审核");
    },
  ],
  [
    "when the bureau approves it later, then it is done",
    async (story) => {
      await isDone(story, "变更成功", "change that was asked back", "变更主体已完成");
      await recordReads(story, "示例路300号");
    },
  ],
  [
    "when another change is asked back and that is granted, then it is cancelled and the record is as it was",
    async (story) => {
      await changeAtBureau(story, "示例路400号");
      await asksBack(story);
      bureauForgets(story);
      await answered(story, /^同意撤销/);
      await mailAbout(story, "管局同意撤销");
      await becomes(story, "这次变更已取消");
      await story.at.looksRight("cancelled change");
      await recordReads(story, "示例路300号");
      assert.not.match(await story.at.read(), /示例路400号/);
    },
  ],
];
