import { operationCodes } from "../gateways/bureau/index.ts";
import { child, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { checkFiling, codeOf } from "./checks.ts";
import {
  aboutRecord,
  accessesIn,
  type Examination,
  heldDomains,
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
    ...{ subject, websites, accesses: accessesIn(websites), attachments: pictures(entry) },
    owners: new Set([`1/${id}`, ...websites.map((site) => `2/${textAt(site, "IspWzid")}`)]),
    held: heldDomains(bureau, { siteIds: [] }),
    conflict: holders.some((one) => one.certificate === certificate),
  });
  const filing = {
    ...{ about: id, decidedAs: [Number(id)], subjectId: Number(id), certificate },
    ...{ name: shownName(subject), province: textAt(subject, "Txdz/Shengid") ?? "" },
    sites: websites.map(siteShown),
  };
  return { found, filing };
}

/** 该网站已经报备: the provider's id of a new website is on record already. */
const KNOWN_SITE = 1037;

/** 新增网站. */
export function examineAdd(bureau: Bureau, entry: Tree): Examination {
  const by = { id: textAt(entry, "Zt_xx/Ztid"), number: textAt(entry, "Zt_xx/Ztbah") };
  const websites = sitesIn(entry);
  const sites = websites.map(siteShown);
  const filing = { about: by.id ?? by.number ?? "", decidedAs: sites.map(({ id }) => id), sites };
  const record = findSubject(bureau, by);
  if ("code" in record) return { found: [codeOf(record.code)], filing };
  const taken = [
    ...bureau.records.flatMap((one) => one.sites.flatMap(({ providerIds }) => providerIds)),
    ...bureau.waiting
      .filter(({ operation }) => operation === add)
      .flatMap((one) => one.sites.map(({ id }) => ({ ispId: one.ispId, id }))),
  ];
  const known = taken.some(({ ispId, id }) => ispId === bureau.ispId && filing.decidedAs.includes(id));
  const found = [
    ...[...addFaults(bureau, record, entry), ...(known ? [KNOWN_SITE] : [])].map(codeOf),
    ...checkFiling({
      ...{ websites, accesses: accessesIn(websites), attachments: pictures(entry), conflict: false },
      owners: new Set([...ownersOn(record), ...sites.map(({ id }) => `2/${id}`)]),
      held: heldDomains(bureau, { recordId: record.id, siteIds: [] }),
    }),
  ];
  return { found, filing: { ...filing, ...aboutRecord(record) } };
}
