import { operationCodes } from "../gateways/bureau/index.ts";
import { child, childrenOf, numberAt, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { isIndividual } from "../vocabulary/code-tables.ts";
import { type Checked, checkFiling, codeOf } from "./checks.ts";
import {
  aboutRecord,
  accessesIn,
  type Examination,
  heldBy,
  nothingElse,
  ownersOn,
  pictures,
  siteOnRecord,
  siteShown,
  sitesIn,
} from "./examination.ts";
import { type Bureau, changeFaults, findSite, findSubject, joinFaults } from "./permits.ts";
import { certificateOf, placingDigest, type RecordSite, type SubjectRecord, shownName } from "./records.ts";

const { join } = operationCodes;

const JOIN = { known: 1038, alike: 1029 };

/** 新增接入. */
export function examineJoin(bureau: Bureau, entry: Tree): Examination {
  const ourId = numberAt(entry, "IspJrid") ?? 0;
  const filing = { about: String(ourId), decidedAs: [ourId] };
  const place = findSite(bureau, { id: textAt(entry, "Wz_xx/Wzid"), number: textAt(entry, "Wz_xx/Wzbah") });
  if ("code" in place) return { found: [codeOf(place.code)], filing };
  const { record, site } = place;
  const known =
    bureau.waiting.some(
      (one) => one.operation === join && one.about === filing.about && one.ispId === bureau.ispId,
    ) ||
    bureau.records
      .flatMap(({ sites }) => sites.flatMap(({ accesses }) => accesses))
      .some((access) => access.ispId === bureau.ispId && access.ourId === ourId);
  const alike = site.accesses.some(
    (access) => access.ispId === bureau.ispId && access.digest === placingDigest(entry),
  );
  const faults = [
    ...joinFaults(bureau, place, entry),
    ...(known ? [JOIN.known] : []),
    ...(alike ? [JOIN.alike] : []),
  ];
  const checked: Checked = {
    ...nothingElse(bureau),
    ...{ accesses: [entry], attachments: pictures(entry) },
    owners: new Set(ownersOn({ ...record, sites: [site] })),
  };
  return {
    found: [...faults.map(codeOf), ...checkFiling(checked)],
    filing: { ...filing, ...aboutRecord(record), targetId: site.id, sites: [siteOnRecord(site)] },
  };
}

const CHANGE = {
  otherProvince: 1046,
  noData: 1016,
  noRange: 1023,
  otherAccess: 1048,
  noSubject: 1058,
  noSite: 1059,
};

/** 变更备案. */
export function examineChange(bureau: Bureau, entry: Tree): Examination {
  const subject = child(entry, "Zt_xx") as Tree;
  const id = textAt(subject, "Ztid") ?? "";
  const websites = sitesIn(entry);
  const sites = websites.map(siteShown);
  const filing = { about: id, decidedAs: [Number(id)], sites, name: shownName(subject) };
  const record = findSubject(bureau, { id });
  if ("code" in record) return { found: [codeOf(record.code)], filing };
  const siteIds = websites.map((site) => textAt(site, "Wzid") ?? "");
  const certificate = certificateOf(subject);
  const faults = [
    ...changeFaults(bureau, record, entry, siteIds),
    ...(textAt(subject, "Baxh") === record.number ? [] : [CHANGE.noSubject]),
    ...(textAt(subject, "Txdz/Shengid") === record.province ? [] : [CHANGE.otherProvince]),
    ...websites.flatMap((site) => siteFaults(bureau, record, site)),
  ];
  const checked: Checked = {
    ...nothingElse(bureau, isIndividual(textAt(subject, "Dwxz"))),
    ...{ subject, websites, accesses: accessesIn(websites), attachments: pictures(entry) },
    siteIds: siteIds.map(Number),
    owners: new Set(ownersOn(record)),
    held: heldBy(bureau, { recordId: record.id, siteIds: siteIds.map(Number) }),
    conflict: bureau.records.some(
      (one) => !one.cancelled && one.id !== record.id && one.certificate === certificate,
    ),
  };
  return {
    found: [...[...new Set(faults)].map(codeOf), ...checkFiling(checked)],
    filing: { ...aboutRecord(record), ...filing, certificate },
  };
}

/** What a change names must be there, and be this provider's. */
function siteFaults(bureau: Bureau, record: SubjectRecord, tree: Tree): number[] {
  const site = record.sites.find(({ id }) => String(id) === textAt(tree, "Wzid"));
  if (!site || site.number !== textAt(tree, "Baxh")) return [CHANGE.noSite];
  return partFaults(bureau, site, tree);
}

/** Accesses, domains and address ranges by the bureau's ids: each must be there, an access also be this provider's. */
export function partFaults({ ispId }: Bureau, site: RecordSite, tree: Tree): number[] {
  const accesses = childrenOf(tree, "Jr_xx");
  const unknown = (parts: Tree[], name: string): boolean =>
    parts.some(
      (part) => textAt(part, name) !== undefined && !site.partIds.includes(numberAt(part, name) ?? 0),
    );
  const ranges = accesses.flatMap((access) => childrenOf(access, "Ip_xx"));
  return [
    ...accesses.flatMap((one) => {
      const access = site.accesses.find(({ id }) => String(id) === textAt(one, "Jrid"));
      if (!access) return [CHANGE.noData];
      return access.ispId === ispId ? [] : [CHANGE.otherAccess];
    }),
    ...(unknown(childrenOf(tree, "Ym_xx"), "Ymid") ? [CHANGE.noData] : []),
    ...(unknown(ranges, "Ipid") ? [CHANGE.noRange] : []),
  ];
}
