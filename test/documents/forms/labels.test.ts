import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type LabelInput, labelsOf, labelsPdf } from "../../../src/documents/forms/index.ts";
import { layOutLabels } from "../../../src/documents/forms/labels.ts";
import { PAGE } from "../../../src/documents/forms/paper.ts";
import type { Measure } from "../../../src/documents/forms/typeset.ts";
import { readPdf } from "../../support/pdf.ts";

const test = suite("the mailing labels");

const input: LabelInput = {
  reference: "备案幕布　20261118-0042",
  to: { name: "张三", phone: "13800005678", address: "浙江省杭州市滨江区示例路1号2幢301室" },
  from: { name: "示例云计算有限公司", phone: "0571-88880000", address: "杭州市示例路9号" },
  remark: "工作日送",
};
const longest: LabelInput = {
  ...input,
  to: { name: "示".repeat(40), phone: "13800005678", address: "例".repeat(200) },
  remark: "备".repeat(200),
};

/** 汉字 and full-width signs are one em wide, others half of one. */
const measureAt =
  (size: number): Measure =>
  (text) =>
    [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x2000 ? size / 2 : size), 0);
const measures = { regular: measureAt, bold: measureAt };
const madeAt = new Date("2026-11-18T08:00:00Z");

test("stand eight on a sheet, the ninth on another", async () => {
  for (const [count, skip, sheets] of [
    [1, 0, 1],
    [8, 0, 1],
    [9, 0, 2],
    [8, 1, 2],
    [1, 7, 1],
    [2, 7, 2],
  ] as const) {
    const labels = await labelsOf(Array(count).fill(input));
    assert.is(layOutLabels(labels, skip, measures).length, sheets, `${count} after ${skip}`);
    assert.is(readPdf(await labelsPdf(labels, skip, madeAt)).pages, sheets);
  }
});

test("leave the places free that are used up", async () => {
  const labels = await labelsOf([input]);
  const [sheet = []] = layOutLabels(labels, 3, measures);
  for (const mark of sheet)
    if (mark.kind === "text") {
      assert.ok(mark.x >= PAGE.width / 2);
      assert.ok(mark.y > PAGE.height / 4 && mark.y < PAGE.height / 2);
    }
});

test("say where to, who, which telephone, who sends, and which filing", async () => {
  const { text, missing } = readPdf(await labelsPdf(await labelsOf([input]), 0, madeAt));
  assert.is(missing, 0);
  for (const word of ["20261118-0042", "浙江省杭州市滨江区示例路1号2幢301室", "张三 收", "13800005678"])
    assert.match(text, word);
  assert.match(text, "工作日送");
  assert.match(text, "寄件：示例云计算有限公司");
});

test("hold the longest address and remark that an order takes, inside their cell", async () => {
  const labels = await labelsOf(Array(8).fill(longest));
  const [sheet = []] = layOutLabels(labels, 0, measures);
  const texts = sheet.filter((mark) => mark.kind === "text");
  const written = texts.map(({ text }) => text).join("");
  assert.is(written.split("例").length - 1, 8 * (200 + 2));
  for (const { x, y, size, text } of texts) {
    const column = Math.floor(x / (PAGE.width / 2));
    assert.ok(x + measureAt(size)(text) <= (column + 1) * (PAGE.width / 2) - 19, text);
    const top = Math.floor((y - size) / (PAGE.height / 4));
    assert.is(Math.floor((y + size * 0.3) / (PAGE.height / 4)), top, `${y} ${text}`);
    assert.ok(size >= 6.5, `${size}`);
  }
});

test("leave room for a character without a glyph and say which one", async () => {
  const [label] = await labelsOf([{ ...input, to: { ...input.to, name: "张𠮷" } }]);
  assert.equal(label?.signs, ["𠮷"]);
  assert.ok(label?.lines.some(({ text }) => text.startsWith("张＿＿ 收")));
  assert.ok(label?.lines.at(-1)?.text.includes("U+20BB7"));
});

test.run();
