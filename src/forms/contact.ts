import type { Problem } from "../view.ts";
import { cleanEmail, isEmail } from "../vocabulary/email.ts";
import { cleanPhone, parseMobile } from "../vocabulary/phone.ts";

type Contact = "email" | "mobile";

/** The words of the page for one of the two. */
export const contactWords = {
  email: { title: "修改电子邮箱", label: "新的电子邮箱", sentTo: "验证邮件", name: "电子邮箱" },
  mobile: { title: "修改手机", label: "新的手机号码", sentTo: "短信", name: "手机" },
} as const;

export const readContact = (contact: Contact, typed: string): string =>
  contact === "email" ? cleanEmail(typed) : cleanPhone(typed);

/** What is wrong with a new address or number; `now` is the present one. */
export function contactProblem(contact: Contact, value: string, now: string): Problem[] {
  const at = (text: string): Problem[] => [{ field: "value", text }];
  const { label, name } = contactWords[contact];
  if (value === "") return at(`请填写${label}`);
  if (contact === "email" && !isEmail(value)) return at("电子邮箱的写法不对，例如zhangsan@example.cn");
  if (contact === "mobile" && !parseMobile(value)) return at("请填写11位的中国内地手机号码，例如13800001234");
  return value.toLowerCase() === now.toLowerCase() ? at(`和现在的${name}一样，不用修改`) : [];
}
