import type { CodeTable } from "../../gateways/bureau/codes.ts";
import type { ListItem } from "../../gateways/bureau/downloads.ts";
import type { BlacklistEntry, IllegalAccess, UnfiledSite } from "../../gateways/bureau/lists.ts";
import type { Tree } from "../../gateways/bureau/xml.ts";
import type { BureauResult, Decision } from "./results.ts";

const leaf = (name: string, value: string | number | undefined): Tree[] =>
  value === undefined || value === "" ? [] : [{ name, attributes: {}, text: String(value), children: [] }];

const node = (name: string, ...children: Tree[][]): Tree => ({
  name,
  attributes: {},
  text: "",
  children: children.flat(),
});

/**
 * A result as the elements of the interface that it was read from, so that people see it by the labels and with the
 * masks of the interface's version. What was kept whole is shown whole.
 */
export function resultTree(result: BureauResult): Tree {
  switch (result.kind) {
    case "numbers":
    case "inquiry":
    case "copy":
      return result.record.raw;
    case "other":
      return isTree(result.raw) ? result.raw : node(result.name);
    case "cancelled":
      return cancelledTree(result);
    case "codes":
      return codesTree(result.table);
    case "inspection":
      return result.item.raw;
    case "bulletin":
    case "blacklist":
    case "illegal_access":
    case "unfiled_site":
      return itemTree(result);
    default:
      return decisionTree(result);
  }
}

/** 注销类别 (Zxlb), as the interface writes it. */
const cancelKinds = { subject: 0, website: 1, access: 2 };

const cancelledTree = ({ of, bureauId, words }: Extract<BureauResult, { kind: "cancelled" }>): Tree =>
  node("Zxxx", leaf("Zxlb", of && cancelKinds[of]), leaf("Jlid", bureauId), leaf("Shyj", words));

const isTree = (raw: unknown): raw is Tree => typeof raw === "object" && raw !== null && "children" in raw;

const decisionTree = ({ operation, about, also = [], codes, words, at }: Decision): Tree =>
  node(
    "Jg_xx",
    ...codes.map((one) => [node("Jgxx", leaf("Jgdm", one.code), leaf("Dmms", one.words))]),
    leaf("Czlx", operation),
    ...[about, ...also].map((name) => leaf("Bs", name)),
    leaf("Shyj", words),
    leaf("Shsj", at?.toISOString()),
  );

const codesTree = ({ name, rows }: CodeTable): Tree =>
  node(
    name,
    rows.flatMap(({ id, label, valid }) => [
      node("Row", leaf("Id", id), leaf("Mc", label), leaf("Sfyx", valid ? "1" : "0")),
    ]),
  );

type Shown = Extract<ListItem, { kind: "bulletin" | "blacklist" | "illegal_access" | "unfiled_site" }>;

function itemTree(result: Shown): Tree {
  switch (result.kind) {
    case "bulletin": {
      const { category, number, bureauId, words } = result.item;
      return node(
        "Tzxx",
        ...[leaf("Tzlb", category), leaf("Baxh", number), leaf("Jlid", bureauId), leaf("Tznr", words)],
      );
    }
    case "blacklist":
      return blacklistTree(result.item);
    case "illegal_access":
      return illegalAccessTree(result.item);
    case "unfiled_site":
      return unfiledSiteTree(result.item);
  }
}

function blacklistTree(item: BlacklistEntry): Tree {
  if (item.of === "website")
    return node(
      "Wz_xx",
      ...[
        leaf("Wzmc", item.name),
        ...item.domains.map((one) => leaf("Ym", one)),
        leaf("Syurl", item.homePage),
      ],
    );
  const { type, number } = item.certificate ?? {};
  return node(
    "Zt_xx",
    ...[leaf("Dwmc", item.name), leaf("Dwxz", item.nature), leaf("Zjlx", type), leaf("Zjhm", number)],
  );
}

const illegalAccessTree = ({ id, domain, ip, accessProvider, province, checkedAt }: IllegalAccess): Tree =>
  node(
    "Ffjrxx",
    ...[leaf("Id", id), leaf("Ym", domain), leaf("Ip", ip), leaf("Zjjrz", accessProvider)],
    ...[leaf("Szs", province), leaf("Dqjcsj", checkedAt)],
  );

const unfiledSiteTree = ({ id, domain, ip, checkedAt, checks, ...site }: UnfiledSite): Tree =>
  node(
    "Wbawz_xx",
    ...[
      leaf("Id", id),
      leaf("Wzym_mc", domain),
      leaf("Ip", ip),
      leaf("Dqjcsj", checkedAt),
      leaf("Jccs", checks),
    ],
    ...[leaf("Sssh", site.province), leaf("Jrs", site.accessProvider), leaf("Yys", site.operator)],
  );
