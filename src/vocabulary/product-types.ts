import { compact, normalise } from "../lib/text.ts";
import { toAscii } from "./domain.ts";
import { parseIpRange } from "./ip-address.ts";

/** One thing that is asked for. `clean` gives the usual spelling, "" for what can't be meant. */
export type ProductField = {
  label: string;
  hint: string;
  /** Shown as a password, and never shown again. */
  secret: boolean;
  clean: (typed: string) => string;
  input: Record<string, string>;
};

/**
 * One kind of product. `key` finds the product, `proof` shows that it is one's own: a secret that is kept as a hash, or
 * one of the product's addresses. An authorisation code is both in one.
 */
export type ProductType = {
  label: string;
  key: ProductField;
  proof: ProductField | null;
  proves: "secret" | "address" | "code";
  /** The key as staff and owners may read it: the name of an account may be somebody's telephone or mailbox. */
  shown: (key: string) => string;
  /** Usual code of 接入方式. */
  accessMode: string;
};

const plain = { autocomplete: "off", autocapitalize: "none", spellcheck: "false" };

const account = (label: string, hint: string): ProductField => ({
  label,
  hint,
  secret: false,
  clean: (typed) => normalise(typed),
  input: plain,
});
/** A password is taken as it was typed: blanks at its ends may belong to it. */
const password = (label: string, hint: string): ProductField => ({
  label,
  hint,
  secret: true,
  clean: (typed) => typed.replace(/[\r\n]+$/, ""),
  input: { autocomplete: "off" },
});

/** One public address; a range is none. */
function oneAddress(typed: string): string {
  const range = parseIpRange(compact(typed));
  return range.ok && range.start === range.end ? range.first : "";
}
const address = (label: string, hint: string): ProductField => ({
  label,
  hint,
  secret: false,
  clean: oneAddress,
  input: { ...plain, inputmode: "text" },
});

const host = (typed: string): string => {
  const name = toAscii(
    compact(typed)
      .replace(/^https?:\/\//i, "")
      .replace(/[/:?#].*$/, ""),
  );
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name) ? name : "";
};

/** What a code is made of: digits and capitals without I, L, O and U (Crockford's base 32). */
export const CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const CODE_LENGTH = 16;

/** A code as it was typed: blanks and hyphens are dropped, look-alikes read as what they look like. */
export function cleanCode(typed: string): string {
  const code = compact(typed).toUpperCase().replaceAll("-", "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return code.length === CODE_LENGTH && [...code].every((sign) => CODE_SIGNS.includes(sign)) ? code : "";
}

/** In groups of four, as it is read out and typed. */
export const spacedCode = (code: string): string => code.match(/.{1,4}/g)?.join("-") ?? "";

const whole = (key: string): string => key;

/** The first two and the last sign of a name; of a short one nothing. */
const masked = (key: string): string => {
  const signs = [...key];
  return signs.length < 5 ? "****" : `${signs.slice(0, 2).join("")}****${signs.at(-1)}`;
};

/** The six kinds by their names in URLs, files and the database. Fields as in the manuals of providers' systems. */
export const productTypes = {
  cloud_server: {
    label: "云服务器",
    key: address("公网IP", "云服务器的公网IP地址。"),
    proof: password("登录密码", "云服务器的登录密码。只用来核对一次，不会保存。"),
    proves: "secret",
    shown: whole,
    accessMode: "5",
  },
  virtual_host: {
    label: "虚拟主机",
    key: account("FTP用户名", "在虚拟主机的管理页面可以查到。"),
    proof: password("FTP密码", "只用来核对一次，不会保存。"),
    proves: "secret",
    shown: masked,
    accessMode: "3",
  },
  site_builder: {
    label: "云建站",
    key: account("后台账户", "登录云建站后台用的账户。"),
    proof: password("后台密码", "只用来核对一次，不会保存。"),
    proves: "secret",
    shown: masked,
    accessMode: "3",
  },
  idc_host: {
    label: "IDC主机",
    key: { ...account("订单号", "购买主机的订单号。"), clean: (typed) => compact(typed).toUpperCase() },
    proof: address("主机IP", "这台主机的公网IP地址。"),
    proves: "address",
    shown: whole,
    accessMode: "2",
  },
  agent_platform: {
    label: "代理平台",
    key: { ...account("代理平台域名", "代理平台的域名，不带http://。"), clean: host },
    proof: address("域名的IP", "这个域名解析到的公网IP地址。"),
    proves: "address",
    shown: whole,
    accessMode: "3",
  },
  authorisation_code: {
    label: "备案授权码",
    key: {
      ...account("备案授权码", "由产品的所有者在“备案授权码”里生成，16位字母和数字。"),
      clean: cleanCode,
      input: { ...plain, autocapitalize: "characters" },
    },
    proof: null,
    proves: "code",
    shown: (code) => `****${code.slice(-4)}`,
    accessMode: "5",
  },
} as const satisfies Record<string, ProductType>;

export type ProductTypeName = keyof typeof productTypes;
/** Kinds that a table of products holds; codes are made for them. */
export type StoredTypeName = Exclude<ProductTypeName, "authorisation_code">;

export const productTypeNames = Object.keys(productTypes) as ProductTypeName[];
export const storedTypeNames = productTypeNames.filter(
  (name): name is StoredTypeName => name !== "authorisation_code",
);

export const isProductType = (name: string): name is ProductTypeName => Object.hasOwn(productTypes, name);

/** The entry with the widened type. */
export const productType = (name: ProductTypeName): ProductType => productTypes[name];
