import type { FormInput } from "./facts.ts";
import type { Sheet } from "./sheet.ts";
import { type Undertaking, undertaking } from "./undertaking.ts";

/**
 * 互联网信息服务备案承诺书: that what is filed is true. In words of our own after 信息产业部令第33号 (2005) articles 5, 7 and 23 and what
 * several bureaus (江苏, 天津 since 2021) ask to be signed. Where a bureau gives its own sheet, that one is used; the page says so.
 */
const words: Undertaking = {
  title: "互联网信息服务备案承诺书",
  heading: "承诺",
  paragraphs: [
    "填写的备案信息和上传的材料真实、准确、完整，证件是主办者自己的，没有借用、冒用。",
    "网站由主办者自己使用和管理，不出租、出借、转让备案号，不替他人备案。",
    "网站名称与实际内容相符；内容遵守法律法规，不从事备案范围以外的活动；需要审批的，取得批准后再开办。",
    "主办者、负责人、联系方式、域名、网站内容有变化的，在30日内办理变更；网站停办的，及时办理注销。",
    "负责人的电话能接通，收到核查通知后按时答复。",
  ],
  signer: "主体负责人",
  stamped: true,
  pledge: "以上承诺如有不实，愿意接受注销备案，承担相应的法律责任。",
  answer: "已收到本承诺书。",
  advice: "所在省的管局另有式样的，请用管局的式样，见上传材料页的说明。",
};

/** Signed once for all websites of a filing. */
export const pledge = (input: FormInput): Sheet => undertaking(input, words);

/**
 * 广东 since 2021-06-21: 法定代表人 signs, a person for themselves, in black and not with a stamp of the name (Huawei Cloud's
 * list of materials). Its paper goes to the bureau; the provider has no part in it.
 */
export const pledgeGuangdong = (input: FormInput): Sheet => {
  const { answer: _, ...own } = words;
  return undertaking(input, {
    ...own,
    title: "互联网信息服务备案承诺书（广东）",
    signer: "法定代表人",
    advice:
      "广东自2021年6月21日起要签承诺书。这里是按要求写成的通用文本；广东管局或接入商给了式样的，请用给的式样。",
  });
};
