import { operationCodes } from "../gateways/bureau/index.ts";
import { child, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { isIndividual } from "../vocabulary/code-tables.ts";
import { checkFiling, codeOf } from "./checks.ts";
import {
  aboutRecord,
  accessesIn,
  type Examination,
  heldBy,
  nothingElse,
  ownersOn,
  pictures,
  siteShown,
  sitesIn,
} from "./examination.ts";
import { addFaults, type Bureau, findSubject } from "./permits.ts";
import { certificateOf, shownName } from "./records.ts";

const { first, add } = operationCodes;

/** 新增备案. */
export function examineFirst(bureau: Bureau, entry: Tree): Examination {
  const subject = child(entry, "Zt_xx") as Tree;
  const [websites, certificate] = [sitesIn(entry), certificateOf(subject)];
  const id = textAt(subject, "IspZtid") ?? "";
  const holders = [
    ...bureau.records.filter(({ cancelled }) => !cancelled),
    ...bureau.waiting.filter(({ operation }) => operation === first),
  ];
  const found = checkFiling({
    ...nothingElse(bureau, isIndividual(textAt(subject, "Dwxz"))),
    ...{ subject, websites, accesses: accessesIn(websites), attachments: pictures(entry) },
    owners: new Set([`1/${id}`, ...websites.map((site) => `2/${textAt(site, "IspWzid")}`)]),
    held: heldBy(bureau, { siteIds: [] }),
    conflict: holders.some((one) => one.certificate === certificate),
  });
  const filing = {
    ...{ about: id, decidedAs: [Number(id)], subjectId: Number(id), certificate },
    ...{ name: shownName(subject), province: textAt(subject, "Txdz/Shengid") ?? "" },
    sites: websites.map(siteShown),
  };
  return { found, filing };
}

/** 该网站已经报备: the provider's id of a new website is on record already; so are those of its parts then. */
const KNOWN = { site: 1037, parts: [1039, 1040] };

/** Whether a provider calls something else on record, or something that waits, like a new website. */
function isKnown({ index, waiting, ispId }: Bureau, ids: readonly number[]): boolean {
  const asked = waiting.filter((one) => one.operation === add && one.ispId === ispId);
  return ids.some((id) => index.ours.site.has(id) || asked.some(({ decidedAs }) => decidedAs.includes(id)));
}

/** 新增网站. */
export function examineAdd(bureau: Bureau, entry: Tree): Examination {
  const by = { id: textAt(entry, "Zt_xx/Ztid"), number: textAt(entry, "Zt_xx/Ztbah") };
  const websites = sitesIn(entry);
  const sites = websites.map(siteShown);
  const filing = { about: by.id ?? by.number ?? "", decidedAs: sites.map(({ id }) => id), sites };
  const record = findSubject(bureau, by);
  if ("code" in record) return { found: [codeOf(record.code)], filing };
  const known = isKnown(bureau, filing.decidedAs);
  const values = checkFiling({
    ...nothingElse(bureau, record.individual),
    ...{ websites, accesses: accessesIn(websites), attachments: pictures(entry) },
    owners: new Set([...ownersOn(record), ...sites.map(({ id }) => `2/${id}`)]),
    held: heldBy(bureau, { recordId: record.id, siteIds: [] }),
  });
  const found = [
    ...[...addFaults(bureau, record, entry), ...(known ? [KNOWN.site] : [])].map(codeOf),
    ...values.filter(({ code }) => !known || !KNOWN.parts.includes(code)),
  ];
  return { found, filing: { ...filing, ...aboutRecord(record) } };
}
