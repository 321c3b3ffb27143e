import { cancelCodes } from "../gateways/bureau/index.ts";
import { numberAt, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { codeRow } from "../vocabulary/code-tables.ts";
import { codeOf } from "./checks.ts";
import { aboutRecord, type Examination, siteOnRecord } from "./examination.ts";
import {
  accessLeavingFaults,
  type Bureau,
  findAccess,
  findSite,
  findSubject,
  siteLeavingFaults,
  subjectLeavingFaults,
} from "./permits.ts";

type About = Pick<Examination["filing"], "about" | "decidedAs">;

const refused = (code: number, filing: About): Examination => ({ found: [codeOf(code)], filing });

function examineSubject(bureau: Bureau, entry: Tree, filing: About): Examination {
  const record = findSubject(bureau, { id: filing.about });
  if ("code" in record) return refused(record.code, filing);
  return {
    found: subjectLeavingFaults(bureau, record, entry).map(codeOf),
    filing: { ...filing, ...aboutRecord(record), targetId: record.id, sites: record.sites.map(siteOnRecord) },
  };
}

function examineSite(bureau: Bureau, entry: Tree, filing: About): Examination {
  const place = findSite(bureau, { id: filing.about });
  if ("code" in place) return refused(place.code, filing);
  const { record, site } = place;
  return {
    found: siteLeavingFaults(bureau, place, entry).map(codeOf),
    filing: { ...filing, ...aboutRecord(record), targetId: site.id, sites: [siteOnRecord(site)] },
  };
}

function examineAccess(bureau: Bureau, _entry: Tree, filing: About): Examination {
  const place = findAccess(bureau, filing.about);
  if ("code" in place) return refused(place.code, filing);
  const { record, site, access } = place;
  return {
    found: accessLeavingFaults(bureau, place).map(codeOf),
    filing: { ...filing, ...aboutRecord(record), targetId: access.id, sites: [siteOnRecord(site)] },
  };
}

/** 注销理由代码错误. */
const UNKNOWN_REASON = 1026;

const BY_KIND: Record<number, typeof examineSubject> = {
  [cancelCodes.subject]: examineSubject,
  [cancelCodes.website]: examineSite,
  [cancelCodes.access]: examineAccess,
};

/** 注销主体, 注销网站, 取消接入. */
export function examineCancellation(bureau: Bureau, entry: Tree): Examination {
  const about = textAt(entry, "Jlid") ?? "";
  const kind = BY_KIND[numberAt(entry, "Zxlb") ?? cancelCodes.access] ?? examineAccess;
  const examined = kind(bureau, entry, { about, decidedAs: [Number(about)] });
  const known = codeRow("cancel_reason", textAt(entry, "Zxly") ?? "") !== undefined;
  return known ? examined : { ...examined, found: [codeOf(UNKNOWN_REASON), ...examined.found] };
}
