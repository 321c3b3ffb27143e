import { applyAnswer, keepAnswer } from "../../src/models/bureau/answers.ts";
import { findBureau } from "../../src/models/bureau/rows.ts";
import type { RootStore } from "../../src/models/store.ts";
import { resultsOf } from "../../worker/bureau/results.ts";
import { complete, freshParts, registrantNamed } from "./filings.ts";
import type { People } from "./people.ts";
import { numberFiling } from "./records.ts";

/** What is on record with 张三, under the bureau's ids. */
export type OnRecord = {
  subject: number;
  website: number;
  access: number;
  domain: { id: number; name: string };
  number: string;
  certNo: string;
};

let serial = 0;

/** A record of 张三 with an address range that the bureau knows. */
export async function recorded(store: RootStore, people: People, bureauId: number): Promise<OnRecord> {
  const parts = freshParts();
  const filing = await complete(store, registrantNamed(people, "张三"), parts);
  const number = `浙ICP备20260007${String(++serial).padStart(2, "0")}号`;
  const subject = await numberFiling(store, filing, bureauId, number);
  const [row] = await store.db<{ access: number; website: number; domain: number }[]>`
    select a.id as access, w.id as website, d.id as domain
    from accesses a join websites w on w.id = a.website_id join domains d on d.website_id = w.id
    where w.subject_id = ${subject}`;
  const { access = 0, website = 0, domain = 0 } = row ?? {};
  await store.db`
    insert into access_ips (id, isp_id, access_id, bureau_object_id, first_ip, last_ip)
    select ${access * 10}, isp_id, id, ${access * 10}, '203.0.113.18', '203.0.113.18' from accesses where id = ${access}`;
  return {
    subject,
    website,
    access,
    domain: { id: domain, name: parts.domain },
    number,
    certNo: parts.certNo,
  };
}

/** Parts of a record that the bureau asks about; the rest is as `recorded` has it. */
export type Asked = { mobile?: string; site?: string; name?: string; without?: "Fwnr" | "Txdz" };

const element = (name: string, content: string | number): string => `<${name}>${content}</${name}>`;

/** Baxx of an HSRW. */
export function askedRecord(on: OnRecord, { mobile = "13800005678", ...asked }: Asked = {}): string {
  const person = (name: string) =>
    `${element("Fzr_xm", name)}${element("Fzr_dhhm", "086-0571-00000000")}${element("sjhm", mobile)}${element("Fzr_dzyj", "zhangsan@example.cn")}${element("Fzr_zjlx", 2)}${element("Fzr_zjhm", "330108199001010010")}`;
  const address = `<Txdz><Shengid>330000</Shengid><Shiid>330100</Shiid><Xianid>330108</Xianid><Xxdz>示例路100号3幢201室</Xxdz></Txdz>`;
  return `<Baxx><Zt_xx>${element("Ztid", on.subject)}${element("Dwmc", asked.name ?? "示例茶业（杭州）有限公司")}<Dwxz>4</Dwxz>
    ${asked.without === "Txdz" ? "" : address}
    <Zj><Zjlx>1</Zjlx><Zjhm>${on.certNo}</Zjhm><Zjzs>浙江省杭州市滨江区示例路100号3幢201室</Zjzs></Zj>
    <Fzr>${person("张三")}</Fzr><Tzr>示例茶业（杭州）有限公司</Tzr><Bbyhlx>0</Bbyhlx><Scbbsj>2026-01-05</Scbbsj></Zt_xx>
    <Wz_xx>${element("Wzid", on.website)}${element("Wzmc", asked.site ?? "示例茶叶商城")}
    ${asked.without === "Fwnr" ? "" : "<Fwnr><Fwnr_id>9</Fwnr_id></Fwnr>"}
    <Ym_xx>${element("Ymid", on.domain.id)}${element("Ym", on.domain.name)}</Ym_xx>
    <Jr_xx>${element("Jrid", on.access)}<Wzfb><Fbdd>34</Fbdd></Wzfb><Wzjrfs><Jrfs>5</Jrfs></Wzjrfs>
    <Ip_xx>${element("Ipid", on.access * 10)}<Qsip>3405803794</Qsip><Zzip>3405803794</Zzip></Ip_xx>
    <Bbyhid>1001</Bbyhid><Bbyhlx>0</Bbyhlx></Jr_xx>
    <Wz_Fzr>${person("张三")}</Wz_Fzr><Syurl>www.${on.domain.name}</Syurl></Wz_xx></Baxx>`;
}

export const inquiryXml = (...records: string[]): string => icp(`<HSRW>${records.join("")}</HSRW>`);

/** One entry or several of an HCJG, such as `<Zthc>…</Zthc>`. */
export const inspectionXml = (entries: string): string => icp(`<HCJG><Jgxx>${entries}</Jgxx></HCJG>`);

/** What stands in one Tzxx. */
export const bulletinXml = (entry: string): string => icp(`<XGTZ><Tzxx>${entry}</Tzxx></XGTZ>`);

/** Ids that nothing on record has. */
export const unknownRecord: OnRecord = {
  ...{ subject: 990_001, website: 990_002, access: 990_004, number: "" },
  ...{ domain: { id: 990_003, name: "weizhi-ba.cn" }, certNo: "91330108MA27XL1Q75" },
};

export const icp = (below: string): string =>
  `<?xml version="1.0" encoding="GBK"?><DownloadData version="V.3.0"><ICP>${below}</ICP></DownloadData>`;

/** The file comes and is applied as the worker does it; gives the id of the answer. */
export async function downloaded(store: RootStore, bureauId: number, xml: string): Promise<number> {
  const { wrapped } = store.vault.newDataKey();
  const fileName = `task${++serial}.xml`;
  const kept = { fileName, file: fileName, dataKey: wrapped, contentHash: "h" };
  const answer = await keepAnswer(store.db, await findBureau(store.db, bureauId), kept);
  await applyAnswer(store, answer, resultsOf(xml));
  return answer.id;
}
