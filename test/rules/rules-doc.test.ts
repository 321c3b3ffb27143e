import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectPath } from "../../src/lib/project.ts";
import { rules } from "../../src/rules/index.ts";
import { rulesDocument } from "../../src/rules/rules-doc.ts";

const test = suite("the page of all rules");

test("is what `npm run docs` writes now", () => {
  assert.is(readFileSync(projectPath("src/rules/rules.md"), "utf8"), rulesDocument());
});

test("has a line for every rule, with the year of a source", () => {
  const text = rulesDocument();
  for (const { id } of rules) {
    const line = text.split("\n").find((one) => one.startsWith(`| \`${id}\``));
    assert.match(line ?? "", /\d{4}年|现行|日期不详/, id);
  }
});

test("names what an older source says otherwise", () => {
  const [, after = ""] = rulesDocument().split("## Where sources disagree");
  for (const { id, superseded } of rules) if (superseded) assert.match(after, `\`${id}\``, id);
  assert.match(after, "2018年1月）要个人网站只叫");
});

test("holds no cell that breaks its table", () => {
  for (const line of rulesDocument()
    .split("\n")
    .filter((one) => one.startsWith("| `"))) {
    const bars = line.replaceAll("\\|", "").split("|").length;
    assert.ok([5, 7, 8].includes(bars), `${bars} ${line}`);
  }
});

test.run();
