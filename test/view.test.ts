import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadAssets } from "../src/lib/assets.ts";
import { divisionSelects, helpers, type PageContext, renderPage } from "../src/view.ts";
import { fieldsOf } from "../src/vocabulary/fields/index.ts";

const test = suite("a view");

const page: PageContext = {
  csrf: "the-token",
  requestId: "1",
  path: "/",
  part: undefined,
  now: new Date("2026-11-24T06:30:00Z"),
  demo: false,
  actor: undefined,
  isp: undefined,
  queues: [],
  assets: loadAssets(),
};

const field = (data: Record<string, unknown>): string => renderPage("components/field", data, page);

test("writes what a person typed as text, wherever it stands", () => {
  const evil = `"><script>alert('1')</script>`;
  const html = field({ key: "name", label: evil, hint: evil, error: evil, kind: "text", value: evil });
  assert.not.match(html, "<script");
  assert.not.match(html, `value=""`);
  assert.match(field({ key: "t", label: "t", kind: "area", value: "</textarea>" }), "&lt;/textarea&gt;");
});

test("ties label, hint and error to the control", () => {
  const html = field({
    key: "certNo",
    label: "证件号码",
    hint: "18位",
    error: "应为18位",
    kind: "text",
    width: "m",
  });
  assert.match(html, '<label for="certNo">');
  assert.match(html, 'aria-describedby="certNo-h certNo-e"');
  assert.match(html, 'aria-invalid="true"');
  assert.match(html, 'id="certNo-e">应为18位');
});

for (const section of ["subject", "website", "access"] as const)
  test(`draws every field of the dictionary's ${section} with a control of its own name`, () => {
    for (const one of fieldsOf(section)) {
      const html = field(helpers.control(one, {}));
      if (one.kind !== "fixed") assert.match(html, new RegExp(`name="${one.parts[0]?.key}"`), one.key);
      assert.match(html, new RegExp(`id="${one.key}"`), `${one.key} can be linked to`);
    }
  });

test("offers no cities in 北京 and no counties in 东莞", () => {
  const beijing = divisionSelects({ province: "110000", city: "", county: "" });
  assert.is(beijing[1]?.options.length, 0);
  assert.ok((beijing[2]?.options.length ?? 0) > 10);
  const dongguan = divisionSelects({ province: "440000", city: "441900", county: "" });
  assert.is(dongguan[2]?.options.length, 0);
});

test("shows the seven steps with the one that waits, also without colour", () => {
  const html = renderPage("components/track", { at: 3, tone: "bad", state: "退回修改" }, page);
  assert.is(html.match(/<li class="done"/g)?.length, 2);
  assert.match(html, 'class="bad" aria-current="step"');
  assert.match(html, "第3步，共7步");
  assert.match(html, "信息初审</b><small>退回修改");
});

test.run();
