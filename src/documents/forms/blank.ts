import { blankLetter } from "./authorisation-letter.ts";
import { cancellationStatement } from "./cancellation-statement.ts";
import type { FormInput } from "./facts.ts";
import { photoGuide } from "./photo-guide.ts";
import type { Sheet } from "./sheet.ts";
import { verificationForm } from "./verification-form.ts";

/** A form without any data, as it lies on a counter. */
export type BlankForm = { title: string; hint: string; draw: (isp: string) => Sheet };

/** Codes of unit_nature: what decides between the sheets of units and of persons. */
const UNIT = "4";
const PERSON = "5";

const input = (isp: string, nature: string): FormInput => ({
  ...{ number: "", kind: "first", isp },
  subject: { nature },
  website: {},
});

const blank = (sheet: Sheet): Sheet => ({ ...sheet, reference: "空白表单，手写用", blank: true });

/** The forms to download, by the name that stands in their address. */
export const blankForms: Readonly<Record<string, BlankForm>> = {
  "verification-unit": {
    title: "网站备案信息真实性核验单（单位）",
    hint: "全国通用。每个网站一张，网站负责人签字，单位盖章。",
    draw: (isp) => blank(verificationForm(input(isp, UNIT), "national")),
  },
  "verification-individual": {
    title: "网站备案信息真实性核验单（个人）",
    hint: "全国通用。本人签字，按手印。",
    draw: (isp) => blank(verificationForm(input(isp, PERSON), "national")),
  },
  "verification-guangdong-unit": {
    title: "网站备案信息真实性核验单（广东单位）",
    hint: "主办单位的证件在广东的用这一种。",
    draw: (isp) => blank(verificationForm(input(isp, UNIT), "guangdong")),
  },
  "verification-guangdong-individual": {
    title: "网站备案信息真实性核验单（广东个人）",
    hint: "身份证在广东的用这一种，承诺要照抄一遍。",
    draw: (isp) => blank(verificationForm(input(isp, PERSON), "guangdong")),
  },
  "authorisation-letter": {
    title: "授权委托书",
    hint: "网站负责人不是主体负责人的要签。",
    draw: (isp) => blank(blankLetter(input(isp, UNIT))),
  },
  "cancellation-statement": {
    title: "网站备案注销声明",
    hint: "注销备案，又收不到短信和邮件的，用它代替验证。",
    draw: (isp) =>
      blank(
        cancellationStatement({
          ...{ reference: "", isp, scope: undefined, subject: {}, number: "", siteName: "" },
          ...{ domains: [], reason: "", explanation: "" },
        }),
      ),
  },
  "photo-guide": {
    title: "核验照片拍照说明",
    hint: "在幕布前怎样拍，拍照时带上。",
    draw: photoGuide,
  },
};
