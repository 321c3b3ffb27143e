import type { FormInput } from "./facts.ts";
import type { Sheet } from "./sheet.ts";
import { undertaking } from "./undertaking.ts";

/**
 * The two papers that 江苏 wants beside 核验单 since 2021-06-01 (Alibaba Cloud's page on 江苏, 2023-07; Huawei Cloud's list of
 * provinces): both signed by 网站负责人; the last paragraph of the first is copied by hand, and it bears no stamp. The
 * bureau's own wording is not public; these are words of our own, and the page says so.
 */
const advice =
  "江苏管局的原文没有公开，这里是按要求写成的通用文本；管局或接入商给了式样的，请用给的式样。两份都要签；几个网站的负责人不同的，每位负责人各签。";

const COPY = "本人已阅读并知道以上责任，保证备案信息真实、准确；如提供虚假信息，愿意承担由此产生的法律责任。";

/** ICP备案信息真实性责任告知书. */
export const jiangsuNotice = (input: FormInput): Sheet =>
  undertaking(input, {
    title: "ICP备案信息真实性责任告知书",
    heading: "告知内容",
    paragraphs: [
      "按照《互联网信息服务管理办法》和《非经营性互联网信息服务备案管理办法》，开办网站应当如实填报备案信息，信息有变化的，及时办理变更。",
      "填报虚假备案信息的，由管局责令关闭网站，注销备案；借用、冒用他人证件备案，或者出租、出借备案号的，依法承担责任。",
      "网站负责人对网站的备案信息和内容负责，保持电话畅通，配合核查。网站被用于电信网络诈骗等违法犯罪活动的，依法追究有关人员的责任。",
    ],
    copy: COPY,
    signer: "网站负责人",
    stamped: false,
    pledge: "已收到告知，照抄的内容是本人亲笔所写。",
    advice,
  });

/** ICP备案信息真实性承诺书. */
export const jiangsuPledge = (input: FormInput): Sheet =>
  undertaking(input, {
    title: "ICP备案信息真实性承诺书",
    heading: "承诺",
    paragraphs: [
      "本网站的备案信息和提交的全部材料真实、准确、有效，网站负责人是实际管理网站的人。",
      "网站由主办者自己使用，不替他人备案，不出租、出借、转让备案号和域名。",
      "网站只提供备案的服务内容，遵守法律法规；需要前置审批的，取得批准后再开办。",
      "备案信息有变化的，在30日内变更；不再使用的，及时注销。接到管局和接入商的核查，按时答复。",
    ],
    signer: "网站负责人",
    stamped: false,
    pledge: "以上承诺如有不实，愿意接受关闭网站、注销备案，承担相应的法律责任。",
    advice,
  });
