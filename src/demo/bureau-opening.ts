import type { DeskOrder } from "../simulator/desk-orders.ts";
import { bureauIdsOf, demoNumber, FIRST_ON_RECORD, firstIdOf } from "./bureau-records.ts";
import { cast } from "./cast.ts";
import { offered, recordCast } from "./cast-records.ts";
import { creditCode } from "./people.ts";
import { demoProviders } from "./providers.ts";

/** Which of the numbers that are set aside nobody here has. */
const UNKNOWN = 190;

/** What the bureau calls the record of a domain. */
function at(domain: string): ReturnType<typeof bureauIdsOf> {
  const first = cast.findIndex((filing) => filing.domain === domain) + 1;
  const later = [...recordCast, offered].findIndex(({ filing }) => filing.domain === domain);
  if (!first && later < 0) throw new Error(`the demo has no record of ${domain}`);
  return bureauIdsOf(first || FIRST_ON_RECORD + later);
}

/** A record that is at the bureau and not here: that it was cancelled waits for a person. */
const cancelledUnknown = (ispId: number): DeskOrder[] => [
  {
    action: "seed",
    record: {
      ...{ ispId, firstId: firstIdOf(UNKNOWN), number: demoNumber(UNKNOWN), name: "示例旧档有限公司" },
      certNumber: creditCode("330106", 990_002),
      websites: [{ name: "示例旧档", domains: ["jiudang-demo.cn"] }],
    },
  },
  { action: "cancel", of: "subject", bureauId: firstIdOf(UNKNOWN), remark: "演示：管局注销备案" },
];

/**
 * What the simulated bureau of a new demo says and asks by itself, so that none of the pages about it is empty. A record
 * is cancelled only after the copy, which still holds it.
 */
export function openingOrders(): DeskOrder[] {
  const ispId = demoProviders[0]?.bureau.ispId ?? 0;
  const lacquer = at("qihua-demo.cn");
  const to = { ispId };
  return [
    { action: "bulletin", words: "演示：请各接入商于本月底前完成备案信息的自查。", ...to },
    {
      ...{ action: "bulletin", words: "演示：该主体的通信地址可能已变更，请联系主办者核对。", ...to },
      bureauId: at("sichou-demo.cn").subject,
    },
    { action: "inquire", bureauId: at("paper-demo.cn").subject, ...to },
    {
      ...{ action: "inspect", of: "subject", bureauId: at("zhishan-demo.cn").subject, ...to },
      reason: "演示：证件住所与登记信息不一致",
    },
    {
      ...{ action: "inspect", of: "liveness", bureauId: at("zhubian-demo.cn").website, result: 1, ...to },
      reason: "演示：网站多日不能访问",
    },
    {
      ...{ action: "blacklist", name: "演示失信网络有限公司", nature: 4, ...to },
      certNumber: creditCode("330106", 990_001),
    },
    {
      ...{ action: "blacklist", name: "演示违规网站", ...to },
      ...{ domains: ["weigui-demo.cn"], homePage: "www.weigui-demo.cn" },
    },
    { action: "unfiled", domain: "wubeian-demo.cn", ip: "203.0.113.245", checks: 3, ...to },
    { action: "unfiled", domain: "biechu-demo.cn", ip: "192.0.2.77", ...to },
    { action: "illegal", domain: "feifa-demo.cn", ip: "203.0.113.246", ...to },
    {
      ...{ action: "codes", tables: ["Wzfwlx_dms", "Hsyj_dms", "Wbacl_dms"], ...to },
      change: [{ table: "Wzfwlx_dms", id: "34", label: "演示服务" }],
    },
    { action: "alter", bureauId: lacquer.website, path: "Wzmc", text: "示例漆画艺术馆" },
    { action: "copy", of: "records", ...to },
    {
      ...{ action: "cancel", of: "subject", bureauId: at("maobi-demo.cn").subject },
      remark: "演示：主体证件已吊销，管局注销备案",
    },
    ...cancelledUnknown(ispId),
  ];
}
