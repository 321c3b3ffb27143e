import { isIndividual } from "../../vocabulary/code-tables.ts";
import { isOtherPerson, websitePerson } from "../../vocabulary/persons.ts";
import type { ProvinceRule } from "../../vocabulary/province-rules.ts";
import {
  byHand,
  type FormInput,
  fact,
  organiserFacts,
  personFacts,
  referenceOf,
  siteFacts,
} from "./facts.ts";
import type { Block, Check, Fact, Sheet } from "./sheet.ts";
import { type Template, templates } from "./templates.ts";

const yesNo = (text: string): Check => ({ text, answers: ["是", "否"] });
const orNone = (text: string, none: string): Check => ({ text, answers: ["是", "否", none] });

/** What the verifier checks face to face: the four groups of the ministry's form, in words of our own. */
const checks: Block = {
  kind: "checks",
  heading: "二、核验内容（由接入商的核验人填写，请留空）",
  groups: [
    {
      name: "主体信息",
      checks: [
        yesNo("已看网站主办者的证件原件，与备案信息一致"),
        yesNo("已看网站负责人的证件原件，与本人一致"),
        yesNo("已采集网站负责人的照片，已留存证件复印件"),
      ],
    },
    {
      name: "联系方式",
      checks: [
        yesNo("手机号码能接通，由网站负责人本人使用"),
        orNone("办公电话能接通", "没有"),
        yesNo("电子邮箱和通信地址真实有效"),
      ],
    },
    {
      name: "网站信息",
      checks: [
        yesNo("网站名称符合规定，与服务内容相符"),
        yesNo("域名填写无误，持有者与主办者相符"),
        orNone("已看前置审批或专项审批的批准文件", "不涉及"),
      ],
    },
    { name: "接入信息", checks: [yesNo("接入单位和方式、服务器放置地、IP地址无误")] },
  ],
};

/** For a person who files for themselves their own document is named once. */
function facts(input: FormInput, { registrar }: Template): Fact[][] {
  const { subject, website } = input;
  const leader = websitePerson(website, subject);
  const alone = isIndividual(subject.nature) && !isOtherPerson(website, subject);
  const person = alone
    ? [[fact("手机号码", leader.mobile), fact("电子邮箱", leader.email)]]
    : personFacts("网站负责人", leader);
  const written = registrar ? [[byHand("域名注册商")]] : [];
  return [...organiserFacts(input), ...siteFacts(input), ...written, ...person];
}

const signatures = (input: FormInput, template: Template, number: string): Block => ({
  kind: "signatures",
  heading: `${number}、承诺和签字`,
  parties: [
    {
      heading: "网站主办者",
      pledge:
        "以上信息真实、准确、完整，与提交的证件一致。信息有变化时及时办理变更；如有不实，愿意承担责任。",
      lines: [{ label: "网站负责人签字", kind: "name" }, template.mark, { label: "日期", kind: "date" }],
    },
    {
      heading: "接入服务单位（请留空）",
      pledge: "已按规定当面核验以上信息，对核验结果负责。",
      lines: [
        { label: "单位名称", kind: "given", value: input.isp },
        { label: "核验人签字", kind: "name" },
        { label: "单位盖章", kind: "seal" },
        { label: "日期", kind: "date" },
      ],
    },
  ],
});

/**
 * 网站备案信息真实性核验单 of one website, filled in with everything the filing knows (nothing is masked: it is the owner's
 * own paper). `variant` comes from the province's rule. The verifier's part holds the provider's name alone.
 */
export function verificationForm(input: FormInput, variant: ProvinceRule["formVariant"]): Sheet {
  const template = templates[variant][isIndividual(input.subject.nature) ? "individual" : "unit"];
  const copy: Block[] = template.copy
    ? [
        {
          kind: "copy",
          heading: "三、请在横线上照抄承诺",
          sentence: template.copy,
          lines: 3,
        },
      ]
    : [];
  return {
    title: template.title,
    reference: referenceOf(input),
    blocks: [
      { kind: "facts", heading: "一、网站主办者基本信息", rows: facts(input, template) },
      checks,
      ...copy,
      signatures(input, template, copy.length > 0 ? "四" : "三"),
    ],
    notes: template.notes,
    advice: template.advice,
  };
}
