import { isOtherPerson, subjectPerson, websitePerson } from "../../vocabulary/persons.ts";
import {
  documentFacts,
  type FormInput,
  fact,
  organiserFacts,
  personFacts,
  referenceOf,
  siteFacts,
} from "./facts.ts";
import type { Block, Fact, Sheet } from "./sheet.ts";

/** Who authorises whom for what. */
type Case = { office: string; signer: string; grantor: (input: FormInput) => Fact[][] };

/** 主体负责人 authorises somebody else to run the website. */
const other: Case = {
  office: "网站负责人",
  signer: "主体负责人签字",
  grantor: ({ subject }) => {
    const leader = subjectPerson(subject);
    return [[fact("主体负责人", leader.name), fact("手机号码", leader.mobile)], documentFacts(leader)];
  },
};

/** One person is both: then it is 法定代表人, whom the filing does not know, who authorises. */
const same: Case = {
  office: "主体负责人和网站负责人",
  signer: "法定代表人签字",
  grantor: () => [],
};

const textOfLetter = (office: string): Block => ({
  kind: "text",
  heading: "四、委托事项和期限",
  paragraphs: [
    `我单位委托上列受托人担任${office}，办理该网站的备案、变更和注销，管理网站内容和信息安全，接受通信管理局和接入服务单位的核验与询问。`,
    "受托人在上述范围内办理的事项，我单位予以承认，并承担相应责任。受托人不得转委托。",
    "委托期限：自签署之日起，到该网站备案注销或我单位另行委托之日止。",
  ],
});

const signatures = ({ signer }: Case): Block => ({
  kind: "signatures",
  heading: "五、签字盖章",
  parties: [
    {
      heading: "委托单位",
      pledge: "我单位同意以上委托。",
      lines: [
        { label: signer, kind: "name" },
        { label: "单位盖章", kind: "seal" },
        { label: "日期", kind: "date" },
      ],
    },
    {
      heading: "受托人",
      pledge: "本人接受以上委托，知道网站负责人应承担的责任。",
      lines: [
        { label: "受托人签字", kind: "name" },
        { label: "日期", kind: "date" },
      ],
    },
  ],
});

/** 授权委托书 of a unit for one website, filled in with what the filing knows of both sides. */
export const authorisationLetter = (input: FormInput): Sheet =>
  letter(input, isOtherPerson(input.website, input.subject) ? other : same);

/** The usual one of the two letters, where nothing is known yet. */
export const blankLetter = (input: FormInput): Sheet => letter(input, other);

function letter(input: FormInput, which: Case): Sheet {
  const { subject, website } = input;
  return {
    title: "授权委托书",
    reference: referenceOf(input),
    blocks: [
      { kind: "facts", heading: "一、委托单位", rows: [...organiserFacts(input), ...which.grantor(input)] },
      {
        kind: "facts",
        heading: "二、受托人",
        rows: personFacts("姓名", websitePerson(website, subject)),
      },
      {
        kind: "facts",
        heading: "三、网站",
        rows: [...siteFacts(input), [fact("接入服务单位", input.isp)]],
      },
      textOfLetter(which.office),
      signatures(which),
    ],
    notes: [
      "请用黑色签字笔和正楷字填写、签名，不要涂改。",
      "双方都由本人签名，不能代签；委托单位加盖公章。",
      "签好后平放拍照或扫描上传，四条边和标题都要在画面里。",
    ],
    advice: "",
  };
}
