import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type FormInput, verificationForm } from "../../../src/documents/forms/index.ts";
import { divided, layOut } from "../../../src/documents/forms/layout.ts";
import { type Mark, PAGE } from "../../../src/documents/forms/paper.ts";
import { type Line, type Measure, typeset } from "../../../src/documents/forms/typeset.ts";
import * as sample from "../../rules/sample.ts";

const test = suite("the setting of forms");

/** 汉字 and full-width signs are one em wide, others half of one. */
const measureAt =
  (size: number): Measure =>
  (text) =>
    [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x2000 ? size / 2 : size), 0);
const set = (text: string, ems: number): Line[] => typeset(text, ems * 10, 10, measureAt(10));
const textOf = ({ runs }: Line): string => runs.map(({ text }) => text).join("");

test("fills lines to the last 汉字", () => {
  assert.equal(set("网站备案信息真实性", 4).map(textOf), ["网站备案", "信息真实", "性"]);
  assert.equal(set("", 4), []);
});

test("begins no line with a stop and ends none with an opening bracket (GB/T 15834)", () => {
  assert.equal(set("网站备案，信息", 4).map(textOf), ["网站备", "案，信息"]);
  assert.equal(set("网站备（案）", 4).map(textOf), ["网站备", "（案）"]);
});

test("keeps a domain and a number whole, unless they are wider than the line", () => {
  assert.equal(set("域名example.cn", 6).map(textOf), ["域名", "example.cn"]);
  assert.equal(set("abcdefghij", 2).map(textOf), ["abcd", "efgh", "ij"]);
});

test("leaves a fifth of an em between 汉字 and letters, without a character there", () => {
  const [line] = set("和IP地址", 9);
  assert.equal(line?.runs, [
    { text: "和", x: 0 },
    { text: "IP", x: 12 },
    { text: "地址", x: 24 },
  ]);
  assert.is(line?.width, 44);
});

const pagesOf = (domains: string[]): Mark[][] => {
  const input: FormInput = {
    number: "20261118-0042",
    kind: "first",
    isp: "示例云计算有限公司",
    subject: sample.company,
    website: { ...sample.website, ...sample.leader, domains },
  };
  const measures = { regular: measureAt, bold: measureAt };
  return layOut(divided(verificationForm(input, "national"), measures), measures);
};

const domains = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `very-long-example-domain-${at}.com.cn`);

/** How far right and down a mark reaches. */
const reach = (mark: Mark): readonly [number, number] => {
  if (mark.kind === "text") return [mark.x + measureAt(mark.size)(mark.text), mark.y];
  return mark.kind === "line" ? mark.to : [mark.x + mark.width, mark.y + mark.height];
};

for (const [count, pages] of [
  [1, 1],
  [10, 1],
  [40, 2],
  [400, 7],
] as const)
  test(`stays inside the margins with ${count} domains, on ${pages} pages`, () => {
    const drawn = pagesOf(domains(count));
    assert.is(drawn.length, pages);
    for (const mark of drawn.flat()) {
      const [right, low] = reach(mark);
      assert.ok(mark.kind === "line" || mark.x >= PAGE.side - 0.01, JSON.stringify(mark));
      assert.ok(right <= PAGE.width - PAGE.side + 0.01, `${right} ${JSON.stringify(mark)}`);
      assert.ok(low <= PAGE.height - 20, `${low} ${JSON.stringify(mark)}`);
    }
  });

const textsOf = (marks: readonly Mark[]): string =>
  marks.map((mark) => (mark.kind === "text" ? mark.text : "")).join("");

test("cuts nothing off: what does not fit stands whole on a page of its own, which is signed too", () => {
  const [first = [], ...others] = pagesOf(domains(400));
  assert.match(textsOf(first), "网站域名见附页第1项");
  assert.match(textsOf(first), "网站负责人签字");
  const rest = others.map(textsOf);
  for (const domain of domains(400))
    assert.ok(
      rest.some((text) => text.includes(domain)),
      domain,
    );
  for (const text of rest) assert.match(text, "签字（盖章）");
  assert.match(rest.at(-1) ?? "", `第${rest.length + 1}页，共${rest.length + 1}页`);
});

test("prints nothing smaller than 8 points, notes aside", () => {
  for (const mark of pagesOf(domains(40)).flat())
    if (mark.kind === "text") assert.ok(mark.size >= 7.7, `${mark.size} ${mark.text}`);
});

test("leaves 45 mm and more to sign on", () => {
  const [page = []] = pagesOf(domains(1));
  const lines = page.filter((mark) => mark.kind === "line");
  assert.is(lines.length, 2);
  for (const { from, to } of lines) assert.ok(to[0] - from[0] >= (45 / 25.4) * 72, `${to[0] - from[0]}`);
});

test("has room for a stamp of 40 mm beside the signature", () => {
  const [page = []] = pagesOf(["example.cn"]);
  const cell = page.filter((mark) => mark.kind === "box").at(-2);
  assert.ok((cell?.height ?? 0) >= (40 / 25.4) * 72, `${cell?.height}`);
});

test.run();
