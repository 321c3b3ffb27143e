import type { ProblemOwner, SendProblem } from "../../gateways/bureau/index.ts";
import type { SectionKind } from "../../vocabulary/fields/index.ts";
import { fieldsOf } from "../../vocabulary/fields/index.ts";

const owners: Record<ProblemOwner["kind"], (id: number) => string> = {
  subject: () => "主体",
  website: (id) => `网站${id}`,
  access: (id) => `接入${id}`,
  attachment: (id) => `第${id}个附件`,
  cancellation: () => "注销申请",
  answer: () => "答复",
  file: () => "报文",
};

const sections: Partial<Record<ProblemOwner["kind"], SectionKind>> = {
  subject: "subject",
  website: "website",
  access: "access",
  cancellation: "cancellation",
};

/** The label of the field that an element carries; the element itself where no field does. */
function labelOf({ owner, path }: SendProblem): string {
  const section = sections[owner.kind];
  const held = (section ? fieldsOf(section) : []).find(({ bureau }) => bureau?.split(", ").includes(path));
  return held?.summaryLabel ?? path;
}

/** Characters of base64 as the size of a file, in the words of the interface. */
const kilobytes = (most: number): string =>
  `超过${Math.floor(most / 1024)} KB（按base64计，文件约${Math.floor((most * 3) / 4 / 1024)} KB），请换一张小一些的图片`;

const kinds: Record<SendProblem["kind"], (problem: SendProblem) => string> = {
  not_in_gbk: () => "有管局系统不能接收的字（不在GBK内）",
  illegal_character: () => "有看不见的控制字符",
  not_ipv4: () => "不是IPv4地址，接口不能报",
  range_reversed: () => "结束地址小于开始地址",
  too_large: ({ most = 0 }) => kilobytes(most),
  schema: ({ detail = "" }) => `不合接口的格式（${detail}）`,
};

/** Why something cannot be sent, for staff: where and what, never a value. */
export const problemWords = (problems: readonly SendProblem[]): string =>
  problems
    .map(
      (problem) =>
        `${owners[problem.owner.kind](problem.owner.id)}的${labelOf(problem) || "内容"}${kinds[problem.kind](problem)}`,
    )
    .join("；");
