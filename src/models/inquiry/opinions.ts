import { codeTable, codeTableIds } from "../../vocabulary/code-tables.ts";

export type Opinion = { code: string; label: string };

/** The bureau's list of opinions (核实意见, Hsyj_dms). It is not public: empty as long as no table of ours has it. */
export const opinions = (): Opinion[] =>
  codeTableIds.includes("verify_opinion")
    ? codeTable("verify_opinion").rows.map(({ code, zh }) => ({ code, label: zh }))
    : [];
