import { type FormBody, text } from "../lib/form-body.ts";
import { compact, length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";
import { children, division, isMunicipality } from "../vocabulary/divisions.ts";
import { cleanEmail, isEmail } from "../vocabulary/email.ts";
import { cleanPhone, parseMobile } from "../vocabulary/phone.ts";
import { passwordProblems } from "./password.ts";

/** Version of 用户协议 and 备案须知 that is shown now; a changed text gets a new one. */
export const agreementVersion = "2026-11-01";

/** What is typed and shown back; the passwords are not among it. */
export type Registration = {
  userName: string;
  province: string;
  city: string;
  county: string;
  ispId: string;
  customerNumber: string;
  name: string;
  mobile: string;
  email: string;
  remark: string;
};

export const blankRegistration: Registration = {
  userName: "",
  province: "",
  city: "",
  county: "",
  ispId: "",
  customerNumber: "",
  name: "",
  mobile: "",
  email: "",
  remark: "",
};

/** The fields of the page from top to bottom; what is wrong is told in this order. */
const order = ["agreed", "userName", "password", "passwordAgain", "province", "city", "county", "ispId"];

/** Problems of the form and of the database together, in the order of the page; what `order` leaves out comes after it. */
export const inPageOrder = (problems: readonly Problem[]): Problem[] => {
  const place = ({ field }: Problem) => (order.includes(field) ? order.indexOf(field) : order.length);
  return problems.toSorted((one, other) => place(one) - place(other));
};

type Place = { province: string; city: string; county: string };

/** The three steps of a place, each kept only where it lies below the one before. */
export function readPlace(read: (key: keyof Place) => string): Place {
  const province = division(read("province")) ? read("province") : "";
  const below = (above: string, code: string) =>
    children(above).some((one) => one.code === code) ? code : "";
  const city = isMunicipality(province) ? "" : below(province, read("city"));
  return { province, city, county: below(city || province, read("county")) };
}

/** The code of the place as far as it was chosen: the county, or the city where it has no counties. */
export const placeCode = ({ province, city, county }: Place): string => county || city || province;

/** Whether nothing more can be chosen: 东莞市 has no counties. */
export const isWholePlace = (place: Place): boolean =>
  place.province !== "" && children(placeCode(place)).length === 0;

export function readRegistration(body: FormBody): Registration {
  return {
    userName: compact(text(body, "userName")),
    ...readPlace((key) => text(body, key)),
    ispId: text(body, "ispId"),
    customerNumber: normalise(text(body, "customerNumber")),
    name: normalise(text(body, "name")),
    mobile: cleanPhone(text(body, "mobile")),
    email: cleanEmail(text(body, "email")),
    remark: normalise(text(body, "remark")),
  };
}

type Check = {
  field: string;
  wrong: (values: Registration) => boolean;
  text: (values: Registration) => string;
};

const check = (field: string, wrong: Check["wrong"], words: string | Check["text"]): Check => ({
  field,
  wrong,
  text: typeof words === "string" ? () => words : words,
});

const userNameChecks: Check[] = [
  check("userName", ({ userName }) => userName === "", "请填写用户名"),
  check("userName", ({ userName }) => !/^[A-Za-z]/.test(userName), "用户名要以字母开头"),
  check("userName", ({ userName }) => !/^\w*$/.test(userName), "用户名只能用字母、数字和下划线"),
  check(
    "userName",
    ({ userName }) => userName.length < 5 || userName.length > 32,
    ({ userName }) => `用户名应为5–32位，现在是${userName.length}位`,
  ),
];

const placeChecks: Check[] = [
  check("province", ({ province }) => province === "", "请选择首次报备接入点的省"),
  check("city", ({ province, city }) => !isMunicipality(province) && city === "", "请选择首次报备接入点的市"),
  check("county", (values) => !isWholePlace(values), "请选择首次报备接入点的区县"),
];

const personChecks: Check[][] = [
  [check("customerNumber", ({ customerNumber }) => length(customerNumber) > 64, "客户账号最多64个字")],
  [
    check("name", ({ name }) => name === "", "请填写姓名"),
    check("name", ({ name }) => length(name) > 50, "姓名最多50个字"),
  ],
  [
    check("mobile", ({ mobile }) => mobile === "", "请填写手机号码"),
    check("mobile", ({ mobile }) => !parseMobile(mobile), "请填写11位的中国内地手机号码，例如13800001234"),
  ],
  [
    check("email", ({ email }) => email === "", "请填写电子邮箱"),
    check("email", ({ email }) => !isEmail(email), "电子邮箱的写法不对，例如zhangsan@example.cn"),
  ],
  [check("remark", ({ remark }) => length(remark) > 500, "备注最多500个字")],
];

/** The first thing that is wrong of each group, so that a field has one sentence. */
const firstOf = (checks: Check[], values: Registration): Problem[] => {
  const found = checks.find(({ wrong }) => wrong(values));
  return found ? [{ field: found.field, text: found.text(values) }] : [];
};

/** What a person can correct without asking the database, in the order of the page. */
export function registrationProblems(values: Registration, body: FormBody): Problem[] {
  const own = [values.userName, values.email.split("@")[0] ?? "", values.mobile, values.name];
  return [
    ...firstOf(userNameChecks, values),
    ...passwordProblems(text(body, "password"), text(body, "passwordAgain"), own),
    ...firstOf(placeChecks, values),
    ...personChecks.flatMap((checks) => firstOf(checks, values)),
  ];
}
