import type { Rule } from "./types.ts";

const SOURCES = ["HWAPP", "MIIT-APP"];

/** Letters, digits, underscore and hyphen, at least two parts: cn.example.shop. */
const PACKAGE = /^[A-Za-z][\w-]*(\.[A-Za-z][\w-]*)+$/;
/** MD5 or SHA-1 in hexadecimal, with or without colons between the bytes. */
const FINGERPRINT = /^([0-9a-f]{32}|[0-9a-f]{40})$/i;

/** Rules of apps, mini programs and quick apps. */
export const appRules: Rule[] = [
  {
    id: "app-package-name",
    severity: "error",
    at: ["website.packageNames"],
    sources: SOURCES,
    run: ({ list }) =>
      list
        .filter((name) => !PACKAGE.test(name))
        .map((name) => `“${name}”不是包名，请填写由点隔开的英文名，例如cn.example.shop`),
  },
  {
    id: "app-package-for-each-platform",
    severity: "warning",
    at: ["website.packageNames"],
    sources: SOURCES,
    run: ({ list, values }) => {
      const platforms = [values.appPlatforms ?? []].flat().length;
      return list.length < platforms ? `选了${platforms}个平台，请每个平台写一行包名，相同的也写` : null;
    },
  },
  {
    id: "app-fingerprint",
    severity: "error",
    at: ["website.fingerprints"],
    sources: SOURCES,
    run: ({ list }) =>
      list
        .filter((print) => !FINGERPRINT.test(print.replaceAll(":", "")))
        .map(() => "签名证书指纹应是32位（MD5）或40位（SHA-1）的十六进制数，请从打包工具里复制"),
  },
];
