import { isUnder, toAscii } from "../vocabulary/domain.ts";
import { listOf } from "../vocabulary/fields/index.ts";
import { parseHomePage } from "../vocabulary/home-page.ts";
import type { Rule } from "./types.ts";

const HOME_PAGES = ["website.homePages"] as const;
const SOURCES = ["HWDOM", "21V"];

/** 首页网址: www and the domain, one for each (D08). */
export const homePageRules: Rule[] = [
  {
    id: "home-page-format",
    ref: "D08",
    severity: "error",
    at: HOME_PAGES,
    sources: ["V3 结果代码1022"],
    run({ list }) {
      return list.flatMap((line) => {
        const page = parseHomePage(line);
        if (page.ok) return [];
        return page.fault === "ip"
          ? [`“${line}”是IP地址，首页网址请用域名`]
          : [`“${line}”不是网址，请写成www.example.cn这样`];
      });
    },
  },
  {
    id: "home-page-domain",
    ref: "D08",
    severity: "error",
    at: HOME_PAGES,
    sources: ["V3 结果代码1041"],
    run({ list, values }) {
      const domains = listOf(values, "domains");
      if (domains.length === 0) return null;
      return list.flatMap((line) => {
        const page = parseHomePage(line);
        if (!page.ok || domains.some((domain) => isUnder(page.ascii, domain))) return [];
        return [`“${line}”不在填写的域名下面，请改成www.${domains[0]}这样，或补上它的域名`];
      });
    },
  },
  {
    id: "home-page-path",
    ref: "D08",
    severity: "warning",
    at: HOME_PAGES,
    sources: SOURCES,
    run({ list }) {
      return list.flatMap((line) => {
        const page = parseHomePage(line);
        return page.ok && page.more ? [`首页网址写到域名为止就可以：${page.host}`] : [];
      });
    },
  },
  {
    id: "home-page-count",
    ref: "D08",
    severity: "error",
    at: HOME_PAGES,
    sources: ["T17", "72DNS"],
    run({ list, values }) {
      const domains = Math.max(1, listOf(values, "domains").length);
      return list.length > domains
        ? `每个域名填一个首页网址，现在域名${domains}个、首页网址${list.length}个，请去掉多余的`
        : null;
    },
  },
  {
    id: "home-page-www",
    ref: "D08",
    severity: "warning",
    at: HOME_PAGES,
    sources: ["72DNS"],
    run({ list, values }) {
      const domains = listOf(values, "domains");
      return list.flatMap((line) => {
        const page = parseHomePage(line);
        const domain = page.ok && domains.find((one) => isUnder(page.ascii, one));
        if (!page.ok || !domain) return [];
        const usual = [toAscii(domain), `www.${toAscii(domain)}`].includes(page.ascii);
        return usual ? [] : [`首页网址一般填www.${domain}，确实从“${page.host}”打开的可以不改`];
      });
    },
  },
];
