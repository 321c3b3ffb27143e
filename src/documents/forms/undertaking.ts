import { isIndividual } from "../../vocabulary/code-tables.ts";
import { subjectPerson } from "../../vocabulary/persons.ts";
import { documentFacts, type FormInput, fact, organiserFacts, referenceOf, siteFacts } from "./facts.ts";
import type { Block, Sheet, SignLine } from "./sheet.ts";

/** The words of a paper that the organiser signs for the provider. */
export type Undertaking = {
  title: string;
  /** Over the paragraphs. */
  heading: string;
  paragraphs: readonly string[];
  /** What the organiser says beside the signature. */
  pledge: string;
  /** What the provider says; its side stays empty until it signs. */
  answer: string;
};

const stamp = (input: FormInput): SignLine =>
  isIndividual(input.subject.nature)
    ? { label: "本人按手印", kind: "fingerprint" }
    : { label: "单位盖章", kind: "seal" };

const signatures = (input: FormInput, { pledge, answer }: Undertaking): Block => ({
  kind: "signatures",
  heading: "四、签字盖章",
  parties: [
    {
      heading: "网站主办者",
      pledge,
      lines: [{ label: "主体负责人签字", kind: "name" }, stamp(input), { label: "日期", kind: "date" }],
    },
    {
      heading: "接入服务单位（请留空）",
      pledge: answer,
      lines: [
        { label: "单位名称", kind: "given", value: input.isp },
        { label: "单位盖章", kind: "seal" },
        { label: "日期", kind: "date" },
      ],
    },
  ],
});

/** A paper of one subject and its (first) website with an undertaking to be signed: facts, text, signatures. */
export function undertaking(input: FormInput, words: Undertaking): Sheet {
  const leader = subjectPerson(input.subject);
  return {
    title: words.title,
    reference: referenceOf(input),
    blocks: [
      {
        kind: "facts",
        heading: "一、网站主办者",
        rows: [
          ...organiserFacts(input),
          [fact("主体负责人", leader.name), fact("手机号码", leader.mobile)],
          documentFacts(leader),
        ],
      },
      { kind: "facts", heading: "二、网站", rows: siteFacts(input) },
      { kind: "text", heading: words.heading, paragraphs: words.paragraphs },
      signatures(input, words),
    ],
    notes: [
      "请用黑色签字笔和正楷字填写、签名，不要涂改。",
      isIndividual(input.subject.nature)
        ? "由本人签名，不能代签；签名旁按右手食指手印。"
        : "由主体负责人本人签名，不能代签；签名旁加盖单位公章。",
      "签好后平放拍照或扫描上传，四条边和标题都要在画面里。",
    ],
    advice: "",
  };
}
