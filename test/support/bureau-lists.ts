import { newId } from "../../src/lib/ids.ts";
import { applyAnswer, keepAnswer } from "../../src/models/bureau/answers.ts";
import { findBureau } from "../../src/models/bureau/rows.ts";
import type { RootStore } from "../../src/models/store.ts";
import { resultsOf } from "../../worker/bureau/results.ts";

/** A file of the bureau with these elements below ICP, applied as the worker does. Gives how each thing in it ended. */
export async function listsCome(
  store: RootStore,
  bureauId: number,
  inner: string,
  fileName = `${newId()}.xml`,
): Promise<Record<"applied" | "repeated" | "parked", number>> {
  const dataKey = store.vault.newDataKey().wrapped;
  const kept = { fileName, file: "f", dataKey, contentHash: fileName };
  const answer = await keepAnswer(store.db, await findBureau(store.db, bureauId), kept);
  const xml = `<?xml version="1.0" encoding="GBK"?><DownloadData version="V.3.0"><ICP>${inner}</ICP></DownloadData>`;
  return applyAnswer(store, answer, resultsOf(xml));
}

const CHANGES = { add: 0, change: 1, delete: 2, unknown: 9 } as const;
export type Change = keyof typeof CHANGES;

/** An entry of a 黑名单 about a subject; without a number its document is missing. */
export const listedSubject = (change: Change, number: string, name = "某某公司", type = 1): string =>
  `<HMDLB><Zthmdxxs><Zt_xx><Dwmc>${name}</Dwmc>${number ? `<Zj><Zjlx>${type}</Zjlx><Zjhm>${number}</Zjhm></Zj>` : ""}</Zt_xx><Czlx>${CHANGES[change]}</Czlx></Zthmdxxs></HMDLB>`;

/** An entry of a 黑名单 about a website with these domains. */
export const listedWebsite = (change: Change, ...domains: string[]): string =>
  `<HMDLB><Wzhmdxxs><Wz_xx><Wzmc>某网站</Wzmc>${domains.map((one) => `<Ym_xx><Ym>${one}</Ym></Ym_xx>`).join("")}</Wz_xx><Czlx>${CHANGES[change]}</Czlx></Wzhmdxxs></HMDLB>`;

type Site = {
  id?: number;
  domain: string;
  ip?: string;
  at?: string;
  checks?: number;
  operator?: string;
  accessProvider?: string;
};

/** An entry of 未备案网站. */
export const unfiledSite = ({ id, domain, ip, at, checks, operator = "7", accessProvider = "1001" }: Site) =>
  `<Wbawz_xx>${id ? `<Id>${id}</Id>` : ""}<Wzym_mc>${domain}</Wzym_mc>${ip ? `<IP>${ip}</IP>` : ""}${at ? `<Dqjcsj>${at}</Dqjcsj>` : ""}${checks ? `<Jccs>${checks}</Jccs>` : ""}<Sssh>330000</Sssh><Jrs>${accessProvider}</Jrs><Yys>${operator}</Yys></Wbawz_xx>`;

export const unfiledList = (...sites: Site[]): string =>
  `<WBAWZLB>${sites.map(unfiledSite).join("")}</WBAWZLB>`;

/** A list of 非法接入. */
export const illegalList = (...sites: Site[]): string =>
  `<FFJRHMD>${sites.map(({ id, domain, ip, at }) => `<Ffjrxx>${id ? `<Id>${id}</Id>` : ""}<Ym>${domain}</Ym>${ip ? `<Ip>${ip}</Ip>` : ""}<Zjjrz>示例云</Zjjrz><Szs>浙江</Szs><Dqjcsj>${at ?? ""}</Dqjcsj></Ffjrxx>`).join("")}</FFJRHMD>`;

/** An address range of the provider. */
export const ownRange = async (
  { db }: RootStore,
  ispId: number,
  first: string,
  last: string,
): Promise<void> => {
  await db`insert into isp_ip_ranges (isp_id, first_ip, last_ip) values (${ispId}, ${first}, ${last})`;
};
