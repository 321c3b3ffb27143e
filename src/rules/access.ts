import { type IpFault, isCovered, parseIpRange } from "../vocabulary/ip-address.ts";
import type { Rule } from "./types.ts";

const AT = ["access.ips"] as const;

/** A rule that names each line with the fault. */
function rule(id: string, ref: string, fault: IpFault, message: (line: string) => string): Rule {
  return {
    id,
    ref,
    severity: "error",
    at: AT,
    sources: ["CT"],
    run({ list }) {
      return list
        .filter((line) => {
          const range = parseIpRange(line);
          return !range.ok && range.fault === fault;
        })
        .map(message);
    },
  };
}

/** IP addresses of an access. */
export const accessRules: Rule[] = [
  rule(
    "ip-shape",
    "A02",
    "shape",
    (line) => `“${line}”不是IP地址，请写成203.0.113.18，或203.0.113.20-203.0.113.23`,
  ),
  rule("ip-mixed", "A02", "mixed", (line) => `“${line}”的开始和结束要同是IPv4或同是IPv6，请分成两行`),
  rule("ip-order", "A02", "order", (line) => `“${line}”的开始地址比结束地址大，请把两个地址对调`),
  rule("ip-public", "A01", "private", (line) => `“${line}”是内网或保留地址，请填服务器的公网IP`),
  {
    id: "ip-repeated",
    ref: "A02",
    severity: "error",
    at: AT,
    sources: ["V3 结果代码1024"],
    run({ list }) {
      const ranges = list.flatMap((line) => {
        const range = parseIpRange(line);
        return range.ok ? [{ line, ...range }] : [];
      });
      return ranges.flatMap((one, i) => {
        const other = ranges
          .slice(0, i)
          .find((two) => two.version === one.version && one.start <= two.end && two.start <= one.end);
        return other ? [`“${one.line}”和“${other.line}”有重复的地址，请去掉重复的部分`] : [];
      });
    },
  },
  {
    id: "ip-needs-v4",
    severity: "error",
    at: AT,
    sources: ["V3 Ip_xx"],
    run({ list }) {
      const versions = list.map(parseIpRange).flatMap((range) => (range.ok ? [range.version] : []));
      const onlyV6 = versions.length > 0 && !versions.includes(4);
      return onlyV6 ? "管局系统还不接收IPv6地址，请至少再填一个IPv4地址" : null;
    },
  },
  {
    id: "ip-of-isp",
    ref: "A03",
    severity: "error",
    at: AT,
    sources: ["21V", "V3 结果代码1063"],
    applies: (_scope, { ipRanges }) => ipRanges.length > 0,
    run({ list }, { ipRanges, ispName }) {
      return list
        .filter((line) => {
          const range = parseIpRange(line);
          return range.ok && !isCovered(range, ipRanges);
        })
        .map((line) => `“${line}”不是${ispName}的地址，请填在${ispName}购买的服务器的IP`);
    },
  },
];
