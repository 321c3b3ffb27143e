import type { Values } from "../../src/vocabulary/filing.ts";
import * as sample from "../rules/sample.ts";

type Page = "subject" | "websites/1" | "websites/1/accesses/1" | "materials";

/** A fault with the place that its link leads to, the words of its line, and what makes it good. */
export type Fault = {
  page: Page;
  key: string;
  says: RegExp;
  wrong?: string | string[];
  right?: string;
  /** A picture that is missing: not made good here. */
  slot?: true;
};

/** Twenty faults of twenty kinds on every page of a filing. */
export const faults: readonly Fault[] = [
  {
    page: "subject",
    key: "name",
    wrong: "示例茶业😀有限公司",
    right: "示例茶业（杭州）有限公司",
    says: /名称/,
  },
  {
    page: "subject",
    key: "residence",
    wrong: "",
    right: "浙江省杭州市滨江区示例路100号3幢201室",
    says: /住所/,
  },
  { page: "subject", key: "address", wrong: "示例路", right: "示例路100号3幢201室", says: /地址/ },
  { page: "subject", key: "investor", wrong: "", right: "示例茶业（杭州）有限公司", says: /投资者/ },
  { page: "subject", key: "person", wrong: "张".repeat(400), right: "张三", says: /姓名/ },
  {
    page: "subject",
    key: "idNo",
    wrong: "330108199001010011",
    right: "330108199001010010",
    says: /证件号码/,
  },
  { page: "subject", key: "mobile", wrong: "1380000567", right: "13800005678", says: /手机/ },
  { page: "subject", key: "emergency", wrong: "12345", right: "13900001234", says: /应急/ },
  {
    page: "subject",
    key: "phone",
    wrong: "086-010-88881234",
    right: "086-0571-88881234",
    says: /区号010/,
  },
  { page: "subject", key: "email", wrong: "zhangsan@", right: "zhangsan@example.cn", says: /邮箱/ },
  { page: "websites/1", key: "siteName", wrong: "www", right: "示例茶叶商城", says: /名称/ },
  { page: "websites/1", key: "homePages", wrong: ["www.other.cn"], says: /首页|other/ },
  { page: "websites/1", key: "leaderName", wrong: "李😀", right: "李四", says: /姓名/ },
  {
    page: "websites/1",
    key: "leaderIdNo",
    wrong: "33010819920202002",
    right: "330108199202020020",
    says: /证件号码/,
  },
  { page: "websites/1", key: "leaderMobile", wrong: "137", right: "13700004321", says: /手机/ },
  { page: "websites/1", key: "leaderEmail", wrong: "lisi", right: "lisi@example.cn", says: /邮箱/ },
  { page: "websites/1/accesses/1", key: "accessModes", wrong: [], says: /接入方式/ },
  {
    page: "websites/1/accesses/1",
    key: "ips",
    wrong: ["192.168.0.1"],
    right: "203.0.113.18",
    says: /192\.168\.0\.1/,
  },
  { page: "materials", key: "certificate", slot: true, says: /上传|证件/ },
  { page: "materials", key: "form", slot: true, says: /上传|核验单/ },
];

/** What is wrong on one page. */
const wrongOn = (page: Page): Values =>
  Object.fromEntries(
    faults.flatMap(({ page: at, key, wrong }) => (at === page && wrong !== undefined ? [[key, wrong]] : [])),
  );

/** A filing with all that is wrong on its forms. */
export const faultyParts = (): { subject: Values; website: Values; access: Values } => ({
  subject: wrongOn("subject"),
  website: { ...sample.leader, ...wrongOn("websites/1") },
  access: wrongOn("websites/1/accesses/1"),
});

/** The ways that lead to the place of a fault. */
export const leadsTo = ({ page, key, slot }: Fault, href: string): boolean =>
  slot ? href.includes(`/materials#m-${key}-`) : href.endsWith(`/${page}?at=${key}#${key}`);

export const named = (fault: Fault): string => `${fault.page} ${fault.key}`;
