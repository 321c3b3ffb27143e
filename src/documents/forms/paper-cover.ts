import { fact } from "./facts.ts";
import type { Sheet } from "./sheet.ts";

/** What lies on top of the originals in the parcel, and where the parcel goes. */
export type CoverInput = {
  number: string;
  title: string;
  isp: string;
  /** The 邮寄地址 in use; undefined where the provider has none. */
  to: { name: string; address: string; phone: string } | undefined;
  /** Labels of the papers that must come. */
  papers: readonly string[];
};

/** 纸质材料寄送单: the number that sorts the parcel, its address, and what should be in it. */
export function paperCover({ number, title, isp, to, papers }: CoverInput): Sheet {
  const listed = papers.length > 0 ? papers : ["真实性核验单", "其他：________________________"];
  return {
    title: "备案纸质材料寄送单",
    reference: `备案单号${number}`,
    blocks: [
      {
        kind: "facts",
        heading: "一、寄往",
        rows: [
          [fact("收件单位", isp)],
          [fact("收件人", to?.name ?? ""), fact("电话", to?.phone ?? "")],
          [fact("地址", to?.address ?? "")],
        ],
      },
      {
        kind: "facts",
        heading: "二、备案单",
        rows: [[fact("备案单号", number)], [fact("网站", title)]],
      },
      {
        kind: "text",
        heading: "三、内件（请在方框里打勾）",
        paragraphs: listed.map((paper) => `□${paper}　原件　____份`),
      },
    ],
    notes: [
      "这张纸放在材料的最上面，也可以剪下“寄往”一栏贴在快递袋上。",
      "用能查到单号的快递寄，寄出后在备案单的“纸质材料”里填写快递单号。",
      "只寄签字盖章的原件，不要寄身份证、营业执照等证件的原件。",
    ],
    advice: "",
    blank: true,
  };
}
