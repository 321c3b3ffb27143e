import type { CancellationInput, FormInput, Sheet } from "../../src/documents/forms/index.ts";
import { sheetPdf } from "../../src/documents/forms/index.ts";
import * as sample from "../rules/sample.ts";
import { readPdf } from "./pdf.ts";

/** What the papers of a company are filled in with. */
export const company: FormInput = {
  number: "20261118-0042",
  kind: "first",
  isp: "示例云计算有限公司",
  subject: sample.company,
  website: { ...sample.website, ...sample.leader },
};
export const person: FormInput = { ...company, subject: sample.individual, website: sample.website };

export const cancellation: CancellationInput = {
  ...{ reference: "备案单号20261118-0042，注销备案", isp: "示例云计算有限公司", scope: "website" },
  ...{ subject: sample.company, number: "浙ICP备2026000001号-1", siteName: "示例茶叶商城" },
  ...{ domains: ["example.cn"], reason: "网站不再使用", explanation: "" },
};

export const madeAt = new Date("2026-11-18T08:00:00Z");

/** What stands on a paper when it is printed. */
export const printed = async (sheet: Sheet) => readPdf(await sheetPdf(sheet, madeAt));
