import type { Pixels } from "../../src/documents/engine.ts";

type Point = readonly [x: number, y: number];
export type Corners = readonly [Point, Point, Point, Point];

/** Solves a·x = b for a small square system by Gauss's elimination with pivots. */
function solve(a: number[][], b: number[]): number[] {
  const rows = a.map((row, index) => [...row, b[index] ?? 0]);
  const size = rows.length;
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column; row < size; row += 1)
      if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue;
      const factor = at(row, column) / at(column, column);
      rows[row] = (rows[row] as number[]).map((value, index) => value - factor * at(column, index));
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

/** The eight numbers of the projection that brings `corners` of the photo back to the corners of the paper. */
function projection(corners: Corners, width: number, height: number): number[] {
  const paper: Corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
  const equations = corners.flatMap(([x, y], index) => {
    const [u, v] = paper[index] as Point;
    return [
      { row: [x, y, 1, 0, 0, 0, -u * x, -u * y], value: u },
      { row: [0, 0, 0, x, y, 1, -v * x, -v * y], value: v },
    ];
  });
  return solve(
    equations.map(({ row }) => row),
    equations.map(({ value }) => value),
  );
}

/** Lays a paper with its four corners (from the upper left, clockwise) upon a picture, in perspective. */
export function layUpon(scene: Pixels, paper: Pixels, corners: Corners): void {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = projection(
    corners,
    paper.width - 1,
    paper.height - 1,
  );
  const { width, height, data } = scene;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const depth = g * x + h * y + 1;
      const u = (a * x + b * y + c) / depth;
      const v = (d * x + e * y + f) / depth;
      if (u < 0 || v < 0 || u >= paper.width - 1 || v >= paper.height - 1) continue;
      sample(paper, u, v, data, (y * width + x) * 3);
    }
  }
}

/** One pixel between its four neighbours. */
function sample({ data, width }: Pixels, u: number, v: number, into: Buffer, at: number): void {
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const [right, below] = [u - left, v - top];
  const from = (top * width + left) * 3;
  const next = from + width * 3;
  for (let channel = 0; channel < 3; channel += 1) {
    const upper = (data[from + channel] ?? 0) * (1 - right) + (data[from + 3 + channel] ?? 0) * right;
    const lower = (data[next + channel] ?? 0) * (1 - right) + (data[next + 3 + channel] ?? 0) * right;
    into[at + channel] = upper * (1 - below) + lower * below;
  }
}
