import { define } from "./define.ts";
import type { Field } from "./types.ts";

/** An access (接入) of a website: how and where it hangs on the network of the ISP. */
export const accessFields: readonly Field[] = define("access", "access", [
  {
    key: "accessModes",
    label: "接入方式",
    hint: "按购买的产品选择，云服务器选云接入。",
    kind: "checks",
    codeTable: "access_mode",
    bureau: "Wzjrfs/Jrfs",
    returnReasons: ["access"],
  },
  {
    key: "serverPlaces",
    label: "服务器放置地",
    hint: "服务器机房所在的省，可以多选，不必与主办单位同省。",
    kind: "checks",
    codeTable: "province",
    bureau: "Wzfb/Fbdd",
    returnReasons: ["access"],
  },
  {
    key: "ips",
    label: "IP地址",
    hint: "每行一个公网地址，或一段地址“开始-结束”，例如203.0.113.20-203.0.113.23。",
    kind: "lines",
    clean: "ip",
    bureau: "Ip_xx/Qsip, Ip_xx/Zzip",
    input: { inputmode: "text", spellcheck: "false", autocapitalize: "none" },
    returnReasons: ["ip-foreign", "access"],
  },
  {
    key: "provider",
    label: "接入服务提供者",
    hint: "",
    kind: "fixed",
    required: false,
    returnReasons: [],
  },
]);
