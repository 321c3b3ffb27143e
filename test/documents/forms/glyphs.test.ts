import { suite } from "uvu";
import * as assert from "uvu/assert";
import { hasGlyph, loadFaces } from "../../../src/documents/forms/faces.ts";
import { GAP, gapNotes, withGaps } from "../../../src/documents/forms/glyphs.ts";
import {
  type FormInput,
  type Sheet,
  sheetPdf,
  verificationForm,
} from "../../../src/documents/forms/index.ts";
import * as sample from "../../rules/sample.ts";
import { extensionA, gbk, level1, level2 } from "../../support/hanzi.ts";
import { readPdf } from "../../support/pdf.ts";
import { type DrawnGlyph, glyphsIn, pictureOf } from "../../support/pdf-picture.ts";

const test = suite("the glyphs of the forms");

const madeAt = new Date("2026-11-18T08:00:00Z");
const company: FormInput = {
  ...{ number: "20261118-0042", kind: "first", isp: "示例云计算有限公司" },
  subject: sample.company,
  website: { ...sample.website, ...sample.leader },
};
const named = (leaderName: string): FormInput => ({
  ...company,
  website: { ...company.website, leaderName },
});

/** A paper that says nothing but a text; a long one goes on over pages. */
const paperWith = (value: string): Sheet => ({
  ...{ title: "字形", reference: "", notes: [], advice: "", blank: true },
  blocks: [{ kind: "facts", heading: "字", rows: [[{ label: "字", value }]] }],
});

const missing = (signs: readonly string[], has: (sign: string) => boolean): string[] =>
  signs.filter((sign) => !has(sign));

test("are there for the 6,763 characters of GB 2312, the 20,902 of GBK and extension A, in both weights", async () => {
  const has = hasGlyph(await loadFaces());
  assert.equal([level1.length, level2.length], [3_755, 3_008]);
  assert.equal([gbk.length, extensionA.length], [20_902, 6_582]);
  for (const signs of [level1, level2, gbk, extensionA]) assert.equal(missing(signs, has), []);
});

/** Characters of names: of 通用规范汉字表 beyond GB 18030-2000, and 〇, · and — that stand in names. */
const ofNames = [..."䶮㛃㼆㙓䜣㮾䓖㻬㕮𫍯𪩘𬱖𫖯𬀩𣲗𫔶𬙂𬭎𫗧𬘭𫘜𬳵𬤊𪟝𫓹𬭚𬭛𬬭𬣙𬍛〇·—堃喆犇昇邨𩽾"];

test("are there for rare characters of names", async () => {
  assert.equal(missing(ofNames, hasGlyph(await loadFaces())), []);
});

test("are known to be missing for these", async () => {
  const has = hasGlyph(await loadFaces());
  const rare = [..."𠮷𡋤𢙑𡌩𧒽🙂"];
  assert.equal(missing(rare, has), rare);
});

/** Those of the drawing, by what they stand for. */
const drawnBy = (glyphs: readonly DrawnGlyph[]): Map<string, DrawnGlyph> =>
  new Map(glyphs.map((glyph) => [glyph.text, glyph]));

test("stand in the PDF with an outline of their own for each of the 6,763 and none is the box", async () => {
  const signs = [...level1, ...level2, ...ofNames];
  const bytes = await sheetPdf(paperWith(signs.join("")), madeAt);
  assert.is(readPdf(bytes).missing, 0);
  const drawn = drawnBy(glyphsIn(bytes).flat());
  const outlines = signs.map((sign) => drawn.get(sign)?.outline ?? "");
  assert.equal(
    signs.filter((_, at) => outlines[at] === ""),
    [],
  );
  // Two characters that look the same are drawn the same; a box would make thousands the same.
  assert.ok(new Set(outlines).size >= signs.length - 5, `${new Set(outlines).size} outlines`);
});

/** The pixels of a square around a glyph, and how many of them are dark. */
async function cells(glyphs: readonly DrawnGlyph[]): Promise<{ dark: number; key: string }[]> {
  const scale = 2;
  const { data, info } = await pictureOf(glyphs, scale);
  return glyphs.map(({ x, y, size }) => {
    const [left, top, side] = [x * scale, (y - size * 0.88) * scale, size * scale].map(Math.round);
    const rows = Array.from({ length: side ?? 0 }, (_, row) => {
      const from = ((top ?? 0) + row) * info.width + (left ?? 0);
      return [...data.subarray(from, from + (side ?? 0))].map((grey) => (grey < 128 ? "#" : "."));
    });
    const key = rows.map((row) => row.join("")).join("\n");
    return { dark: key.split("#").length - 1, key };
  });
}

test("are seen as so many different pictures when pages are rasterised", async () => {
  const bytes = await sheetPdf(paperWith([...level2.slice(0, 900), ...ofNames].join("")), madeAt);
  for (const page of glyphsIn(bytes).slice(1)) {
    const signs = page.filter(({ text, size }) => /\p{Script=Han}/u.test(text) && size === 10.5);
    const seen = await cells(signs);
    assert.ok(seen.length > 100);
    for (const [at, { dark, key }] of seen.entries())
      assert.ok(dark > 5 && dark < key.length * 0.8, `${signs[at]?.text}: ${dark} dark\n${key}`);
    const pictures = new Set(seen.map(({ key }) => key)).size;
    assert.ok(pictures >= new Set(signs.map(({ text }) => text)).size * 0.99, `${pictures}`);
  }
});

test("leave room to write a character by hand that they lack, and the paper names it by its code", async () => {
  const bytes = await sheetPdf(verificationForm(named("李𠮷明"), "national"), madeAt);
  const { text, missing } = readPdf(bytes);
  assert.is(missing, 0);
  assert.match(text, `李${GAP}明`);
  assert.match(text, "“网站负责人”里有字库没有的字（U+20BB7），请在空格处用正楷字手写。");
});

test("print a name whole whose characters they have, though it is beyond the basic plane", async () => {
  const { text, missing } = readPdf(await sheetPdf(verificationForm(named("龚䶮𬭎"), "national"), madeAt));
  assert.is(missing, 0);
  assert.match(text, "龚䶮𬭎");
  assert.not.match(text, "字库");
});

const has = (sign: string): boolean => sign !== "𠮷" && sign !== "🙂";
const reading = (value: string) => {
  const { gaps, blocks } = withGaps(paperWith(value), has);
  const [block] = blocks;
  return { gaps, value: block?.kind === "facts" ? block.rows[0]?.[0]?.value : undefined };
};

test("name each missing character once, and the label that it stands beside", () => {
  assert.equal(reading("𠮷野🙂𠮷"), {
    gaps: [{ label: "字", signs: ["𠮷", "🙂"] }],
    value: `${GAP}野${GAP}${GAP}`,
  });
  assert.equal(gapNotes({ gaps: [{ label: "", signs: ["𠮷"] }] }), [
    "有字库没有的字（U+20BB7），请在空格处用正楷字手写。",
  ]);
  assert.equal(gapNotes({}), []);
});

test("miss nothing that nobody sees, and keep breaks of lines out", () => {
  assert.equal(reading("葛\u{E0100}城\u200B市\uFE00"), { gaps: undefined, value: "葛城市" });
  assert.equal(reading("一号\r\n二楼\t东"), { gaps: undefined, value: "一号 二楼 东" });
  assert.equal(reading("一　二"), { gaps: undefined, value: "一　二" });
});

test.run();
