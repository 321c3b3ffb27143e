import { type Tree, textAt } from "./xml.ts";

/** One row of a table of codes; `extra` holds elements beside the usual ones, such as Sfqzsp or Dwflid. */
export type CodeRow = {
  id: string;
  label: string;
  /** Sfyx */
  valid: boolean;
  remark: string;
  extra: Record<string, string>;
};

/** A table of JCDM, 基础代码, by the name of its element, such as `Dwxz_dms`. */
export type CodeTable = { name: string; rows: CodeRow[] };

const USUAL = ["Id", "Mc", "Nr", "Ztmc", "Sfyx", "Bz"];

/** The tables of a JCDM: those below Jcdm_xx, and the list of reporting units (Bbdwlb). */
export const codeTablesOf = (tree: Tree): CodeTable[] =>
  tree.children
    .flatMap((one) => (one.name === "Jcdm_xx" ? one.children : [one]))
    .filter(({ children }) => children.length > 0)
    .map((table) => ({ name: table.name, rows: table.children.map(rowOf) }));

/** A row is valid unless it says that it is not. */
const rowOf = (tree: Tree): CodeRow => ({
  id: textAt(tree, "Id") ?? "",
  label: textAt(tree, "Mc") ?? textAt(tree, "Nr") ?? textAt(tree, "Ztmc") ?? "",
  valid: textAt(tree, "Sfyx") !== "0",
  remark: textAt(tree, "Bz") ?? "",
  extra: Object.fromEntries(
    tree.children.filter(({ name }) => !USUAL.includes(name)).map(({ name, text }) => [name, text]),
  ),
});
