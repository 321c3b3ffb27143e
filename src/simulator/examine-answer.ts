import { child, numberAt, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { isIndividual } from "../vocabulary/code-tables.ts";
import { checkFiling, codeOf } from "./checks.ts";
import { aboutRecord, accessesIn, type Examination, heldBy, nothingElse, sitesIn } from "./examination.ts";
import { partFaults } from "./examine-record.ts";
import { type Bureau, findSubject } from "./permits.ts";
import type { SubjectRecord } from "./records.ts";
import { INVENTED } from "./sent/invented-codes.ts";

const REFUSED = {
  notYours: 1048,
  noSite: 1059,
  otherUnit: 5003,
  otherSite: 5005,
  answeredAlready: 5006,
  unknownResult: 5007,
};

/** A text of a person may hold a number of somebody; the desk shows none. */
const withoutNumbers = (text: string): string => text.replace(/\d[\d-]{5,}/g, "…");

/** 核实结果: about a record that is there, and of websites to which this provider gives an access. */
export function examineInquiryAnswer(bureau: Bureau, entry: Tree): Examination {
  const record = child(entry, "Baxx") as Tree;
  const subject = child(record, "Zt_xx") as Tree;
  const about = textAt(subject, "Ztid") ?? "";
  const answer = {
    kind: "inquiry" as const,
    correct: textAt(entry, "Hsjg") === "0",
    opinion: textAt(entry, "Hsyj") ?? "",
    faults: withoutNumbers(textAt(entry, "Cwxx") ?? ""),
  };
  const found = findSubject(bureau, { id: about });
  if ("code" in found) return { found: [codeOf(found.code)], filing: { about, decidedAs: [], answer } };
  const websites = sitesIn(record);
  const siteIds = websites.map((site) => numberAt(site, "Wzid") ?? 0);
  const faults = [
    ...(numberAt(entry, "Bbdw") === bureau.ispId ? [] : [REFUSED.otherUnit]),
    ...websites.flatMap((site) => siteFaults(bureau, found, site)),
  ];
  const values = checkFiling({
    ...nothingElse(bureau, isIndividual(textAt(subject, "Dwxz"))),
    ...{ subject, websites, accesses: accessesIn(websites), siteIds },
    held: heldBy(bureau, { recordId: found.id, siteIds }),
  });
  return {
    found: [...[...new Set(faults)].map(codeOf), ...values],
    filing: { ...aboutRecord(found), about, decidedAs: [], answer },
  };
}

function siteFaults(bureau: Bureau, record: SubjectRecord, tree: Tree): number[] {
  const site = record.sites.find(({ id }) => String(id) === textAt(tree, "Wzid"));
  if (!site) return [REFUSED.noSite];
  const ours = site.accesses.some(({ ispId }) => ispId === bureau.ispId);
  return ours ? partFaults(bureau, site, tree) : [REFUSED.notYours];
}

/** 未备案网站处理结果: of a website that this provider was told of, once. */
export function examineUnfiledAnswer(bureau: Bureau, entry: Tree): Examination {
  const domain = (textAt(entry, "Ym") ?? "").toLowerCase();
  const result = textAt(entry, "Cljg") ?? "";
  const told = bureau.unfiled.filter((site) => site.ispId === bureau.ispId && site.domain === domain);
  const open = told.find(({ answered }) => !answered);
  const codes = [
    ...(told.length === 0 ? [REFUSED.otherSite] : []),
    ...(told.length > 0 && !open ? [REFUSED.answeredAlready] : []),
    ...(INVENTED.Wbacl_dms.some(({ id }) => id === result) ? [] : [REFUSED.unknownResult]),
  ];
  return {
    found: codes.map(codeOf),
    filing: {
      ...{ about: domain, decidedAs: [], province: textAt(entry, "Shengid") ?? "" },
      answer: { kind: "unfiled", domain, result, opinion: withoutNumbers(textAt(entry, "Clyj") ?? "") },
      ...(open ? { targetId: open.id } : {}),
    },
  };
}
