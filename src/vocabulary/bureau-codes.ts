import { DIVISIONS } from "./code-tables.ts";

/**
 * Tables of codes (基础代码, JCDM) that a bureau sends, by their element.
 * - `ours`: the table of code-tables.json that it updates; without it the codes are the bureau's alone
 * - `most`: the highest code that the schema of the uploads has room for; a new one above it cannot be chosen
 * - `fixed`: rows that ours does not know cannot be chosen before this program learns them, see `says`
 */
export type BureauTable = { label: string; ours?: string; most?: number; fixed?: true; says?: string };

export const bureauTables: Readonly<Record<string, BureauTable>> = {
  Dwxz_dms: { label: "单位性质", ours: "unit_nature", most: 999, says: "新的性质可以选所有单位证件" },
  Zjlx_dms: { label: "证件类型", ours: "cert_type", most: 999, says: "新的证件类型给所有单位性质选" },
  Wzfwlx_dms: { label: "网站服务内容", ours: "site_service_content", most: 64 },
  Yylb_dms: { label: "网站语言", ours: "site_language", most: 64 },
  Wzjrfs_dms: { label: "接入方式", ours: "access_mode", most: 64 },
  Zxly_dms: { label: "注销理由", ours: "cancel_reason", most: 999 },
  Wzjylx_dms: { label: "前置审批类型", ours: "pre_approval", most: 64 },
  Fjytlx_dms: {
    ...{ label: "附件用途", ours: "attachment_purpose", fixed: true },
    says: "新的用途要等系统升级后才会用到",
  },
  Fjwjgs_dms: {
    ...{ label: "附件文件格式", ours: "attachment_format", fixed: true },
    says: "新的格式要等系统升级后才会用到",
  },
  Hsyj_dms: { label: "核实意见" },
  Wbacl_dms: { label: "未备案网站处理" },
  Dwfl_dms: { label: "单位分类" },
  Hyfl_dms: { label: "行业分类" },
  Xzjb_dms: { label: "行政级别" },
  Gj_dms: { label: "国家" },
  Ymlx_dms: { label: "域名类型" },
  Yjfk_Wtfls: { label: "意见反馈问题分类" },
  Qy_dms: { label: "行政区域", ours: DIVISIONS, says: "省不变，管局没有列出的市和区县也不变" },
  Bbdwlb: { label: "报备单位" },
};

/** Its name in Chinese; a table that this version does not know is shown as it is. */
export const bureauTableLabel = (name: string): string => bureauTables[name]?.label ?? name;
