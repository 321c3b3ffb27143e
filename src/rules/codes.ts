import { codeLabel, codeRow, isIndividual } from "../vocabulary/code-tables.ts";
import { field, labelOf, optionsOf, textOf } from "../vocabulary/fields/index.ts";
import { allFields } from "./refs.ts";
import type { Rule, Scope } from "./types.ts";

/** What a 变更 leaves as it is on record. */
const untouched = ({ filing, section, field: key }: Scope): string[] =>
  filing.kind === "change" ? [section.before?.[key] ?? []].flat() : [];

/** Codes and how they fit together. */
export const codeRules: Rule[] = [
  {
    id: "code-known",
    severity: "error",
    at: allFields(({ codeTable }) => codeTable !== null),
    sources: ["V3 基础代码"],
    run(scope) {
      const { section, field: key, list, values } = scope;
      const one = field(section.kind, key);
      const kept = untouched(scope);
      const rowOf = (code: string) => codeRow(one.codeTable ?? "", code);
      const chosen = list.filter((code) => !kept.includes(code)).map(rowOf);
      if (chosen.includes(undefined)) return `请从列表中选择${labelOf(one, values)}`;
      const ended = chosen.find((row) => row?.retired);
      if (ended) return `管局现在不用“${ended.zh}”，请重新选择${labelOf(one, values)}`;
      // It was right when it was filed, and whoever changes something else need not touch it.
      const old = list.map(rowOf).find((row) => row?.retired);
      if (!old) return null;
      return {
        message: `管局现在不用“${old.zh}”，可以趁这次变更重新选择${labelOf(one, values)}`,
        severity: "warning",
      };
    },
  },
  {
    id: "cert-type-fits-nature",
    ref: "F02",
    severity: "error",
    at: ["subject.certType"],
    sources: ["WX-TYPE", "TMATO", "V3 Dwxz, Zjlx"],
    run({ value, values }) {
      const nature = textOf(values, "nature");
      const fits = optionsOf(field("subject", "certType"), values).some(({ code }) => code === value);
      if (!nature || !codeRow("cert_type", value) || fits) return null;
      return `${codeLabel("unit_nature", nature)}不使用${codeLabel("cert_type", value)}，请重新选择证件类型`;
    },
  },
  {
    id: "person-document",
    ref: "F20",
    severity: "error",
    at: ["subject.idType", "website.leaderIdType"],
    sources: ["V3 Fzr_zjlx"],
    run({ value }) {
      const row = codeRow("cert_type", value);
      return row && !row.person ? `${row.zh}不是个人证件，请选择负责人本人的证件` : null;
    },
  },
  {
    id: "enterprise-as-individual",
    ref: "F02",
    severity: "error",
    at: ["subject.nature"],
    sources: ["HWP", "72DNS", "T17"],
    run({ value, values }) {
      const unit = /(?:公司|集团|厂|商行|商店|合作社|事务所|经营部|工作室)$/.test(textOf(values, "name"));
      return isIndividual(value) && unit ? "这个名称像单位名称，有营业执照的请选择企业" : null;
    },
  },
  {
    id: "branch-office",
    ref: "P05",
    severity: "warning",
    at: ["subject.name"],
    sources: ["HWFAQ", "TSUBJ"],
    applies: ({ subject }) => !isIndividual(subject.nature),
    run: ({ value }) =>
      /(?:分公司|支公司|分行|支行|分店|分厂|分所|分院|办事处|代表处)$/.test(value)
        ? "分支机构以自己的名义和自己的证件备案，主体负责人一般填总公司的法定代表人，请核对"
        : null,
  },
];
