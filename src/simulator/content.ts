import { child, childrenOf, type Element, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { timeText } from "./times.ts";
import { branch, copied, leaf, same, sameId, withChildren } from "./trees.ts";

/**
 * What is on record of one subject: a Baxx in the order in which it is given back (BASJ). Ids of providers (IspZtid …)
 * carry whose they are, so that each provider is shown its own alone.
 */
export type Content = Tree;

/** Whose operation it is and when it was approved; `nextId` hands out the bureau's ids one after the other. */
export type Writing = { ispId: number; at: number; nextId: () => number };

/** Stands on everything the simulator decides, so that nobody takes it for a real answer. */
export const MARK = "演示";
/** Attribute of a provider's id; never sent. */
const OWNER = "isp";
const PROVIDER_IDS = new Set(["IspZtid", "IspWzid", "IspYmid", "IspJrid", "IspIpid"]);

/** The id that this provider gave, and those that others gave to the same thing before. */
const providerIds = (name: string, { ispId }: Writing, tree: Tree, before?: Tree): Tree[] => [
  ...copied(tree, name).map((id) => ({ ...id, attributes: { [OWNER]: String(ispId) } })),
  ...copied(before, name).filter(
    ({ attributes }) => copied(tree, name).length === 0 || attributes[OWNER] !== String(ispId),
  ),
];

const subjectParts = (tree: Tree): Tree[] => copied(tree, "Dwmc", "Dwxz", "Txdz", "Zj", "Fzr");

const subjectOf = (
  writing: Writing,
  tree: Tree,
  known: { id: string | number; number: string; filedAt: string; before?: Tree },
): Tree =>
  branch("Zt_xx", [
    ...providerIds("IspZtid", writing, tree, known.before),
    leaf("Ztid", known.id),
    ...subjectParts(tree),
    leaf("Baxh", known.number),
    leaf("Bbyhlx", 1),
    ...copied(tree, "Tzr"),
    leaf("Scbbsj", known.filedAt),
    leaf("Zjxgsj", timeText(writing.at)),
    leaf("Shsj", timeText(writing.at)),
    leaf("Bz", MARK),
  ]);

const rangeOf = (writing: Writing, tree: Tree, before?: Tree): Tree =>
  branch("Ip_xx", [
    ...providerIds("IspIpid", writing, tree, before),
    leaf("Ipid", textAt(tree, "Ipid") ?? writing.nextId()),
    ...copied(tree, "Qsip", "Zzip"),
  ]);

/** `tree` is a Jr_xx, or the entry of a new access, which has the same parts. */
const accessOf = (writing: Writing, tree: Tree, before?: Tree): Tree =>
  branch("Jr_xx", [
    ...providerIds("IspJrid", writing, tree, before),
    leaf("Jrid", textAt(before, "Jrid") ?? writing.nextId()),
    leaf("Ispid", textAt(before, "Ispid") ?? writing.ispId),
    ...copied(tree, "Wzfb", "Wzjrfs"),
    ...childrenOf(tree, "Ip_xx").map((ip) => rangeOf(writing, ip, same(before, "Ip_xx", "Ipid", ip))),
  ]);

const domainOf = (writing: Writing, tree: Tree, before?: Tree): Tree =>
  branch("Ym_xx", [
    ...providerIds("IspYmid", writing, tree, before),
    leaf("Ymid", textAt(before, "Ymid") ?? writing.nextId()),
    ...copied(tree, "Ym"),
  ]);

/** Accesses that a change does not list stay as they are: they are taken back by a cancellation alone. */
const accessesOf = (writing: Writing, tree: Tree, before?: Tree): Tree[] => {
  const listed = childrenOf(tree, "Jr_xx");
  return [
    ...childrenOf(before, "Jr_xx").filter((one) => !listed.some((other) => sameId(one, other, "Jrid"))),
    ...listed.map((access) => accessOf(writing, access, same(before, "Jr_xx", "Jrid", access))),
  ];
};

const siteOf = (writing: Writing, tree: Tree, number: string, before?: Tree): Tree =>
  branch("Wz_xx", [
    ...providerIds("IspWzid", writing, tree, before),
    leaf("Wzid", textAt(before, "Wzid") ?? writing.nextId()),
    ...copied(tree, "Wzmc", "Fwnr", "Yylb"),
    ...childrenOf(tree, "Ym_xx").map((one) => domainOf(writing, one, same(before, "Ym_xx", "Ymid", one))),
    ...accessesOf(writing, tree, before),
    ...copied(tree, "Wz_Fzr", "Syurl"),
    leaf("Wz_Bz", MARK),
    leaf("Scbbsj", textAt(before, "Scbbsj") ?? timeText(writing.at)),
    leaf("Zjxgsj", timeText(writing.at)),
    leaf("Baxh", number),
  ]);

const sitesIn = (content: Content): Tree[] => childrenOf(content, "Wz_xx");
const subjectIn = (content: Content): Tree => child(content, "Zt_xx") as Tree;

/** 新增备案: a Baxx as it came to what is on record, under its new number. */
export function newContent(writing: Writing, baxx: Tree, number: string): Content {
  const known = { id: writing.nextId(), number, filedAt: timeText(writing.at) };
  const subject = subjectOf(writing, subjectIn(baxx), known);
  return withSites(writing, branch("Baxx", [subject]), sitesIn(baxx), number, 0);
}

/** 新增网站: websites are numbered on from `last`, the highest number that was ever given. */
export const withSites = (
  writing: Writing,
  content: Content,
  sites: Tree[],
  number: string,
  last: number,
): Content =>
  withChildren(content, [
    ...content.children,
    ...sites.map((site, index) => siteOf(writing, site, `${number}-${last + 1 + index}`)),
  ]);

/** 新增接入. */
export const withAccess = (writing: Writing, content: Content, siteId: number, entry: Tree): Content =>
  mapSites(content, (site) =>
    textAt(site, "Wzid") === String(siteId) ? insertAccess(site, accessOf(writing, entry)) : site,
  );

function insertAccess(site: Tree, access: Tree): Tree {
  const at = site.children.findIndex(({ name }) => name === "Wz_Fzr");
  return withChildren(site, site.children.toSpliced(at, 0, access));
}

const mapSites = (content: Content, change: (site: Tree) => Tree): Content =>
  withChildren(
    content,
    content.children.map((one) => (one.name === "Wz_xx" ? change(one) : one)),
  );

/** 变更备案: the subject and the listed websites as they came; others stay. */
export function changedContent(writing: Writing, content: Content, bgxx: Tree): Content {
  const before = subjectIn(content);
  const known = {
    id: textAt(before, "Ztid") ?? "",
    number: textAt(before, "Baxh") ?? "",
    filedAt: textAt(before, "Scbbsj") ?? "",
    before,
  };
  const subject = subjectOf(writing, subjectIn(bgxx), known);
  const sites = mapSites(content, (site) => {
    const listed = sitesIn(bgxx).find((one) => sameId(one, site, "Wzid"));
    return listed ? siteOf(writing, listed, textAt(site, "Baxh") ?? "", site) : site;
  });
  return withChildren(sites, [subject, ...sitesIn(sites)]);
}

/** 注销网站. */
export const withoutSite = (content: Content, siteId: number): Content =>
  withChildren(
    content,
    content.children.filter((one) => one.name !== "Wz_xx" || textAt(one, "Wzid") !== String(siteId)),
  );

/** 取消接入. */
export const withoutAccess = (content: Content, accessId: number): Content =>
  mapSites(content, (site) =>
    withChildren(
      site,
      site.children.filter((one) => one.name !== "Jr_xx" || textAt(one, "Jrid") !== String(accessId)),
    ),
  );

/** What one provider is shown: its own ids and the named websites, without marks of ours. */
export const shownTo = (content: Content, ispId: number, siteIds: readonly number[]): Element => {
  const shown = content.children.filter(
    (one) => one.name !== "Wz_xx" || siteIds.includes(Number(textAt(one, "Wzid"))),
  );
  return ["Baxx", [...shown.map((one) => elementFor(one, ispId)), ["Bz", MARK]]];
};

const elementFor = (tree: Tree, ispId: number): Element => [
  tree.name,
  tree.children.length === 0
    ? tree.text
    : tree.children
        .filter(({ name, attributes }) => !PROVIDER_IDS.has(name) || attributes[OWNER] === String(ispId))
        .map((one) => elementFor(one, ispId)),
];

/** The same as if no provider had ever named a part of it. */
export const withoutProviderIds = (tree: Tree): Tree =>
  withChildren(tree, tree.children.filter(({ name }) => !PROVIDER_IDS.has(name)).map(withoutProviderIds));

/** The ids that providers gave to something. */
export const providerIdsOf = (tree: Tree, name: string): { ispId: number; id: number }[] =>
  copied(tree, name).map(({ attributes, text }) => ({ ispId: Number(attributes[OWNER]), id: Number(text) }));
