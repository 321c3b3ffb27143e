import { childrenOf, type Element, type Tree, textAt } from "../gateways/bureau/xml.ts";

/** An element with children. */
export const branch = (name: string, children: Tree[]): Tree => ({
  name,
  attributes: {},
  text: "",
  children,
});
/** An element with text. */
export const leaf = (name: string, text: string | number): Tree => ({
  ...branch(name, []),
  text: String(text),
});

/** Elements of a tree by name, as they came; those that are missing are left out. */
export const copied = (tree: Tree | undefined, ...names: string[]): Tree[] =>
  names.flatMap((name) => childrenOf(tree, name));

/** The child that has the same id as `tree`; a thing without one is new. */
export const same = (above: Tree | undefined, name: string, id: string, tree: Tree): Tree | undefined =>
  childrenOf(above, name).find(
    (one) => textAt(one, id) !== undefined && textAt(one, id) === textAt(tree, id),
  );

/** Whether two elements have the same text under a name. */
export const sameId = (one: Tree, other: Tree, id: string): boolean => textAt(one, id) === textAt(other, id);

/** The same element with other children. */
export const withChildren = (tree: Tree, children: Tree[]): Tree => ({ ...tree, children });

/** The same element with another text under a path such as `Zj/Zjzs`, in the first element of each name. */
export function withText(tree: Tree, path: string, text: string): Tree {
  if (path === "") return { ...tree, text };
  const [name, ...below] = path.split("/");
  const at = tree.children.findIndex((one) => one.name === name);
  const found = tree.children[at];
  return found ? withChildren(tree, tree.children.with(at, withText(found, below.join("/"), text))) : tree;
}

/** As it is to be written, without attributes. */
export const elementOf = (tree: Tree): Element => [
  tree.name,
  tree.children.length === 0 ? tree.text : tree.children.map(elementOf),
];

/** An element to be written, none where there is nothing to say. */
export const line = (name: string, text: string | number | undefined): Element[] =>
  text === undefined || text === "" ? [] : [[name, String(text)]];
