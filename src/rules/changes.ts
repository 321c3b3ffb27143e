import { isIndividual } from "../vocabulary/code-tables.ts";
import { toAscii } from "../vocabulary/domain.ts";
import { changedFields, listOf, textOf } from "../vocabulary/fields/index.ts";
import type { Rule, Scope } from "./types.ts";

const isChange = ({ filing, section }: Scope): boolean => filing.kind === "change" && Boolean(section.before);

const before = ({ section }: Scope, key: string): string => textOf(section.before ?? {}, key);

/** What a change of something on record (变更备案) has to keep to. */
export const changeRules: Rule[] = [
  {
    id: "nothing-changed",
    ref: "O04",
    severity: "error",
    at: ["subject.", "website.", "access."],
    sources: ["HWCHG", "XTN"],
    empty: true,
    applies: ({ filing, section }) => filing.kind === "change" && Boolean(section.before),
    run: ({ section: { kind, before, values } }) =>
      changedFields(kind, before ?? {}, values).length === 0 ? "还没有修改任何内容" : null,
  },
  {
    id: "province-fixed",
    ref: "O07",
    severity: "error",
    at: ["subject.division"],
    sources: ["HWCHG", "V3 结果代码1046"],
    empty: true,
    applies: ({ filing, section }) => filing.kind === "change" && Boolean(section.before?.province),
    run: ({ section: { before }, values }) =>
      values.province === before?.province
        ? null
        : "主办单位所在的省不能变更。迁到了别的省，请先注销原来的备案，再在新的省重新备案",
  },
  {
    id: "certificate-fixed",
    ref: "O07",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["HWCHG", "HWP"],
    applies: isChange,
    run(scope) {
      const old = before(scope, "certNo");
      if (old === "" || old === scope.value) return null;
      // An old registration number becomes the 统一社会信用代码 of the same body (三证合一).
      const upgraded = old.length < 18 && scope.value.length === 18;
      return {
        message: upgraded
          ? "证件号码从旧号码换成了统一社会信用代码，请上传新证照，并在备注里写明新旧号码"
          : "证件号码不能变更。换了主办单位或证件号码的，请先注销原来的备案，再重新备案",
        severity: upgraded ? "warning" : "error",
      };
    },
  },
  {
    id: "nature-change",
    ref: "O09",
    severity: "error",
    at: ["subject.nature"],
    sources: ["HWKB", "TCHG"],
    superseded: "腾讯云（TCHG，约2021年）：个人变更为单位，有的省可以；华为云（HWKB，2026年）：不能直接变更",
    applies: isChange,
    run(scope) {
      const [was, is] = [isIndividual(before(scope, "nature")), isIndividual(scope.values.nature)];
      if (before(scope, "nature") === "" || was === is) return null;
      return was
        ? "个人备案不能直接变更为单位备案，请先注销个人的备案，再用单位的证件重新备案"
        : "单位备案不能变更为个人备案，请先注销单位的备案，再用个人的证件重新备案";
    },
  },
  {
    id: "name-change-and-domain",
    ref: "O08",
    severity: "warning",
    at: ["subject.name"],
    sources: ["HWCHG", "HWCOND"],
    applies: isChange,
    run: (scope) =>
      before(scope, "name") === "" || before(scope, "name") === scope.value
        ? null
        : "名称变更前，请先在域名注册商处把域名持有者改成新名称并做完实名认证，否则会因名称不一致退回",
  },
  {
    id: "domain-added-by-change",
    ref: "D15",
    severity: "error",
    at: ["website.domains"],
    sources: ["HWCHG", "TCHG"],
    superseded: "快速备案网（XSB，2018年）：变更时只核验新加的域名，那时可以在变更里加域名",
    applies: isChange,
    run(scope) {
      const had = listOf(scope.section.before ?? {}, "domains").map(toAscii);
      return scope.list
        .filter((domain) => !had.includes(toAscii(domain)))
        .map((domain) => `变更备案里不能加或换域名，“${domain}”请另办新增网站；这里只能去掉不用的域名`);
    },
  },
];
