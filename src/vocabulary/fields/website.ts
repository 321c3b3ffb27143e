import { codeTable } from "../code-tables.ts";
import { appFields, isApp, isWebsite } from "./app.ts";
import { define } from "./define.ts";
import { personFields } from "./person.ts";
import type { Condition, Field, Part } from "./types.ts";

const APP_NAME = "在各平台上架时用的名称，与主办单位或内容有关。";

const ownPerson: Condition = { key: "samePerson", notIn: ["1"] };

/** Key of the approval number of a pre-approval code. */
export const approvalNumberKey = (code: string): string => `approvalNumber${code}`;

const approvalParts = (): Part[] => [
  { key: "preApprovals", label: "前置审批或专项审批", list: true },
  ...codeTable("pre_approval").rows.map(({ code, zh }) => ({
    key: approvalNumberKey(code),
    label: `${zh}批准文号`,
    list: false,
  })),
];

const site = define("website", "site", [
  {
    key: "number",
    label: "网站备案号",
    hint: "",
    kind: "fixed",
    visible: { key: "number", notIn: [""] },
    required: false,
    bureau: "Baxh",
    returnReasons: [],
  },
  {
    key: "serviceType",
    label: "应用服务类型",
    hint: "网站、APP、小程序、快应用各有自己的备案号，分开填写。",
    kind: "select",
    codeTable: "service_type",
    width: "m",
    returnReasons: ["service-content"],
  },
  {
    key: "siteName",
    label: "网站名称",
    hint: "至少3个汉字，与主办单位或网站内容有关，不能是域名或网址。",
    variants: [
      { when: { key: "serviceType", in: ["6"] }, label: "APP名称", summaryLabel: "APP名称", hint: APP_NAME },
      {
        when: { key: "serviceType", in: ["7"] },
        label: "小程序名称",
        summaryLabel: "小程序名称",
        hint: APP_NAME,
      },
      {
        when: { key: "serviceType", in: ["8"] },
        label: "快应用名称",
        summaryLabel: "快应用名称",
        hint: APP_NAME,
      },
    ],
    kind: "text",
    bureau: "Wzmc",
    maxLength: 512,
    returnReasons: ["name-domain", "name-unrelated", "name-words", "name-personal"],
  },
  {
    key: "domains",
    label: "域名",
    hint: "不带www，例如example.cn。有多个的，每行一个。",
    variants: [
      { when: isApp, label: "服务域名", summaryLabel: "服务域名", hint: "它连接的服务器的域名，每行一个。" },
    ],
    kind: "lines",
    clean: "host",
    bureau: "Ym_xx/Ym",
    maxLength: 128,
    input: { inputmode: "url", spellcheck: "false", autocapitalize: "none" },
    returnReasons: ["domain-holder", "domain-real-name", "domain-expired", "domain-filed"],
  },
  {
    key: "domainHolder",
    label: "域名持有者",
    hint: "域名实名认证的名称。单位填单位全称，个人填本人姓名，可以在注册商处查到。不报管局。",
    kind: "text",
    required: false,
    sensitivity: "name",
    maxLength: 128,
    returnReasons: ["domain-holder", "domain-real-name"],
  },
  {
    key: "domainExpires",
    label: "域名到期日",
    hint: "例如2030-01-02；有多个域名的，填最早到期的。不报管局。",
    kind: "text",
    clean: "date",
    width: "m",
    required: false,
    maxLength: 40,
    returnReasons: ["domain-expired"],
  },
  {
    key: "domainRegistrar",
    label: "域名注册商",
    hint: "购买域名的地方，应在境内。",
    kind: "text",
    required: false,
    maxLength: 128,
    returnReasons: ["domain-real-name"],
  },
  {
    key: "homePages",
    label: "首页网址",
    hint: "一般是www加域名，例如www.example.cn。有多个的，每行一个。",
    kind: "lines",
    visible: isWebsite,
    clean: "url",
    bureau: "Syurl",
    input: { inputmode: "url", spellcheck: "false", autocapitalize: "none" },
    returnReasons: ["home-page", "site-open"],
  },
  {
    key: "serviceContents",
    label: "服务内容",
    hint: "选网站实际提供的，可以多选。",
    kind: "checks",
    codeTable: "site_service_content",
    bureau: "Fwnr/Fwnr_id",
    returnReasons: ["service-content", "pre-approval"],
  },
  {
    key: "languages",
    label: "语言类别",
    hint: "网站用到的语言，可以多选。",
    kind: "checks",
    codeTable: "site_language",
    bureau: "Yylb/Yylb_id",
    returnReasons: ["languages"],
  },
  {
    key: "preApprovals",
    label: "前置审批或专项审批",
    hint: "网站涉及这些内容的才选，并填写批准文号。都不涉及的不用选。",
    kind: "approvals",
    codeTable: "pre_approval",
    required: false,
    bureau: "Nrlx/Nrlx_xx/Nrlx_id, Nrlx/Nrlx_xx/Qzsph",
    maxLength: 512,
    returnReasons: ["pre-approval"],
  },
]);

// Of the approvals that are in force when they are asked for: a bureau adds its own, each with a number.
for (const one of site.filter(({ kind }) => kind === "approvals"))
  Object.defineProperty(one, "parts", { enumerable: true, get: approvalParts });

const same = define("website", "leader", [
  {
    key: "samePerson",
    label: "与主体负责人是同一人",
    summaryLabel: "网站负责人",
    kind: "toggle",
    words: ["同主体负责人", "另有负责人"],
    required: false,
    returnReasons: ["not-own-number"],
  },
]);

const leader = personFields({
  section: "website",
  group: "leader",
  title: "网站负责人",
  element: "Wz_Fzr",
  nameHint: "实际管理网站的本单位人员，拍核验照片的也是这个人。",
  visible: ownPerson,
  namesVisible: ownPerson,
  autocomplete: false,
});

const remarks = define("website", "leader", [
  {
    key: "remark",
    label: "备注（提交至管局）",
    summaryLabel: "网站备注（提交至管局）",
    hint: "网站的内容和用途，或管局要求写明的事项。",
    kind: "area",
    required: false,
    sensitivity: "private",
    bureau: "Wz_Bz",
    maxLength: 1024,
    returnReasons: ["remark", "incomplete"],
  },
]);

/** A website (网站) of the subject, and the person responsible for it. */
export const websiteFields: readonly Field[] = [...site, ...appFields, ...same, ...leader, ...remarks];
