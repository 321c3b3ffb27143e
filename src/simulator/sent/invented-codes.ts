import type { BaseRow } from "./codes.ts";

const rows = (...labels: string[]): BaseRow[] =>
  labels.map((label, index) => ({ id: String(index + 1), label }));

/** Tables whose codes no public source has: these are ours, so that a demonstration has some. */
export const INVENTED = {
  Dwfl_dms: rows("接入服务单位", "域名注册单位", "网站主办单位"),
  Yjfk_Wtfls: rows("系统使用", "备案政策").map((row) => ({ ...row, extra: { Fl2: `${row.label}咨询` } })),
  Hyfl_dms: rows("信息传输业", "教育", "批发和零售业").map((row) => ({
    ...row,
    extra: { Bm: `H${row.id}` },
  })),
  Xzjb_dms: rows("省部级", "地市级", "县处级", "其他"),
  Wbacl_dms: rows("已停止接入", "已完成备案", "非本单位接入", "正在处理"),
  Hsyj_dms: rows("信息属实", "主体信息有误", "网站信息有误", "无法联系主办者"),
  Ymlx_dms: rows("国家顶级域名", "通用顶级域名"),
} satisfies Record<string, BaseRow[]>;
