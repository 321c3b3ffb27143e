import { CONTENT, PAGE, type Paper, styles } from "./paper.ts";
import type { Block, Check, Fact, Party, SignLine } from "./sheet.ts";

/** Draws a block below `y` and gives the height it took. */
type Draw<K extends Block["kind"]> = (paper: Paper, block: Extract<Block, { kind: K }>, y: number) => number;

const LEFT = PAGE.side;
const PAD = 7;
const LABEL = 84;
const ROW = 25;

/** The middle row of a cell: a text of known height between its borders. */
const middle = (y: number, height: number, text: number): number => y + (height - text) / 2;

function heading(paper: Paper, text: string, y: number): number {
  const height = paper.at(ROW - 1);
  paper.box(LEFT, y, CONTENT, height, true);
  const inner = { x: LEFT + PAD, width: CONTENT - 2 * PAD };
  const own = paper.heightOf(text, styles.heading, inner.width);
  paper.put(text, styles.heading, { ...inner, y: middle(y, height, own) });
  return height;
}

/** Label and value side by side; a value that is not there leaves a line. */
function cell(paper: Paper, { label, value }: Fact, x: number, y: number, width: number, height: number) {
  paper.box(x, y, LABEL, height);
  paper.box(x + LABEL, y, width - LABEL, height);
  const inner = { x: x + LABEL + PAD, width: width - LABEL - 2 * PAD };
  const labelHeight = paper.heightOf(label, styles.label, LABEL - 2 * PAD);
  const place = { x: x + PAD, y: middle(y, height, labelHeight), width: LABEL - 2 * PAD };
  paper.put(label, styles.label, place);
  if (value === "") paper.rule(inner.x, y + height - paper.at(PAD - 1), inner.width);
  else {
    const own = paper.heightOf(value, styles.text, inner.width);
    paper.put(value, styles.text, { ...inner, y: middle(y, height, own) });
  }
}

const facts: Draw<"facts"> = (paper, block, y) => {
  let at = y + heading(paper, block.heading, y);
  for (const row of block.rows) {
    const width = CONTENT / row.length;
    const texts = row.map(({ value }) => paper.heightOf(value, styles.text, width - LABEL - 2 * PAD));
    const height = Math.max(paper.at(ROW), ...texts.map((text) => text + paper.at(9)));
    for (const [column, fact] of row.entries()) cell(paper, fact, LEFT + column * width, at, width, height);
    at += height;
  }
  return at - y;
};

const ANSWERS = 150;

function check(paper: Paper, { text, answers }: Check, y: number): number {
  const width = CONTENT - LABEL - ANSWERS - 2 * PAD;
  const height = Math.max(paper.at(21), paper.heightOf(text, styles.text, width) + paper.at(5));
  const own = paper.heightOf(text, styles.text, width);
  paper.put(text, styles.text, { x: LEFT + LABEL + PAD, y: middle(y, height, own), width });
  const step = (ANSWERS - PAD) / 3;
  for (const [at, answer] of answers.entries()) {
    const x = LEFT + CONTENT - ANSWERS + at * step;
    const one = paper.heightOf(answer, styles.text, step);
    paper.put(`□${answer}`, styles.text, { x, y: middle(y, height, one), width: step + PAD });
  }
  return height;
}

const checks: Draw<"checks"> = (paper, block, y) => {
  let at = y + heading(paper, block.heading, y);
  for (const { name, checks: list } of block.groups) {
    const top = at;
    at += paper.at(3);
    for (const one of list) at += check(paper, one, at);
    at += paper.at(3);
    paper.box(LEFT, top, LABEL, at - top);
    paper.box(LEFT + LABEL, top, CONTENT - LABEL, at - top);
    const own = paper.heightOf(name, styles.label, LABEL);
    paper.put(name, styles.label, { x: LEFT + PAD, y: middle(top, at - top, own), width: LABEL - 2 * PAD });
  }
  return at - y;
};

const text: Draw<"text"> = (paper, block, y) => {
  const top = y + heading(paper, block.heading, y);
  let at = top + paper.at(PAD);
  const style = { ...styles.text, leading: 1.75 };
  for (const paragraph of block.paragraphs)
    at += paper.put(`　　${paragraph}`, style, { x: LEFT + PAD, y: at, width: CONTENT - 2 * PAD });
  at += paper.at(PAD);
  paper.box(LEFT, top, CONTENT, at - top);
  return at - y;
};

const copy: Draw<"copy"> = (paper, block, y) => {
  const top = y + heading(paper, block.heading, y);
  const inner = { x: LEFT + PAD, width: CONTENT - 2 * PAD };
  let at = top + paper.at(PAD - 2);
  at += paper.put(block.sentence, styles.small, { ...inner, y: at });
  for (let line = 0; line < block.lines; line += 1) {
    at += paper.at(24);
    paper.rule(inner.x, at, inner.width);
  }
  at += paper.at(PAD);
  paper.box(LEFT, top, CONTENT, at - top);
  return at - y;
};

/** Room for each line to sign on; a stamp of 40 mm may lie over the signature and the date as well. */
const rooms: Record<SignLine["kind"], number> = { given: 24, name: 32, seal: 62, fingerprint: 62, date: 28 };
const BLANK_DATE = "　　　　年　　　月　　　日";

type SignPlace = { x: number; y: number; width: number };

const roomOf = (paper: Paper, { kind, value = "" }: SignLine, width: number): number =>
  Math.max(paper.at(rooms[kind]), paper.heightOf(value, styles.text, width) + paper.at(4));

function signLine(paper: Paper, line: SignLine, { x, y, width }: SignPlace): void {
  const label = `${line.label}：`;
  const after = x + paper.widthOf(label, styles.text);
  const rest = x + width - after;
  const height = roomOf(paper, line, rest);
  const row = paper.heightOf(label, styles.text, width);
  const base = line.kind === "name" || line.kind === "date" ? y + height - row : y + paper.at(4);
  paper.put(label, styles.text, { x, y: base, width });
  if (line.kind === "name" || line.value === "") paper.rule(after, base + row - paper.at(2), rest);
  const words = line.kind === "date" ? BLANK_DATE : line.value;
  if (words) paper.put(words, styles.text, { x: after, y: base, width: rest });
}

/** Draws one side; what is left of `height` stays free above the last line, so that both dates stand level. */
function party(paper: Paper, one: Party, { x, y, width }: SignPlace, height = 0): number {
  let at = y + paper.at(PAD);
  at += paper.put(one.heading, styles.heading, { x, y: at, width });
  at += paper.put(one.pledge, styles.small, { x, y: at, width }) + paper.at(2);
  const rooms = one.lines.map((line) =>
    roomOf(paper, line, width - paper.widthOf(`${line.label}：`, styles.text)),
  );
  const needed = rooms.reduce((sum, room) => sum + room, at + paper.at(PAD) - y);
  for (const [index, line] of one.lines.entries()) {
    if (index === one.lines.length - 1) at += Math.max(0, height - needed);
    signLine(paper, line, { x, y: at, width });
    at += rooms[index] ?? 0;
  }
  return needed;
}

const signatures: Draw<"signatures"> = (paper, block, y) => {
  const top = y + heading(paper, block.heading, y);
  const width = CONTENT / block.parties.length;
  const place = (at: number) => ({ x: LEFT + at * width + PAD, y: top, width: width - 2 * PAD });
  const height = Math.max(...block.parties.map((one, at) => party(paper.scratch(), one, place(at))));
  for (const [at, one] of block.parties.entries()) {
    paper.box(LEFT + at * width, top, width, height);
    party(paper, one, place(at), height);
  }
  return top + height - y;
};

const draws: { [K in Block["kind"]]: Draw<K> } = { facts, checks, text, copy, signatures };

/** Any block, by its kind. */
export function drawBlock<K extends Block["kind"]>(
  paper: Paper,
  block: Extract<Block, { kind: K }>,
  y: number,
): number {
  return draws[block.kind as K](paper, block, y);
}
