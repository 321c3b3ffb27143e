import { operationCodes } from "../gateways/bureau/index.ts";
import { child, childrenOf, type Tree } from "../gateways/bureau/xml.ts";

/** One kind of entry in a file: its element below ICP, the element of each entry, and which operation an entry is. */
export type EntryKind = { element: string; item: string; operationOf: (entry: Tree) => number };

const { first, add, join, change, cancel, supplement } = operationCodes;

/** By 注销类别 (Zxlb): subject, website, access. */
const CANCELLED = [cancel.subject, cancel.website, cancel.access];

/** In the order in which a file is worked through. */
export const ENTRY_KINDS: EntryKind[] = [
  { element: "XZBA", item: "Baxx", operationOf: () => first },
  { element: "XZWZ", item: "Xzxx", operationOf: () => add },
  { element: "XZJR", item: "Xzxx", operationOf: () => join },
  { element: "BGBA", item: "Bgxx", operationOf: () => change },
  {
    element: "ZXBA",
    item: "Zx_xx",
    operationOf: (entry) => CANCELLED[Number(child(entry, "Zxlb")?.text)] ?? cancel.access,
  },
  { element: "XZHYD", item: "Fjxx", operationOf: () => supplement },
  { element: "HSJG", item: "Hsjgxx", operationOf: () => ANSWER },
  { element: "WBACLJG", item: "Clxx", operationOf: () => ANSWER },
];

/** An answer to a task has no Czlx. */
export const ANSWER = 0;

/** One operation of a file, the element that it stands in, and its place there. */
export type Entry = { element: string; tree: Tree; operation: number; position: number };

/** Everything that a file asks for. */
export const entriesOf = (icp: Tree | undefined): Entry[] =>
  ENTRY_KINDS.flatMap(({ element, item, operationOf }) =>
    childrenOf(child(icp, element), item).map((tree, position) => ({
      element,
      tree,
      operation: operationOf(tree),
      position,
    })),
  );

/** Words for the desk. */
export const OPERATION_WORDS: Record<number, string> = {
  [first]: "新增备案",
  [add]: "新增网站",
  [join]: "新增接入",
  [change]: "变更备案",
  [cancel.access]: "取消接入",
  [cancel.subject]: "注销主体",
  [cancel.website]: "注销网站",
  [supplement]: "补充核验材料",
  [ANSWER]: "任务答复",
};
