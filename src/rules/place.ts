import { codeLabel } from "../vocabulary/code-tables.ts";
import { children, division, isMunicipality, provinceShortName, provinces } from "../vocabulary/divisions.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import type { Rule } from "./types.ts";

const DETAILED = /[号室村弄楼幢栋组队层座寨屯屋苑]|通信地址已为最详细/;

const isBelow = (code: string, parent: string): boolean => children(parent).some((one) => one.code === code);

/** Where the subject is. */
export const placeRules: Rule[] = [
  {
    id: "division-consistent",
    severity: "error",
    at: ["subject.division"],
    sources: ["GB2260", "V3 结果代码1019"],
    empty: true,
    run({ values }) {
      const [province = "", city = "", county = ""] = ["province", "city", "county"].map((key) =>
        textOf(values, key),
      );
      if (!province) return null;
      if (!division(province)) return "请从列表中选择省";
      const parent = isMunicipality(province) ? province : city;
      if (city && (isMunicipality(province) || !isBelow(city, province))) {
        return `${codeLabel("province", province)}没有所选的市，请重新选择市`;
      }
      return county && parent && !isBelow(county, parent)
        ? `${division(parent)?.name ?? ""}没有所选的区县，请重新选择区县`
        : null;
    },
  },
  {
    id: "residence-province",
    severity: "warning",
    at: ["subject.residence"],
    sources: ["AL-LIM", "TREJ2"],
    run({ value, values }) {
      const chosen = textOf(values, "province");
      const written = provinces.find(
        ({ code, name }) => value.startsWith(name) || value.startsWith(provinceShortName(code)),
      );
      if (!written || !chosen || written.code === chosen) return null;
      return `证件住所在${provinceShortName(written.code)}，所在地选的是${provinceShortName(chosen)}。备案要在证件所在的省，请核对`;
    },
  },
  {
    id: "address-detail",
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
    severity: "warning",
    at: ["subject.address"],
    sources: ["21V"],
    run({ value, values }) {
      const name = division(textOf(values, "province"))?.name;
      return name && value.startsWith(name) ? "通信地址里不用再写省、市、区县，请从路名开始写" : null;
    },
  },
];
