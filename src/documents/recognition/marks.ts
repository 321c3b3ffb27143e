/** A connected piece of ink: its box in pixels (right and bottom outside of it) and how many pixels it has. */
export type Mark = { left: number; top: number; right: number; bottom: number; area: number };

/** Every connected piece of ink (eight neighbours), by two passes over the rows with a union of labels. */
export function marksOf(ink: Uint8Array, width: number, height: number): Mark[] {
  const labels = new Int32Array(width * height);
  const parents = [0];
  const rootOf = (label: number): number => {
    let root = label;
    while (parents[root] !== root) root = parents[root] ?? 0;
    for (let at = label; at !== root; ) [parents[at], at] = [root, parents[at] ?? root];
    return root;
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (!ink[at]) continue;
      const before = x > 0 ? (labels[at - 1] ?? 0) : 0;
      const above = y > 0 ? (labels[at - width] ?? 0) : 0;
      const aboveLeft = y > 0 && x > 0 ? (labels[at - width - 1] ?? 0) : 0;
      const aboveRight = y > 0 && x < width - 1 ? (labels[at - width + 1] ?? 0) : 0;
      const found = before || above || aboveLeft || aboveRight;
      if (!found) {
        labels[at] = parents.length;
        parents.push(parents.length);
        continue;
      }
      labels[at] = found;
      if (aboveRight && aboveRight !== found) {
        const [a, b] = [rootOf(found), rootOf(aboveRight)];
        parents[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  return boxesOf(labels, width, height, rootOf);
}

function boxesOf(
  labels: Int32Array,
  width: number,
  height: number,
  rootOf: (label: number) => number,
): Mark[] {
  const marks = new Map<number, Mark>();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const label = labels[y * width + x] ?? 0;
      if (label === 0) continue;
      const root = rootOf(label);
      const mark = marks.get(root);
      if (!mark) {
        marks.set(root, { left: x, top: y, right: x + 1, bottom: y + 1, area: 1 });
        continue;
      }
      mark.left = Math.min(mark.left, x);
      mark.right = Math.max(mark.right, x + 1);
      mark.bottom = y + 1;
      mark.area += 1;
    }
  }
  return [...marks.values()];
}
