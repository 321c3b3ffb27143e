import { INDIVIDUAL } from "../code-tables.ts";
import { define } from "./define.ts";
import { personFields, VALID_UNTIL } from "./person.ts";
import type { Condition, Field } from "./types.ts";

const individual: Condition = { key: "nature", in: [INDIVIDUAL] };
const unit: Condition = { key: "nature", notIn: [INDIVIDUAL] };
const CREDIT_CODE_TYPES = ["1", "13", "15", "24"];

const organiser = define("subject", "organiser", [
  {
    key: "number",
    label: "主体备案号",
    hint: "",
    kind: "fixed",
    visible: { key: "number", notIn: [""] },
    required: false,
    bureau: "Baxh",
    returnReasons: [],
  },
  {
    key: "name",
    label: "名称",
    summaryLabel: "主办单位名称",
    hint: "和证件上的名称一字不差，括号用全角。",
    variants: [
      { when: individual, label: "姓名", summaryLabel: "主办者姓名", hint: "和证件上的姓名一字不差。" },
      {
        when: { key: "certType", in: ["1"] },
        hint: "和营业执照上的名称一字不差，括号用全角。",
      },
    ],
    kind: "text",
    clean: "name",
    sensitivity: "name",
    sensitiveWhen: individual,
    bureau: "Dwmc",
    input: { autocomplete: "organization" },
  },
  {
    key: "nature",
    label: "性质",
    summaryLabel: "主办单位性质",
    hint: "有营业执照的个体工商户选企业。",
    kind: "select",
    codeTable: "unit_nature",
    width: "m",
    bureau: "Dwxz",
    returnReasons: ["nature"],
  },
  {
    key: "certType",
    label: "证件类型",
    summaryLabel: "主办单位证件类型",
    variants: [{ when: individual, summaryLabel: "主办者证件类型" }],
    kind: "select",
    codeTable: "cert_type",
    optionsFrom: { key: "nature" },
    width: "m",
    bureau: "Zj/Zjlx",
    returnReasons: ["cert-type"],
  },
  {
    key: "certNo",
    label: "证件号码",
    summaryLabel: "主办单位证件号码",
    hint: "请照抄证件上的号码。",
    variants: [
      { when: individual, summaryLabel: "主办者证件号码", hint: "请照抄证件上的号码，末位是X的用大写。" },
      {
        when: { key: "certType", in: ["1"] },
        hint: "18位统一社会信用代码，字母大写，在营业执照右上角或正中。没有字母I、O、S、V、Z。",
      },
      {
        when: { key: "certType", in: CREDIT_CODE_TYPES },
        hint: "18位统一社会信用代码，字母大写。没有字母I、O、S、V、Z。",
      },
    ],
    kind: "text",
    clean: "code",
    width: "m",
    sensitivity: "identity",
    sensitiveWhen: individual,
    bureau: "Zj/Zjhm",
    input: { autocapitalize: "characters", spellcheck: "false" },
    returnReasons: ["as-certificate", "cert-expired"],
  },
  {
    key: "certValidUntil",
    label: "证件有效期至",
    summaryLabel: "主办单位证件有效期至",
    hint: "照抄证件上的截止日期，例如2035-01-02，长期有效的写“长期”。",
    variants: [{ when: individual, summaryLabel: "主办者证件有效期至", hint: VALID_UNTIL }],
    kind: "text",
    clean: "date",
    required: false,
    width: "m",
    sensitivity: "private",
    sensitiveWhen: individual,
    maxLength: 40,
    input: { autocomplete: "off" },
    returnReasons: ["as-certificate", "cert-expired"],
  },
  {
    key: "residence",
    label: "证件住所",
    summaryLabel: "证件住所",
    hint: "照抄证件上的地址。",
    variants: [{ when: { key: "certType", in: ["1"] }, hint: "照抄营业执照上的“住所”。" }],
    kind: "text",
    sensitivity: "address",
    sensitiveWhen: individual,
    bureau: "Zj/Zjzs",
    maxLength: 1024,
  },
  {
    key: "division",
    label: "所在地",
    hint: "和证件同一个省。北京、天津、上海、重庆没有“市”这一级。",
    kind: "division",
    parts: [
      { key: "province", label: "省", list: false },
      { key: "city", label: "市", list: false },
      { key: "county", label: "区县", list: false },
    ],
    bureau: "Txdz/Shengid, Txdz/Shiid, Txdz/Xianid",
    returnReasons: ["region", "as-certificate"],
  },
  {
    key: "address",
    label: "通信地址",
    hint: "不用再写省、市、区县。写到门牌号；确实没有的，在备注里写“通信地址已为最详细”。",
    kind: "text",
    sensitivity: "address",
    sensitiveWhen: individual,
    bureau: "Txdz/Xxdz",
    maxLength: 1024,
    input: { autocomplete: "street-address" },
    returnReasons: ["address-detail", "incomplete"],
  },
  {
    key: "investor",
    label: "投资者或上级主管单位",
    hint: "有多个的，中间用英文逗号隔开。没有的，填本单位名称。",
    kind: "text",
    visible: unit,
    bureau: "Tzr",
    returnReasons: ["investor"],
  },
]);

const authorised = define("subject", "person", [
  {
    key: "leaderAuthorised",
    label: "负责人不是法定代表人，由法定代表人书面授权",
    summaryLabel: "主体负责人与法定代表人",
    kind: "toggle",
    words: ["不是法定代表人，另有授权", "是法定代表人"],
    visible: unit,
    required: false,
    returnReasons: ["legal-representative"],
  },
]);

const person = personFields({
  section: "subject",
  group: "person",
  title: "主体负责人",
  element: "Fzr",
  nameHint: "企业填法定代表人。",
  visible: true,
  namesVisible: unit,
  autocomplete: true,
});

const remarks = define("subject", "person", [
  {
    key: "remark",
    label: "备注（提交至管局）",
    summaryLabel: "主体备注（提交至管局）",
    kind: "area",
    required: false,
    sensitivity: "private",
    bureau: "Bz",
    maxLength: 1024,
    returnReasons: ["remark", "incomplete"],
  },
  {
    key: "remarkIsp",
    label: "备注（提交至接入商）",
    summaryLabel: "主体备注（提交至接入商）",
    hint: "只给接入商的审核员看，不提交管局。",
    kind: "area",
    required: false,
    sensitivity: "private",
    maxLength: 1024,
    returnReasons: [],
  },
]);

/** The subject (主体): who files, and the person responsible for it. */
export const subjectFields: readonly Field[] = [...organiser, ...authorised, ...person, ...remarks];
