import { codeLabel, isIndividual } from "../vocabulary/code-tables.ts";
import { children, division, isMunicipality, provinceShortName, provinces } from "../vocabulary/divisions.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import type { Values } from "../vocabulary/filing.ts";
import type { Rule, Scope } from "./types.ts";

const DETAILED = /[号室村弄楼幢栋组队层座寨屯屋苑]|通信地址已为最详细/;

const isBelow = (code: string, parent: string): boolean => children(parent).some((one) => one.code === code);

const PLACE = ["province", "city", "county"];

/** A change of something else leaves the place as it is on record. */
const isUntouched = ({ filing, section: { before }, values }: Scope): boolean =>
  filing.kind === "change" &&
  Boolean(before) &&
  PLACE.every((key) => textOf(values, key) === textOf(before ?? {}, key));

function wrongPlace(values: Values): string | null {
  const [province = "", city = "", county = ""] = PLACE.map((key) => textOf(values, key));
  if (!province) return null;
  if (!division(province)) return "请从列表中选择省";
  const parent = isMunicipality(province) ? province : city;
  if (city && (isMunicipality(province) || !isBelow(city, province)))
    return `${codeLabel("province", province)}没有所选的市，请重新选择市`;
  return county && parent && !isBelow(county, parent)
    ? `${division(parent)?.name ?? ""}没有所选的区县，请重新选择区县`
    : null;
}

/** The province that a text begins with; by its short name alone it may be a street (上海路) or a district. */
function provinceIn(text: string): { code: string; isFull: boolean } | undefined {
  const full = provinces.find(({ name }) => text.startsWith(name));
  if (full) return { code: full.code, isFull: true };
  const short = provinces.find(({ code }) => {
    const name = provinceShortName(code);
    return (
      text.startsWith(name) && !/^(?:[东西南北中].?)?[路街道巷弄里]|^大[街道]/.test(text.slice(name.length))
    );
  });
  return short && { code: short.code, isFull: false };
}

/** Where the subject is. */
export const placeRules: Rule[] = [
  {
    id: "division-consistent",
    ref: "F07",
    severity: "error",
    at: ["subject.division"],
    sources: ["GB2260", "V3 结果代码1019"],
    empty: true,
    run(scope) {
      const message = wrongPlace(scope.values);
      // It was right when it was filed: divisions are merged and renamed.
      return message && isUntouched(scope) ? { message, severity: "warning" } : message;
    },
  },
  {
    id: "residence-province",
    ref: "F07",
    severity: "error",
    at: ["subject.residence"],
    sources: ["AL-LIM", "HWP", "TREJ2"],
    // The card of a person may be of anywhere: see person-not-local.
    applies: ({ subject }) => !isIndividual(subject.nature),
    run({ value, values }) {
      const chosen = textOf(values, "province");
      const written = provinceIn(value);
      if (!written || !chosen || written.code === chosen) return null;
      const message = `证件住所在${provinceShortName(written.code)}，所在地选的是${provinceShortName(chosen)}。单位要在证件所在的省备案，请核对`;
      return written.isFull ? message : { message, severity: "warning" };
    },
  },
  {
    id: "residence-city",
    ref: "F07",
    severity: "error",
    at: ["subject.residence"],
    sources: ["HWP", "PROVINCE"],
    applies: ({ subject }, { province }) =>
      !isIndividual(subject.nature) && province.addressSameCityRequired === true,
    run({ value, values }, { province }) {
      const chosen = textOf(values, "city");
      const cities = children(textOf(values, "province")).filter(({ name }) => value.includes(name));
      if (!chosen || cities.length === 0 || cities.some(({ code }) => code === chosen)) return null;
      return `证件住所在${cities[0]?.name ?? ""}，所在地选的是${division(chosen)?.name ?? ""}。${province.name}要求和证件在同一个市，请核对`;
    },
  },
  {
    id: "address-detail",
    ref: "F08",
    severity: "warning",
    at: ["subject.address"],
    sources: ["TSUBJ", "21V"],
    run({ value, values }) {
      const enough = [...value].length >= 6 && DETAILED.test(value);
      if (enough || textOf(values, "remark").includes("最详细")) return null;
      return "请写到门牌号，例如：示例路100号3幢201室；确实没有的，在备注里写“通信地址已为最详细”";
    },
  },
  {
    id: "address-repeats",
    ref: "F08",
    severity: "warning",
    at: ["subject.address"],
    sources: ["21V"],
    run({ value, values }) {
      const name = division(textOf(values, "province"))?.name;
      return name && value.startsWith(name) ? "通信地址里不用再写省、市、区县，请从路名开始写" : null;
    },
  },
];
