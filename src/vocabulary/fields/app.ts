import { define } from "./define.ts";
import type { Condition, Field } from "./types.ts";

/** Codes of the table service_type. */
const APP = "6";
const SMALL = ["7", "8"];

export const isApp: Condition = { key: "serviceType", in: [APP, ...SMALL] };
export const isWebsite: Condition = { key: "serviceType", notIn: [APP, ...SMALL] };
const onPhones: Condition = { key: "serviceType", in: [APP] };
const inHost: Condition = { key: "serviceType", in: SMALL };

/**
 * What an app, a mini program or a quick app has beside a website's fields. Version V.3.0 of the interface carries none
 * of it (APP备案 began in 2023).
 */
export const appFields: readonly Field[] = define("website", "app", [
  {
    key: "appPlatforms",
    label: "运行平台",
    hint: "同一个APP在各平台上的名称要一致。",
    kind: "checks",
    codeTable: "app_platform",
    visible: onPhones,
    returnReasons: ["app-identity"],
  },
  {
    key: "hostApps",
    label: "所在平台",
    hint: "小程序一般由所在平台代为备案，平台要求由接入商备案的在这里办理。",
    kind: "checks",
    codeTable: "host_app",
    visible: inHost,
    returnReasons: ["app-identity"],
  },
  {
    key: "packageNames",
    label: "包名",
    hint: "每个平台一行，例如cn.example.shop；苹果平台填Bundle ID。",
    kind: "lines",
    clean: "text",
    visible: onPhones,
    maxLength: 255,
    input: { spellcheck: "false", autocapitalize: "none" },
    returnReasons: ["app-identity"],
  },
  {
    key: "hostAppId",
    label: "AppID",
    hint: "在所在平台的管理后台查到的编号。",
    kind: "text",
    visible: inHost,
    width: "m",
    maxLength: 64,
    input: { spellcheck: "false", autocapitalize: "none" },
    returnReasons: ["app-identity"],
  },
  {
    key: "publicKey",
    label: "公钥",
    hint: "签名证书的公钥，从打包工具里复制。",
    kind: "area",
    visible: onPhones,
    maxLength: 4096,
    input: { spellcheck: "false" },
    returnReasons: ["app-identity"],
  },
  {
    key: "fingerprints",
    label: "签名证书指纹",
    hint: "每个平台一行：安卓和鸿蒙填MD5（32位），苹果填SHA-1（40位）。",
    kind: "lines",
    clean: "text",
    visible: onPhones,
    maxLength: 64,
    input: { spellcheck: "false", autocapitalize: "none" },
    returnReasons: ["app-identity"],
  },
]);
