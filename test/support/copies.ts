import { type Element, type Tree, writeXml } from "../../src/gateways/bureau/xml.ts";
import { applyAnswer, keepAnswer } from "../../src/models/bureau/answers.ts";
import { findBureau } from "../../src/models/bureau/rows.ts";
import {
  lockRecord,
  type OurAccess,
  type OurRecord,
  type OurWebsite,
} from "../../src/models/reconciliation/ours.ts";
import { inTransaction, type RootStore } from "../../src/models/store.ts";
import { branch, elementOf, leaf } from "../../src/simulator/trees.ts";
import { codeTable } from "../../src/vocabulary/code-tables.ts";
import { listOf, textOf } from "../../src/vocabulary/fields/index.ts";
import type { Values } from "../../src/vocabulary/filing.ts";
import { resultsOf } from "../../worker/bureau/results.ts";
import { complete, freshParts, registrantNamed } from "./filings.ts";
import type { People } from "./people.ts";
import { numberFiling } from "./records.ts";

/** The element with its text, none where there is none. */
const given = (name: string, text: string | number | null | undefined): Tree[] =>
  text === null || text === undefined || text === "" ? [] : [leaf(name, text)];

const INDIVIDUAL = "5";

/** Telephones and mail boxes as we send them: a unit always has an office telephone. */
function person(name: string, values: Values, keys: Record<string, string>, unit: boolean): Tree {
  const text = (key: string) => textOf(values, keys[key] ?? "");
  const kind = text("messengerType");
  return branch(name, [
    ...given("Fzr_xm", text("name")),
    ...given("Fzr_dhhm", text("phone") || (unit ? text("mobile") : "")),
    ...given("Fzr_sjhm", text("mobile")),
    ...given("Fzr_dzyj", text("email")),
    ...(kind === "qq" ? given("Qq", text("messenger")) : []),
    ...given("Fzr_zjlx", text("idType")),
    ...given("Fzr_zjhm", text("idNo")),
  ]);
}

const own = {
  ...{ name: "person", idType: "idType", idNo: "idNo", mobile: "mobile", phone: "phone", email: "email" },
  ...{ messengerType: "messengerType", messenger: "messenger" },
};
const leader = {
  ...{ name: "leaderName", idType: "leaderIdType", idNo: "leaderIdNo", mobile: "leaderMobile" },
  ...{ phone: "leaderPhone", email: "leaderEmail", messengerType: "leaderMessengerType" },
  messenger: "leaderMessenger",
};

function ofSubject(values: Values): [Values, Record<string, string>] {
  return values.nature === INDIVIDUAL
    ? [values, { ...own, name: "name", idType: "certType", idNo: "certNo" }]
    : [values, own];
}

/** The record as the bureau would have it: written by hand from the values, apart from what the application does. */
export function copyOf(record: OurRecord, ispNumber = 1001): Tree {
  const text = (key: string) => textOf(record.values, key);
  const unit = text("nature") !== INDIVIDUAL;
  return branch("Baxx", [
    branch("Zt_xx", [
      ...given("IspZtid", record.id),
      ...given("Ztid", record.bureauId),
      ...given("Dwmc", text("name")),
      ...given("Baxh", record.number),
      ...given("Dwxz", text("nature")),
      ...(unit ? given("Tzr", text("investor")) : []),
      branch("Txdz", [
        ...given("Shengid", text("province")),
        ...given("Shiid", text("city") || `${text("province").slice(0, 2)}0100`),
        ...given("Xianid", text("county")),
        ...given("Xxdz", text("address")),
      ]),
      branch("Zj", [
        ...given("Zjlx", text("certType")),
        ...given("Zjhm", text("certNo")),
        ...given("Zjzs", text("residence")),
      ]),
      person("Fzr", ...ofSubject(record.values), unit),
      ...given("Bz", text("remark")),
    ]),
    ...record.websites.filter(({ cancelled }) => !cancelled).map((site) => siteOf(record, site, ispNumber)),
  ]);
}

function siteOf(record: OurRecord, site: OurWebsite, ispNumber: number): Tree {
  const { values } = site;
  const unit = record.values.nature !== INDIVIDUAL;
  const who: [Values, Record<string, string>] =
    values.samePerson === "1" ? ofSubject(record.values) : [values, leader];
  const list = (wrapper: string, name: string, key: string) =>
    branch(
      wrapper,
      listOf(values, key).map((code) => leaf(name, code)),
    );
  return branch("Wz_xx", [
    ...given("IspWzid", site.id),
    ...given("Wzid", site.bureauId),
    ...given("Wzmc", textOf(values, "siteName")),
    ...given("Baxh", site.number),
    ...given("Syurl", listOf(values, "homePages").join(";")),
    list("Fwnr", "Fwnr_id", "serviceContents"),
    list("Yylb", "Yylb_id", "languages"),
    ...site.domains.map(({ id, bureauId, domain }) =>
      branch("Ym_xx", [...given("IspYmid", id), ...given("Ymid", bureauId), leaf("Ym", domain)]),
    ),
    ...site.accesses.filter(({ cancelled }) => !cancelled).map((access) => accessOf(access, ispNumber)),
    person("Wz_Fzr", ...who, unit),
    ...given("Wz_Bz", textOf(values, "remark")),
  ]);
}

const placeOf = (province: string): string =>
  codeTable("province").rows.find(({ code }) => code === province)?.fbdd ?? province;

const number4 = (address: string): number =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

const accessOf = (access: OurAccess, ispNumber: number): Tree =>
  branch("Jr_xx", [
    ...given("IspJrid", access.id),
    ...given("Jrid", access.bureauId),
    ...given("Ispid", ispNumber),
    branch(
      "Wzfb",
      listOf(access.values, "serverPlaces").map((code) => leaf("Fbdd", placeOf(code))),
    ),
    branch(
      "Wzjrfs",
      listOf(access.values, "accessModes").map((code) => leaf("Jrfs", code)),
    ),
    ...access.ips
      .filter(({ first }) => !first.includes(":"))
      .map(({ id, bureauId, first, last }) =>
        branch("Ip_xx", [
          ...given("IspIpid", id),
          ...given("Ipid", bureauId),
          leaf("Qsip", number4(first)),
          leaf("Zzip", number4(last)),
        ]),
      ),
  ]);

/** A file of a full copy with these records. */
export const copyXml = (records: readonly Tree[]): string => {
  const icp: Element = ["ICP", records.map(elementOf)];
  return writeXml(["DownloadData", [["SJTB", [icp]]]], { version: "V.3.0" });
};

/** Our record as it stands. */
export const ourRecord = (store: RootStore, ispId: number, id: number): Promise<OurRecord> =>
  inTransaction(store, async (tx) => {
    const record = await lockRecord(tx, { ispId, id });
    if (!record) throw new Error(`no record ${id}`);
    return record;
  });

/** A record of 张三 at this bureau, with its address ranges on record; gives its id. */
export async function recorded(
  store: RootStore,
  people: People,
  bureauId: number,
  parts: { subject?: Values; website?: Values; access?: Values } = {},
): Promise<number> {
  const filing = await complete(store, registrantNamed(people, "张三"), { ...freshParts(), ...parts });
  const id = await numberFiling(
    store,
    filing,
    bureauId,
    `浙ICP备20280${String(++serial).padStart(3, "0")}号`,
  );
  await store.db`
    insert into access_ips (id, isp_id, access_id, bureau_object_id, first_ip, last_ip)
    select i.id, i.isp_id, i.section_id, i.id, i.first_ip, i.last_ip from filing_ips i where filing_id = ${filing.id}`;
  await store.db`update subjects set numbered_at = now() - interval '1 day' where id = ${id}`;
  return id;
}

let serial = 0;

/** Takes a file of the bureau as the worker does once it is stored. */
export async function takeCopy(store: RootStore, bureauId: number, xml: string) {
  const bureau = await findBureau(store.db, bureauId);
  const { wrapped } = store.vault.newDataKey();
  const name = `copy${++serial}.xml`;
  const kept = { fileName: name, file: name, dataKey: wrapped, contentHash: name };
  return applyAnswer(store, await keepAnswer(store.db, bureau, kept), resultsOf(xml));
}
