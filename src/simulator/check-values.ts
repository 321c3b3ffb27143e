import { ipv4Number } from "../gateways/bureau/ipv4.ts";
import { child, childrenOf, numberAt, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { codeRow, codeTable, IDENTITY_CARD } from "../vocabulary/code-tables.ts";
import { division, isMunicipality } from "../vocabulary/divisions.ts";
import { parseIdentityCard } from "../vocabulary/identity-card.ts";
import type { Check, Checked } from "./checks.ts";
import { domainsOf } from "./records.ts";

const DOMAIN =
  /^(?:[a-z0-9\u4e00-\u9fff](?:[a-z0-9\u4e00-\u9fff-]*[a-z0-9\u4e00-\u9fff])?\.)+[a-z\u4e00-\u9fff]{2,}$/;
const PHONE = /^\d+(?:-\d+)*$/;
const MOBILE = /^1\d{10}$/;
const EMAIL = /^[^@\s]+@[^@\s]+$/;
const QQ = /^[1-9]\d{4,14}$/;
const HOME_PAGE = /^(?:https?:\/\/)?[^\s/:@]+\.[^\s/:@]+(?::\d+)?(?:\/\S*)?$/i;

/** Texts of all elements of one name below a path such as `Fwnr/Fwnr_id`. */
const codesAt = (tree: Tree, list: string, name: string): string[] =>
  childrenOf(child(tree, list), name).map(({ text }) => text);

const unknownCodes = (table: string, codes: (string | undefined)[]): string[] =>
  codes.filter((code) => code !== undefined && !codeRow(table, code)).map((code) => `代码 ${code}`);

/** The persons of an operation, each with the words that name it. */
const personsOf = ({ subject, websites }: Checked): { who: string; person: Tree }[] => [
  ...[child(subject, "Fzr")].flatMap((person) => (person ? [{ who: "主体负责人", person }] : [])),
  ...websites.flatMap((site) => {
    const person = child(site, "Wz_Fzr");
    return person ? [{ who: "网站负责人", person }] : [];
  }),
];

/** Whose value under one of the names breaks its form; several values stand with `;` between. */
const misshapen =
  (names: string[], form: RegExp) =>
  (filing: Checked): string[] =>
    personsOf(filing)
      .filter(({ person }) => {
        const text = names.map((name) => textAt(person, name)).find((one) => one !== undefined);
        return text !== undefined && !text.split(";").every((one) => form.test(one));
      })
      .map(({ who }) => who);

/** 居民身份证 of the organiser and of the responsible persons. */
function badIdentityCards(filing: Checked): string[] {
  const cards = [
    { who: "主办者", type: textAt(filing.subject, "Zj/Zjlx"), number: textAt(filing.subject, "Zj/Zjhm") },
    ...personsOf(filing).map(({ who, person }) => ({
      ...{ who, type: textAt(person, "Fzr_zjlx"), number: textAt(person, "Fzr_zjhm") },
    })),
  ];
  return cards
    .filter(({ type, number }) => type === IDENTITY_CARD && number && !parseIdentityCard(number).ok)
    .map(({ who }) => who);
}

/** Units must say who answers for them and by which office telephone. */
const forUnits =
  (words: string, lacks: (filing: Checked) => boolean) =>
  (filing: Checked): string[] =>
    !filing.individual && lacks(filing) ? [words] : [];

/** City and county must lie in the province; a county may stand for the city in the four municipalities. */
function areaFaults({ subject }: Checked): string[] {
  if (!subject) return [];
  const [province = "", city, county] = ["Shengid", "Shiid", "Xianid"].map((name) =>
    textAt(subject, `Txdz/${name}`),
  );
  if (!codeRow("province", province)) return [`代码 ${province}`];
  const below = [city, county].filter((code) => code !== undefined);
  return below.filter((code) => !liesIn(code, province)).map((code) => `代码 ${code}`);
}

/** 市辖区 of a municipality (110100) is no division of its own in our tables, but bureaus have it. */
const liesIn = (code: string, province: string): boolean =>
  code.startsWith(province.slice(0, 2)) &&
  (division(code) !== undefined || (isMunicipality(province) && /^\d\d0[12]00$/.test(code)));

/** Nobody can be reached there: this network, loopback, private, link-local, multicast and above. */
const UNREACHABLE = ["0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"]
  .concat("192.168.0.0/16", "224.0.0.0/3")
  .map((block) => {
    const [start = "", bits = "0"] = block.split("/");
    const from = ipv4Number(start) ?? 0;
    return { from, to: from + 2 ** (32 - Number(bits)) - 1 };
  });

type Range = { from: number; to: number };

const rangesOf = (access: Tree): Range[] =>
  childrenOf(access, "Ip_xx").map((ip) => ({
    from: numberAt(ip, "Qsip") ?? 0,
    to: numberAt(ip, "Zzip") ?? 0,
  }));

const overlap = (one: Range, other: Range): boolean => one.from <= other.to && other.from <= one.to;

const badRanges = ({ accesses }: Checked): string[] =>
  accesses.flatMap(rangesOf).flatMap((range) => {
    if (range.from === 0 || range.from > range.to) return ["起始IP应不大于终止IP"];
    return UNREACHABLE.some((block) => overlap(block, range)) ? ["不是公网地址"] : [];
  });

/** The same address twice in one access. */
const clashingRanges = ({ accesses }: Checked): string[] =>
  accesses.flatMap((access) => {
    const ranges = rangesOf(access);
    const clash = ranges.some((one, at) => ranges.slice(at + 1).some((other) => overlap(one, other)));
    return clash ? ["同一接入中的IP地址重复"] : [];
  });

const strangeHomePages = ({ websites }: Checked): string[] =>
  websites.flatMap((site) => {
    const address = textAt(site, "Syurl")?.toLowerCase();
    if (address === undefined || domainsOf(site).some((domain) => address.includes(domain))) return [];
    return [textAt(site, "Wzmc") ?? ""];
  });

const badHomePages = ({ websites }: Checked): string[] =>
  websites
    .filter((site) => !(textAt(site, "Syurl")?.split(";") ?? []).every((one) => HOME_PAGE.test(one)))
    .map((site) => textAt(site, "Wzmc") ?? "");

const siteCodes =
  (table: string, list: string, name: string) =>
  ({ websites }: Checked): string[] =>
    websites.flatMap((site) => unknownCodes(table, codesAt(site, list, name)));

const approvalCodes = ({ websites }: Checked): string[] =>
  websites.flatMap((site) =>
    unknownCodes(
      "pre_approval",
      childrenOf(child(site, "Nrlx"), "Nrlx_xx").map((one) => textAt(one, "Nrlx_id")),
    ),
  );

/** 服务器放置地 has codes of its own; each belongs to a province. */
const PLACES = new Set(codeTable("province").rows.map(({ fbdd }) => fbdd));

/** What can be seen in the values alone. */
export const VALUE_CHECKS: Check[] = [
  {
    code: 1004,
    faults: ({ websites }) => websites.flatMap(domainsOf).filter((domain) => !DOMAIN.test(domain)),
  },
  { code: 1006, faults: badRanges },
  { code: 1008, faults: ({ subject }) => unknownCodes("cert_type", [textAt(subject, "Zj/Zjlx")]) },
  { code: 1009, faults: misshapen(["Fzr_dzyj"], EMAIL) },
  {
    code: 1010,
    faults: forUnits("主体负责人办公电话", ({ subject }) => !!subject && !textAt(subject, "Fzr/Fzr_dhhm")),
  },
  { code: 1010, faults: misshapen(["Fzr_dhhm"], PHONE) },
  { code: 1011, faults: misshapen(["Fzr_sjhm", "sjhm"], MOBILE) },
  { code: 1012, faults: misshapen(["Msn"], EMAIL) },
  { code: 1013, faults: misshapen(["Qq"], QQ) },
  { code: 1014, faults: ({ subject }) => unknownCodes("unit_nature", [textAt(subject, "Dwxz")]) },
  { code: 1015, faults: badIdentityCards },
  { code: 1019, faults: areaFaults },
  { code: 1022, faults: badHomePages },
  { code: 1024, faults: clashingRanges },
  {
    code: 1031,
    faults: forUnits("网站负责人办公电话", ({ websites }) =>
      websites.some((site) => !textAt(site, "Wz_Fzr/Fzr_dhhm")),
    ),
  },
  { code: 1033, faults: approvalCodes },
  { code: 1034, faults: siteCodes("site_service_content", "Fwnr", "Fwnr_id") },
  {
    code: 1035,
    faults: ({ accesses }) =>
      accesses.flatMap((access) => unknownCodes("access_mode", codesAt(access, "Wzjrfs", "Jrfs"))),
  },
  {
    code: 1036,
    faults: ({ accesses }) =>
      accesses.flatMap((access) =>
        codesAt(access, "Wzfb", "Fbdd")
          .filter((place) => !PLACES.has(place))
          .map((place) => `代码 ${place}`),
      ),
  },
  { code: 1041, faults: strangeHomePages },
  {
    code: 1044,
    faults: forUnits("主体负责人", ({ subject }) => !!subject && !textAt(subject, "Fzr/Fzr_xm")),
  },
  { code: 1066, faults: siteCodes("site_language", "Yylb", "Yylb_id") },
];
