import { IDENTITY_CARD } from "../code-tables.ts";
import { define, type Entry } from "./define.ts";
import { type PersonSection, personKeys } from "./person-keys.ts";
import type { Field, SectionKind, When } from "./types.ts";

export { type PersonSection, personKeys } from "./person-keys.ts";

type Options = {
  section: PersonSection & SectionKind;
  group: string;
  /** 主体负责人, 网站负责人: before the labels in summaries. */
  title: string;
  /** Element of the bureau's XML that holds the person. */
  element: string;
  nameHint: string;
  /** When the person is asked for at all, and when name and document are (a 个人 subject has given them). */
  visible: When;
  namesVisible: When;
  autocomplete: boolean;
};

/** Beside the last day of a document, a person's or a body's. */
export const VALID_UNTIL = "例如2035-01-02，长期有效的写“长期”。身份证在背面。";

/** Name and document. */
function identity({ section, title, element, nameHint, namesVisible }: Options): Entry[] {
  const keys = personKeys[section];
  return [
    {
      key: keys.name,
      label: "姓名",
      summaryLabel: `${title}姓名`,
      hint: nameHint,
      kind: "text",
      clean: "name",
      visible: namesVisible,
      width: "m",
      sensitivity: "name",
      bureau: `${element}/Fzr_xm`,
      maxLength: 128,
      returnReasons: ["as-certificate", "legal-representative"],
    },
    {
      key: keys.idType,
      label: "证件类型",
      summaryLabel: `${title}证件类型`,
      kind: "select",
      codeTable: "cert_type",
      optionsFrom: { only: "person" },
      visible: namesVisible,
      width: "m",
      bureau: `${element}/Fzr_zjlx`,
      returnReasons: ["cert-type"],
    },
    {
      key: keys.idNo,
      label: "证件号码",
      summaryLabel: `${title}证件号码`,
      hint: "请照抄证件上的号码，末位是X的用大写。",
      variants: [
        { when: { key: keys.idType, in: [IDENTITY_CARD] }, hint: "18位居民身份证号码，末位是X的用大写。" },
      ],
      kind: "text",
      clean: "code",
      visible: namesVisible,
      width: "m",
      sensitivity: "identity",
      bureau: `${element}/Fzr_zjhm`,
      maxLength: 128,
      input: { inputmode: "text", spellcheck: "false", autocapitalize: "characters" },
      returnReasons: ["as-certificate", "cert-expired"],
    },
    {
      key: keys.idValidUntil,
      label: "证件有效期至",
      summaryLabel: `${title}证件有效期至`,
      hint: VALID_UNTIL,
      kind: "text",
      clean: "date",
      visible: namesVisible,
      required: false,
      width: "m",
      sensitivity: "private",
      maxLength: 40,
      input: { autocomplete: "off" },
      returnReasons: ["as-certificate", "cert-expired"],
    },
  ];
}

/** Telephones and mail box. */
function contacts({ section, title, element, visible, autocomplete }: Options): Entry[] {
  const keys = personKeys[section];
  const usual = { visible, width: "m", sensitivity: "phone", clean: "phone", maxLength: 128 } as const;
  return [
    {
      ...usual,
      key: keys.mobile,
      label: "手机",
      summaryLabel: `${title}手机号码`,
      hint: "负责人本人的号码，归属地与所在省一致。管局的核验短信发到这里。",
      kind: "tel",
      bureau: `${element}/Fzr_sjhm`,
      input: { type: "tel", inputmode: "tel", ...(autocomplete && { autocomplete: "tel-national" }) },
      returnReasons: ["unreachable", "not-local", "not-own-number", "same-number"],
    },
    {
      ...usual,
      key: keys.emergency,
      label: "应急联系电话",
      summaryLabel: `${title}应急联系电话`,
      hint: "不能和上面的手机相同。",
      kind: "tel",
      input: { type: "tel", inputmode: "tel" },
      returnReasons: ["unreachable", "not-local", "same-number"],
    },
    {
      ...usual,
      key: keys.phone,
      label: "办公电话",
      summaryLabel: `${title}办公电话`,
      hint: "格式：086-区号-号码，例如086-0571-00000000。没有的，在备注里写明原因。",
      kind: "tel",
      required: false,
      bureau: `${element}/Fzr_dhhm`,
      input: { type: "tel", inputmode: "tel" },
      returnReasons: ["unreachable", "not-local", "remark"],
    },
    {
      ...usual,
      key: keys.email,
      label: "电子邮箱",
      summaryLabel: `${title}电子邮箱`,
      hint: section === "subject" ? "备案通过后，备案号发到这里。" : "",
      kind: "email",
      clean: "email",
      sensitivity: "email",
      bureau: `${element}/Fzr_dzyj`,
      input: {
        type: "email",
        inputmode: "email",
        spellcheck: "false",
        ...(autocomplete && { autocomplete: "email" }),
      },
      returnReasons: ["email", "same-number"],
    },
  ];
}

/** Messenger: kind and account. */
function messenger({ section, title, element, visible }: Options): Entry[] {
  const keys = personKeys[section];
  const shown = typeof visible === "boolean" ? [] : Array.isArray(visible) ? visible : [visible];
  return [
    {
      key: keys.messengerType,
      label: "即时通讯",
      summaryLabel: `${title}即时通讯`,
      kind: "select",
      codeTable: "messenger",
      visible,
      required: false,
      width: "m",
      returnReasons: [],
    },
    {
      key: keys.messenger,
      label: "即时通讯账号",
      summaryLabel: `${title}即时通讯账号`,
      kind: "text",
      visible: [...shown, { key: keys.messengerType, notIn: [""] }],
      width: "m",
      sensitivity: "private",
      bureau: `${element}/Qq, ${element}/Msn`,
      maxLength: 128,
      returnReasons: [],
    },
  ];
}

/** The fields of a responsible person. */
export function personFields(options: Options): Field[] {
  const entries = [...identity(options), ...contacts(options), ...messenger(options)];
  return define(options.section, options.group, entries);
}
