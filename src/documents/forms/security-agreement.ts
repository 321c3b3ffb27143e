import type { FormInput } from "./facts.ts";
import type { Sheet } from "./sheet.ts";
import { undertaking } from "./undertaking.ts";

/**
 * 信息安全管理协议 between organiser and provider: who does what when there is something unlawful on a website. In words of our own
 * after 互联网接入服务 duties of 信息产业部令第33号 (2005) articles 16 to 19 and 网络安全法 (2016) articles 25, 28 and 47.
 */
export const securityAgreement = (input: FormInput): Sheet =>
  undertaking(input, {
    title: "信息安全管理协议",
    heading: "协议内容",
    signer: "主体负责人",
    stamped: true,
    paragraphs: [
      "网站主办者（甲方）对网站发布的内容和用户发布的内容负责，设专人管理信息安全，留存网络日志不少于六个月。",
      "接入服务单位（乙方）为甲方的网站提供接入，核验甲方的备案信息，按规定保存接入记录，并为甲方的身份和业务信息保密。",
      "甲方发现违法内容或网络安全事件，立即停止传输、保存记录，在24小时内告知乙方；乙方发现的，通知甲方处置。",
      "甲方的网站没有备案、备案信息不真实，或含有违法内容，主管部门要求停止接入的，乙方可以暂停接入，并告知甲方。",
      "双方配合主管部门依法进行的检查和调查，如实提供有关资料。",
      "本协议自双方签字盖章之日起生效，到网站的接入终止之日止。",
    ],
    pledge: "（甲方）同意以上协议。",
    answer: "（乙方）同意以上协议。",
  });
