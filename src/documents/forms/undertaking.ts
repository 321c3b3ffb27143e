import { isIndividual } from "../../vocabulary/code-tables.ts";
import { subjectPerson, websitePerson } from "../../vocabulary/persons.ts";
import { documentFacts, type FormInput, fact, organiserFacts, referenceOf, sitesFacts } from "./facts.ts";
import type { Block, Fact, Party, Sheet } from "./sheet.ts";
import { stampOf, stampWords } from "./stamp.ts";

/** Who signs for a unit; a person signs for themselves. */
export type Signer = "主体负责人" | "法定代表人" | "网站负责人";

/** The words of a paper that the organiser signs. */
export type Undertaking = {
  title: string;
  /** Over the paragraphs. */
  heading: string;
  paragraphs: readonly string[];
  /** To be copied by hand; without it nothing is. */
  copy?: string;
  signer: Signer;
  /** Some papers are signed and not stamped. */
  stamped: boolean;
  /** What the organiser says beside the signature. */
  pledge: string;
  /** What the provider says; its side stays empty until it signs. Without it the provider does not sign. */
  answer?: string;
  /** Said on the page alone. */
  advice?: string;
};

const signerOf = ({ subject }: FormInput, { signer }: Undertaking): string =>
  isIndividual(subject.nature) ? "本人" : signer;

const organiser = (input: FormInput, words: Undertaking): Party => ({
  heading: "网站主办者",
  pledge: words.pledge,
  lines: [
    { label: `${signerOf(input, words)}签字`, kind: "name" },
    ...(words.stamped ? [stampOf(input.subject)] : []),
    { label: "日期", kind: "date" },
  ],
});

const provider = (isp: string, answer: string): Party => ({
  heading: "接入服务单位（请留空）",
  pledge: answer,
  lines: [
    { label: "单位名称", kind: "given", value: isp },
    { label: "单位盖章", kind: "seal" },
    { label: "日期", kind: "date" },
  ],
});

/** 法定代表人 is not in the filing: then 主体负责人, who usually is the same person, stands there. */
function leaderFacts(input: FormInput, { signer }: Undertaking): Fact[][] {
  const { subject, website } = input;
  const site = signer === "网站负责人";
  const person = site ? websitePerson(website, subject) : subjectPerson(subject);
  const phone = fact("手机号码", person.mobile);
  // For a person who files for themselves name and document already stand above.
  if (isIndividual(subject.nature)) return [[phone, fact("电子邮箱", person.email)]];
  return [[fact(site ? "网站负责人" : "主体负责人", person.name), phone], documentFacts(person)];
}

const notes = (input: FormInput, words: Undertaking): string[] => [
  "请用黑色签字笔和正楷字填写、签名，不要涂改，不用签名章。",
  ...(words.copy ? ["要求照抄的一段由签字人手抄，一字不差。"] : []),
  `由${signerOf(input, words)}亲自签名，不能代签；${words.stamped ? stampWords(input.subject) : "不盖章。"}`,
  "签好后平放拍照或扫描上传，四条边和标题都要在画面里。",
];

const blocks = (input: FormInput, words: Undertaking): Block[] => [
  {
    kind: "facts",
    heading: "一、网站主办者",
    rows: [...organiserFacts(input), ...leaderFacts(input, words)],
  },
  { kind: "facts", heading: "二、网站", rows: sitesFacts(input) },
  { kind: "text", heading: `三、${words.heading}`, paragraphs: words.paragraphs },
  ...(words.copy
    ? [{ kind: "copy", heading: "四、请在横线上照抄", sentence: words.copy, lines: 4 } as const]
    : []),
  {
    kind: "signatures",
    heading: `${words.copy ? "五" : "四"}、${words.stamped ? "签字盖章" : "签字"}`,
    parties: [
      organiser(input, words),
      ...(words.answer === undefined ? [] : [provider(input.isp, words.answer)]),
    ],
  },
];

/** A paper of one subject and its websites with an undertaking to be signed: facts, text, signatures. */
export const undertaking = (input: FormInput, words: Undertaking): Sheet => ({
  title: words.title,
  reference: referenceOf(input),
  blocks: blocks(input, words),
  notes: notes(input, words),
  advice: words.advice ?? "",
});
