import { blankLetter } from "./authorisation-letter.ts";
import { cancellationStatement } from "./cancellation-statement.ts";
import type { FormInput } from "./facts.ts";
import { jiangsuNotice, jiangsuPledge } from "./jiangsu-statements.ts";
import { leaderLetter } from "./leader-letter.ts";
import { noApproval, noFinance } from "./not-involved.ts";
import { photoGuide } from "./photo-guide.ts";
import { pledge, pledgeGuangdong } from "./pledge.ts";
import { securityAgreement } from "./security-agreement.ts";
import { securityPledge } from "./security-pledge.ts";
import type { Sheet } from "./sheet.ts";
import { verificationForm } from "./verification-form.ts";

/** A form without any data, as it lies on a counter. */
export type BlankForm = { title: string; hint: string; draw: (isp: string) => Sheet };

/** Codes of unit_nature: what decides between the sheets of units and of persons. */
const UNIT = "4";
const PERSON = "5";
/** Papers that differ in the stamp alone serve both. */
const ANY = "";

const input = (isp: string, nature: string): FormInput => ({
  ...{ number: "", kind: "first", isp },
  subject: nature === ANY ? {} : { nature },
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
  "verification-beijing-unit": {
    title: "网站备案信息真实性核验单（北京单位）",
    hint: "主办单位的证件在北京的用这一种，域名注册商要写明。",
    draw: (isp) => blank(verificationForm(input(isp, UNIT), "national_with_registrar")),
  },
  "verification-beijing-individual": {
    title: "网站备案信息真实性核验单（北京个人）",
    hint: "在北京备案的个人用这一种，域名注册商要写明。",
    draw: (isp) => blank(verificationForm(input(isp, PERSON), "national_with_registrar")),
  },
  "authorisation-letter": {
    title: "授权委托书",
    hint: "网站负责人不是主体负责人的要签。",
    draw: (isp) => blank(blankLetter(input(isp, UNIT))),
  },
  "leader-letter": {
    title: "主体负责人授权书",
    hint: "主体负责人不是法定代表人，而所在省允许的，由法定代表人签。",
    draw: (isp) => blank(leaderLetter(input(isp, UNIT))),
  },
  pledge: {
    title: "互联网信息服务备案承诺书",
    hint: "接入商或管局要求承诺书，又没有给式样的，用这一种。",
    draw: (isp) => blank(pledge(input(isp, ANY))),
  },
  "pledge-guangdong": {
    title: "互联网信息服务备案承诺书（广东）",
    hint: "在广东备案的要签，单位由法定代表人签字。",
    draw: (isp) => blank(pledgeGuangdong(input(isp, ANY))),
  },
  "jiangsu-notice": {
    title: "ICP备案信息真实性责任告知书（江苏）",
    hint: "在江苏备案的要签，一段话要照抄，不盖章。",
    draw: (isp) => blank(jiangsuNotice(input(isp, ANY))),
  },
  "jiangsu-pledge": {
    title: "ICP备案信息真实性承诺书（江苏）",
    hint: "在江苏备案的要签，网站负责人签字。",
    draw: (isp) => blank(jiangsuPledge(input(isp, ANY))),
  },
  "no-approval": {
    title: "不涉及前置审批承诺书",
    hint: "名称或内容听起来要审批，实际不做这些业务的签。",
    draw: (isp) => blank(noApproval(input(isp, ANY))),
  },
  "no-finance": {
    title: "不从事金融服务承诺书",
    hint: "名称或内容与金融有关，实际不做金融业务的签。",
    draw: (isp) => blank(noFinance(input(isp, ANY))),
  },
  "security-pledge": {
    title: "网络安全责任书",
    hint: "接入商要求的，每个主办者一份。",
    draw: (isp) => blank(securityPledge(input(isp, ANY))),
  },
  "security-agreement": {
    title: "信息安全管理协议",
    hint: "接入商要求的，双方签字盖章，一式两份。",
    draw: (isp) => blank(securityAgreement(input(isp, ANY))),
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
