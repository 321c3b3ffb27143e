import { type FormBody, text } from "../lib/form-body.ts";
import { compact, length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";
import { provinces } from "../vocabulary/divisions.ts";
import { cleanEmail, isEmail } from "../vocabulary/email.ts";
import { cleanPhone, parseMobile } from "../vocabulary/phone.ts";

/** An account that staff open for a registrant; the registrant sets the password. */
export type CustomerForm = {
  userName: string;
  name: string;
  mobile: string;
  email: string;
  province: string;
};

export const blankCustomer: CustomerForm = { userName: "", name: "", mobile: "", email: "", province: "" };

const USER_NAME = /^[A-Za-z][A-Za-z0-9_]{4,31}$/;

type Check = [keyof CustomerForm, (values: CustomerForm) => boolean, string];

const checks: Check[] = [
  [
    "userName",
    ({ userName }) => !USER_NAME.test(userName),
    "请填写用户名：5–32位，以字母开头，只用字母、数字和下划线",
  ],
  ["name", ({ name }) => name === "" || length(name) > 50, "请填写姓名，最多50个字"],
  ["mobile", ({ mobile }) => !parseMobile(mobile), "请填写11位的中国内地手机号码，例如13800001234"],
  ["email", ({ email }) => !isEmail(email), "请填写电子邮箱，例如zhangsan@example.cn"],
  ["province", ({ province }) => province === "", "请选择首次报备接入点所在的省"],
];

/** 新开账号: what was typed, and what is wrong with it, a sentence a field. */
export function readCustomer(body: FormBody): { values: CustomerForm; problems: Problem[] } {
  const province = text(body, "province");
  const values = {
    userName: compact(text(body, "userName")),
    name: normalise(text(body, "name")),
    mobile: cleanPhone(text(body, "mobile")),
    email: cleanEmail(text(body, "email")),
    province: provinces.some(({ code }) => code === province) ? province : "",
  };
  const problems = checks.flatMap(([field, wrong, words]) => (wrong(values) ? [{ field, text: words }] : []));
  return { values, problems };
}

const MOST = 200;

/** 查账号: a user name, an e-mail address or a mobile number, whole. */
export function readCustomerSearch(body: FormBody): { words: string; problems: Problem[] } {
  const typed = compact(text(body, "words")).slice(0, MOST);
  const words = parseMobile(typed) ? cleanPhone(typed) : typed.includes("@") ? cleanEmail(typed) : typed;
  const problems = words === "" ? [{ field: "words", text: "请填写用户名、电子邮箱或手机号码" }] : [];
  return { words, problems };
}
