import type { Sheet } from "../../lib/spreadsheet/index.ts";
import { columns, wordsOf } from "./columns.ts";

/** An invented company; the names are those of the interface's examples, the domain is kept for examples (RFC 2606). */
const example: Record<string, string> = {
  主办单位名称: "示例茶业（杭州）有限公司",
  主办单位性质: "企业",
  主办单位证件类型: "营业执照",
  主办单位证件号码: "91330108MA2EXAMP08",
  证件住所: "浙江省杭州市滨江区示例路100号3幢201室",
  省: "浙江省",
  市: "杭州市",
  区县: "滨江区",
  通信地址: "示例路100号3幢201室",
  投资者或上级主管单位: "示例茶业（杭州）有限公司",
  主体负责人姓名: "张三",
  主体负责人证件类型: "居民身份证",
  主体负责人证件号码: "330108199001010010",
  主体负责人证件有效期至: "2040-01-01",
  主体负责人手机号码: "13800005678",
  主体负责人应急联系电话: "13900001234",
  主体负责人办公电话: "086-0571-00000000",
  主体负责人电子邮箱: "zhangsan@example.cn",
  应用服务类型: "网站",
  网站名称: "示例茶叶商城",
  域名: "example.cn",
  首页网址: "www.example.cn",
  服务内容: "网络购物",
  语言类别: "中文简体",
  网站负责人: "同主体负责人",
  接入方式: "云接入",
  服务器放置地: "浙江",
  IP地址: "203.0.113.18",
};

const hints = [
  ["一行写一个网站。同一个主办单位有多个网站的，写多行，证件号码写一样的，就合成一件备案单。"],
  ["有多项的，用、或;隔开。证件号码和电话的格子要用“文本”格式。第一行的列名请不要改。上传前请删去示例行。"],
];

/** The table to fill in with one example, the words that its columns take, and how it is filled in. */
export const batchTemplate = (): Sheet[] => {
  const listed = columns.filter((column) => wordsOf(column).length > 0);
  const lists = listed.map(wordsOf);
  const length = Math.max(...lists.map((words) => words.length));
  return [
    {
      name: "批量备案",
      rows: [columns.map(({ label }) => label), columns.map(({ label }) => example[label] ?? "")],
      widths: columns.map(({ label }) => Math.max(12, label.length * 2 + 2)),
    },
    {
      name: "可选内容",
      rows: [
        listed.map(({ label }) => label),
        ...Array.from({ length }, (_, row) => lists.map((words) => words[row] ?? "")),
      ],
    },
    { name: "说明", rows: [["怎么填"], ...hints], widths: [110] },
  ];
};
