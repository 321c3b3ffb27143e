import { subjectPerson } from "../../vocabulary/persons.ts";
import { byHand, type FormInput, organiserFacts, personFacts, referenceOf, sitesFacts } from "./facts.ts";
import type { Block, Sheet } from "./sheet.ts";

const text: Block = {
  kind: "text",
  heading: "四、授权事项和期限",
  paragraphs: [
    "本人是授权单位的法定代表人（主要负责人），现授权上列被授权人担任主体负责人，代表本单位办理互联网信息服务的备案、变更和注销，签署有关文件，接受通信管理局和接入服务单位的核验与询问。",
    "被授权人在上述范围内办理的事项，本单位予以承认，并承担相应责任。被授权人不得转授权。",
    "授权期限：自签署之日起，到本单位另行授权或备案注销之日止。",
  ],
};

const signatures: Block = {
  kind: "signatures",
  heading: "五、签字盖章",
  parties: [
    {
      heading: "授权单位",
      pledge: "本人和本单位同意以上授权。",
      lines: [
        { label: "法定代表人签字", kind: "name" },
        { label: "单位盖章", kind: "seal" },
        { label: "日期", kind: "date" },
      ],
    },
    {
      heading: "被授权人",
      pledge: "本人接受以上授权，知道主体负责人应承担的责任。",
      lines: [
        { label: "被授权人签字", kind: "name" },
        { label: "日期", kind: "date" },
      ],
    },
  ],
};

/**
 * 主体负责人授权书: where a province lets somebody else than 法定代表人 be 主体负责人 (安徽, 海南, 吉林, 四川, 甘肃 …). Who 法定代表人 is
 * no filing holds, so that lines stand there.
 */
export const leaderLetter = (input: FormInput): Sheet => ({
  title: "主体负责人授权书",
  reference: referenceOf(input),
  blocks: [
    {
      kind: "facts",
      heading: "一、授权单位",
      rows: [...organiserFacts(input), [byHand("法定代表人"), byHand("身份证号码")]],
    },
    {
      kind: "facts",
      heading: "二、被授权人（主体负责人）",
      rows: personFacts("姓名", subjectPerson(input.subject)),
    },
    { kind: "facts", heading: "三、网站", rows: sitesFacts(input) },
    text,
    signatures,
  ],
  notes: [
    "请用黑色签字笔和正楷字填写、签名，不要涂改，不用签名章。",
    "法定代表人和被授权人都由本人签名，不能代签；签名旁加盖单位公章。",
    "附上法定代表人的证件复印件。签好后平放拍照或扫描上传，四条边和标题都要在画面里。",
  ],
  advice: "主体负责人就是法定代表人的，不用签这一份。管局另有式样的，请用管局的式样。",
});
