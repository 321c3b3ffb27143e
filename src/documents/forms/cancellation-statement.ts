import type { Values } from "../../vocabulary/filing.ts";
import { subjectPerson } from "../../vocabulary/persons.ts";
import { documentFacts, fact, subjectFacts } from "./facts.ts";
import type { Block, Sheet } from "./sheet.ts";
import { stampOf } from "./stamp.ts";

/** What is cancelled: everything of a subject, one website, or one access (the hosting at one provider). */
export type CancellationScope = "subject" | "website" | "access";

/** What the statement is filled in with; "" leaves a line to write on. */
export type CancellationInput = {
  /** Small, under the title: 备案单号 and kind. */
  reference: string;
  /** The provider's legal name. */
  isp: string;
  /** Undefined: to be ticked by hand. */
  scope: CancellationScope | undefined;
  subject: Values;
  /** 备案号 of what is cancelled. */
  number: string;
  siteName: string;
  domains: readonly string[];
  reason: string;
  explanation: string;
};

const scopes: Record<CancellationScope, string> = {
  subject: "注销主体（名下网站和接入一起注销）",
  website: "注销网站",
  access: "注销接入（取消在本接入商的接入）",
};

const scopeText = (scope: CancellationScope | undefined): string =>
  scope ? scopes[scope] : "□注销主体（名下全部）　□注销网站　□注销接入";

const statement: Block = {
  kind: "text",
  heading: "三、声明",
  paragraphs: [
    "以上备案由主办者申请注销，注销的原因属实。主办者知道注销不能撤回，再办网站要重新备案；注销以后停止网站的访问，取下备案号。",
    "因注销产生的责任由主办者承担。主办者的证件复印件附后。",
  ],
};

const signatures = ({ isp, subject }: CancellationInput): Block => ({
  kind: "signatures",
  heading: "四、签字",
  parties: [
    {
      heading: "网站主办者",
      pledge: "本人（单位）申请注销以上备案。",
      lines: [{ label: "主体负责人签字", kind: "name" }, stampOf(subject), { label: "日期", kind: "date" }],
    },
    {
      heading: "接入服务单位（请留空）",
      pledge: "已核对主办者的证件和本声明。",
      lines: [
        { label: "单位名称", kind: "given", value: isp },
        { label: "经办人签字", kind: "name" },
        { label: "日期", kind: "date" },
      ],
    },
  ],
});

/** 备案注销声明: the paper with which somebody cancels a record when the telephone or the password is lost. */
export function cancellationStatement(input: CancellationInput): Sheet {
  const leader = subjectPerson(input.subject);
  return {
    title: "网站备案注销声明",
    reference: input.reference,
    blocks: [
      {
        kind: "facts",
        heading: "一、网站主办者",
        rows: [
          ...subjectFacts(input.subject),
          [fact("主体负责人", leader.name), fact("联系电话", leader.mobile)],
          documentFacts(leader),
        ],
      },
      {
        kind: "facts",
        heading: "二、申请注销的备案",
        rows: [
          [fact("注销内容", scopeText(input.scope))],
          [fact("备案号", input.number)],
          [fact("网站名称", input.siteName)],
          [fact("网站域名", input.domains.join("、"))],
          [fact("注销原因", input.reason)],
          [fact("说明", input.explanation)],
        ],
      },
      statement,
      signatures(input),
    ],
    notes: [
      "请用黑色签字笔和正楷字填写、签名，不要涂改；注销整个主体的，网站名称和域名可以不填。",
      "由主体负责人本人签名，不能代签；单位加盖公章，个人按右手食指手印。",
      "附上主办单位证件和主体负责人证件的复印件，寄到接入商的邮寄地址，不要寄原件。",
    ],
    advice: "",
  };
}
