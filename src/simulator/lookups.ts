import type { Element } from "../gateways/bureau/xml.ts";
import { codeRow } from "../vocabulary/code-tables.ts";
import { type Parameters, returnText } from "./methods.ts";
import type { Office } from "./office.ts";
import { certificateDigest, type RecordSite, type SubjectRecord } from "./records.ts";
import { standingRecords } from "./state.ts";

const DOMAIN = "0";

type Filed = { record: SubjectRecord; site?: RecordSite };

function filedUnder(office: Office, type: string, condition: string): Filed | undefined {
  const records = standingRecords(office.state);
  if (type !== DOMAIN) {
    const certificate = certificateDigest(type, condition.trim());
    const record = records.find((one) => one.certificate === certificate);
    return record && { record };
  }
  const domain = condition.trim().toLowerCase();
  for (const record of records) {
    const site = record.sites.find(({ domains }) => domains.includes(domain));
    if (site) return { record, site };
  }
  return undefined;
}

/** isp_querybeianstatus: type 0 looks for a domain, any other for a document of that type. */
export function queryBeianStatus(office: Office, sent: Parameters): string {
  const { queryConditionType: type = "", queryCondition: condition = "" } = sent;
  const known = type === DOMAIN || codeRow("cert_type", type) !== undefined;
  if (!known || condition.trim() === "") return returnText({ code: 999, words: "查询条件无效" });
  const filed = filedUnder(office, type, condition);
  const found: Element[] = [
    ...(filed?.site ? [["Wzmc", filed.site.name] as const] : []),
    ...(filed ? [["Ztbah", filed.record.number] as const] : []),
    ...(filed?.site ? [["Wzbah", filed.site.number] as const] : []),
  ];
  return returnText({ code: 0 }, [
    ["StatusInfo", [["Cxtjlx", type], ["Cxtj", condition], ...found, ["Bazt", filed ? "0" : "1"]]],
  ]);
}

/** How long wrong tries for a number count. */
const PERIOD_MS = 24 * 60 * 60 * 1000;

/**
 * isp_verifybamm: by the number of a subject or of one of its websites. After too many wrong tries within a day nothing is
 * said but code 22, not even to the right password. The tries are forgotten when the bureau starts again.
 */
export function verifyBamm(office: Office, sent: Parameters): string {
  const number = (sent.baxh ?? "").trim();
  const record = standingRecords(office.state).find(
    (one) => one.number === number || one.sites.some((site) => site.number === number),
  );
  const subject = record?.number ?? number;
  const now = Date.now();
  const tries = (office.wrongTries.get(subject) ?? []).filter((at) => now - at < PERIOD_MS);
  if (tries.length >= office.state.settings.maxPasswordTries) return returnText({ code: 22 });
  const right = record !== undefined && sent.bamm === record.password;
  office.wrongTries.set(subject, right ? [] : [...tries, now]);
  return returnText({ code: 0 }, [["VerifyRes", right ? "0" : "1"]]);
}
