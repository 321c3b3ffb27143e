import { type FormBody, text } from "../lib/form-body.ts";
import { normalise } from "../lib/text.ts";
import { formatIcpNumber, type IcpNumber, parseIcpNumber } from "../vocabulary/icp-number.ts";

type Problem = { field: string; text: string };

/** What stands in the form of a path; the password is never shown back. */
export type CheckAnswers = { number: string; name: string; siteName: string; password: string };

export type AnswerKey = keyof CheckAnswers;

export const blankAnswers: CheckAnswers = { number: "", name: "", siteName: "", password: "" };

/** What the bureau has of it, where it said so. */
type Known = { subjectNumber?: string; websiteNumber?: string };

const LONGEST = 200;

const required: Record<Exclude<AnswerKey, "number">, string> = {
  name: "请填写主办单位名称，与原来的备案一致",
  siteName: "请填写网站名称，与原来的备案一致",
  password: "请填写备案密码",
};

/**
 * Reads what a path asks for: `asked` names the controls, `isWebsite` says which 备案号 is meant. A number in its usual
 * spelling is compared with what the bureau said.
 */
export function readAnswers(
  body: FormBody,
  { asked, isWebsite, known }: { asked: readonly AnswerKey[]; isWebsite: boolean; known: Known },
): { values: CheckAnswers; problems: Problem[] } {
  const typed = (key: AnswerKey) => normalise(text(body, key)).slice(0, LONGEST);
  const number = parseIcpNumber(typed("number"));
  const values: CheckAnswers = {
    number: number ? formatIcpNumber(number, !isWebsite) : typed("number"),
    name: typed("name"),
    siteName: typed("siteName"),
    // Blanks may belong to a password.
    password: text(body, "password").slice(0, LONGEST),
  };
  const problems = asked.flatMap((key): Problem[] => {
    const wrong =
      key === "number"
        ? numberProblem(values.number, number, isWebsite, known)
        : values[key].trim() === "" && required[key];
    return wrong ? [{ field: key, text: wrong }] : [];
  });
  return { values, problems };
}

function numberProblem(
  typed: string,
  number: IcpNumber | undefined,
  isWebsite: boolean,
  known: Known,
): string | undefined {
  const what = isWebsite ? "网站备案号" : "主体备案号";
  if (typed === "") return `请填写${what}`;
  if (!number) return `“${typed}”不是备案号，请写成浙ICP备2026000001号${isWebsite ? "-1" : ""}这样`;
  if (isWebsite && number.index === undefined)
    return "这是主体备案号。网站备案号的末尾还有序号，例如-1，请写完整";
  return agrees(number, isWebsite ? known.websiteNumber : undefined) &&
    agrees(number, known.subjectNumber, true)
    ? undefined
    : `这个${what}和管局登记的不一致，请核对后再填`;
}

/** Nothing known speaks against nothing. */
function agrees(number: IcpNumber, known: string | undefined, main = false): boolean {
  const other = known ? parseIcpNumber(known) : undefined;
  return !other || formatIcpNumber(number, main) === formatIcpNumber(other, main);
}
