import { type FormBody, text, texts } from "../lib/form-body.ts";
import { wholeNumber } from "../lib/numbers.ts";
import { length } from "../lib/text.ts";
import type { Problem } from "../view.ts";

const MOST = 500;
/** Differences that one form may decide on: a page of the list. */
const MOST_IDS = 200;

export const repairDecisions = [
  { code: "bureau", text: "以管局为准", hint: "本系统的备案信息改成管局的值" },
  { code: "ours", text: "以本系统为准", hint: "这里不改，需要时办理变更备案报给管局" },
  { code: "keep", text: "保留", hint: "已知的差异，两边的值都不变就不再提示" },
] as const;

export type RepairForm = {
  ids: number[];
  decision: (typeof repairDecisions)[number]["code"] | "";
  reason: string;
  /** The preview was seen. */
  confirmed: boolean;
  problems: Problem[];
};

/** What is decided on which differences; 保留 needs a reason, `needsReason` says of others that they do. */
export function readRepair(body: FormBody, needsReason = false): RepairForm {
  const ids = [...new Set(texts(body, "id").flatMap((id) => wholeNumber(id) ?? []))].slice(0, MOST_IDS);
  const decision = repairDecisions.find(({ code }) => code === text(body, "decision"))?.code ?? "";
  const reason = text(body, "reason").trim();
  const confirmed = text(body, "confirmed") === "1";
  const wanted = confirmed && (decision === "keep" || needsReason);
  const problems: Problem[] = [
    ...(ids.length === 0 ? [{ field: "ids", text: "请选要处理的差异" }] : []),
    ...(decision === "" ? [{ field: "decision", text: "请选怎样处理" }] : []),
    ...(wanted && reason === "" ? [{ field: "reason", text: "请写明原因" }] : []),
    ...(length(reason) > MOST
      ? [{ field: "reason", text: `原因最多${MOST}个字，现在是${length(reason)}个字` }]
      : []),
  ];
  return { ids, decision, reason, confirmed, problems };
}

const kinds = ["differs", "only_bureau", "only_here"] as const;
const states = ["open", "repaired", "kept", "gone"] as const;

export type DifferenceQuery = {
  bureauId?: number;
  kind?: (typeof kinds)[number];
  place?: string;
  state: (typeof states)[number];
};

/** The filter in an address; what is none is left out. */
export function readDifferenceQuery(query: Record<string, string | undefined>): DifferenceQuery {
  const bureauId = wholeNumber(query.bureau);
  const kind = kinds.find((one) => one === query.kind);
  const place = /^\w{1,40}$/.test(query.place ?? "") ? query.place : undefined;
  return {
    ...(bureauId === undefined ? {} : { bureauId }),
    ...(kind ? { kind } : {}),
    ...(place ? { place } : {}),
    state: states.find((one) => one === query.state) ?? "open",
  };
}
