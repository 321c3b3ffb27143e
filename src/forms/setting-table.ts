import { parseIcpNumber } from "../vocabulary/icp-number.ts";
import { productTypeNames, productTypes } from "../vocabulary/product-types.ts";
import { choice, hours, line, picks, type Reader, toggle, whole } from "./setting-readers.ts";

type Option = { code: string; label: string };

/**
 * One setting of a provider. `key` is its name on the form: of a column of `isps` (contact), or of `isps.settings`, where
 * a dot leads into a group (`reviewDays.ready`).
 */
export type Setting = {
  key: string;
  contact?: true;
  label: string;
  hint?: string;
  kind: "text" | "area" | "checks" | "radios" | "toggle";
  width?: "s" | "m" | "full";
  optional?: true;
  options?: readonly Option[];
  reader: Reader;
};

export type SettingGroup = { title: string; settings: readonly Setting[] };

const optionsOf = (labels: Readonly<Record<string, string>>): Option[] =>
  Object.entries(labels).map(([code, label]) => ({ code, label }));

const ways = {
  curtain: "幕布：寄幕布给主办者拍照",
  "own-backdrop": "自备背景：主办者自己准备幕布拍照",
  "on-site": "面签：主办者到现场，工作人员拍照",
  video: "视频：视频通话时拍照",
};

const formWords = {
  pledge: "承诺书",
  securityPledge: "网络安全责任书",
  securityAgreement: "信息安全管理协议",
};

const days = (key: string, label: string): Setting => ({
  ...{ key: `reviewDays.${key}`, label, kind: "text", width: "s", reader: whole(1, 60) },
});

const contact: SettingGroup = {
  title: "联系方式，显示在每一页",
  settings: [
    {
      ...{ key: "phone", contact: true, label: "备案咨询电话", kind: "text", width: "m" },
      reader: line(40, {
        empty: { say: "请填写备案咨询电话" },
        refuse: (text) =>
          /^[\d+ ()（）转、,，/-]{5,}$/.test(text) ? undefined : "电话只写数字，例如400-000-0000",
      }),
    },
    {
      ...{ key: "qq", contact: true, label: "备案咨询QQ", kind: "text", width: "m", optional: true },
      reader: line(15, {
        empty: { keep: null },
        refuse: (text) => (/^[1-9]\d{4,14}$/.test(text) ? undefined : "QQ号码是5–15位数字"),
      }),
    },
    {
      ...{ key: "serviceHours", contact: true, label: "服务时间", kind: "text", width: "m" },
      hint: "例如工作日9:00–18:00。",
      reader: line(60, { empty: { say: "请填写服务时间" } }),
    },
    {
      ...{
        key: "icpNumber",
        contact: true,
        label: "本系统的备案号",
        kind: "text",
        width: "m",
        optional: true,
      },
      hint: "显示在页面底部，链接到部备案系统。",
      reader: line(40, {
        empty: { keep: null },
        refuse: (text) => (parseIcpNumber(text) ? undefined : "备案号例如京ICP备12345678号-1"),
      }),
    },
  ],
};

const review: SettingGroup = {
  title: "审核",
  settings: [
    {
      ...{ key: "verification", label: "核验方式", kind: "checks", options: optionsOf(ways) },
      hint: "一种都不选，就没有第4、5步，初审通过后直接待上报。",
      reader: picks(Object.keys(ways)),
    },
    {
      ...{ key: "curtainText", label: "幕布上的字", kind: "text", optional: true },
      hint: "显示在拍照说明里，审核时核对。",
      reader: line(60, { empty: { keep: "" } }),
    },
    {
      ...{ key: "fourEyes", label: "初审和核验由两个人做", kind: "radios" },
      options: optionsOf({ auto: "有两位以上工作人员时要求", on: "总是要求", off: "不要求" }),
      reader: choice({ auto: null, on: true, off: false }),
    },
    {
      ...{ key: "claimMinutes", label: "领取保留的分钟数", kind: "text", width: "s", reader: whole(5, 480) },
      hint: "领取以后这么久没有动作，别人可以领取。",
    },
    {
      ...{ key: "workingHours", label: "每天的工作时间", kind: "area", width: "m", reader: hours },
      hint: "每行一段，例如9:00-12:00。时限按工作时间计算。",
    },
    days("initial_review", "初审时限（工作日）"),
    days("verification", "核验时限（工作日）"),
    days("ready", "上报时限（工作日）"),
    days("bureau_returned", "处理管局退回的时限（工作日）"),
  ],
};

const filings: SettingGroup = {
  title: "备案单",
  settings: [
    {
      ...{ key: "termDays", label: "不动多少天后自动关闭", kind: "text", width: "s", optional: true },
      hint: "7–365天，关闭以前会提醒主办者。不填就不关闭。",
      reader: whole(7, 365, true),
    },
    {
      ...{ key: "autoUpload", label: "核验通过后自动提交管局，不用上报人员操作", kind: "toggle" },
      reader: toggle,
    },
    {
      ...{ key: "numberDays", label: "管局通过后几天没有备案号就提醒", kind: "text", width: "s" },
      reader: whole(1, 30),
    },
    {
      ...{ key: "copyDays", label: "数据同步几天没有新文件就算结束", kind: "text", width: "s" },
      hint: "1–60天。之后再来的文件开始一次新的对账。",
      reader: whole(1, 60),
    },
    {
      ...{ key: "inquiryDays", label: "管局核实任务几个工作日内答复", kind: "text", width: "s" },
      hint: "1–60个工作日。管局送来的任务里没有期限，按这里计算；管局另有要求的，以管局为准。",
      reader: whole(1, 60),
    },
    {
      ...{ key: "termination.graceDays", label: "取消接入提前几天通知", kind: "text", width: "s" },
      hint: "3–90天，主办者在这期间可以提出异议。",
      reader: whole(3, 90),
    },
    {
      ...{
        key: "termination.automatic",
        label: "通知期满自动提交取消接入，不用上报人员操作",
        kind: "toggle",
      },
      reader: toggle,
    },
    {
      ...{
        key: "cuts.own",
        label: "自己提交的注销、取消接入和变更时去掉的域名，办完后也列入断开接入",
        kind: "toggle",
      },
      hint: "管局注销的总是列入。",
      reader: toggle,
    },
  ],
};

const papers: SettingGroup = {
  title: "材料",
  settings: [
    {
      ...{
        key: "materials.required",
        label: "还要上传的表单",
        kind: "checks",
        options: optionsOf(formWords),
      },
      hint: "系统按备案单填好，主办者签字后拍照上传。注销备案不要。",
      reader: picks(Object.keys(formWords)),
    },
    {
      ...{ key: "papers.required", label: "要邮寄原件的材料", kind: "checks" },
      options: optionsOf({ form: "真实性核验单", letter: "授权委托书", ...formWords }),
      hint: "选了以后，原件收到并核验前不能提交管局。一种都不选，就不要求邮寄。",
      reader: picks(["form", "letter", ...Object.keys(formWords)]),
    },
    {
      ...{ key: "recognition", label: "自动识别身份证和营业执照照片", kind: "toggle", reader: toggle },
      hint: "在本机识别，不会发到别处。读到的内容供填写时选用、供审核时核对，不会自动改动填写的内容。",
    },
  ],
};

const products: SettingGroup = {
  title: "产品核验",
  settings: [
    {
      ...{ key: "products.required", label: "备案必须先核验产品", kind: "toggle", reader: toggle },
    },
    {
      ...{ key: "products.source", label: "产品从哪里查", kind: "radios" },
      options: optionsOf({ table: "导入的产品表", webhook: "自己的业务系统（网络接口）" }),
      reader: choice({ table: "table", webhook: "webhook" }),
    },
    {
      ...{ key: "products.types", label: "可以用来备案的产品", kind: "checks" },
      options: productTypeNames.map((code) => ({ code, label: productTypes[code].label })),
      reader: picks(productTypeNames),
    },
  ],
};

const staff: SettingGroup = {
  title: "工作人员",
  settings: [
    {
      ...{ key: "staffTotp", label: "登录审核台要动态口令", kind: "toggle", reader: toggle },
    },
  ],
};

/** All settings that an administrator changes, in the order of the page. */
export const settingGroups: readonly SettingGroup[] = [contact, review, filings, papers, products, staff];
