import { suite } from "uvu";
import * as assert from "uvu/assert";
import { codeTable } from "../../src/vocabulary/code-tables.ts";
import { children } from "../../src/vocabulary/divisions.ts";
import { numbersOf, sampleFiling, startBench } from "./bench.ts";

const test = suite("the numbers of the simulated bureau, province by province");

/** As published numbers are: sign, ICP备, four digits of the year and six that count. */
const SIGNS = "云京冀吉宁川新晋桂沪津浙渝湘滇琼甘皖秦粤苏蒙藏蜀豫贵赣辽鄂闽陇陕青鲁黑黔";
const SUBJECT = new RegExp(`^([${SIGNS}])ICP备(20\\d{8})号$`);
const WEBSITE = new RegExp(`^([${SIGNS}])ICP备(20\\d{8})号-[1-9]\\d{0,4}$`);

const bench = await startBench({ decisions: "hold", together: 1000 });
test.after(() => bench.end());
const provinces = codeTable("province").rows;

test("begin with the sign of each of the 31 provinces, and count by themselves in each", async () => {
  assert.is(provinces.length, 31);
  for (const [index, { code }] of provinces.entries()) {
    const filing = sampleFiling({ id: (index + 1) * 10, domain: `p${code}.cn`, certificate: `C${code}` });
    const city = Number(children(code)[0]?.code);
    filing.subject.area = { province: Number(code), city };
    assert.is((await bench.send(filing, index + 1)).code, 0);
  }
  bench.simulator.order({ action: "approveAll" });
  assert.is(bench.simulator.view().files.length, 2, "results and records share a file each");
  const numbers = numbersOf(await bench.fetchAll());
  assert.is(numbers.length, 62);
  for (const [index, { abbreviation, zh }] of provinces.entries()) {
    const [subject = "", website = ""] = numbers.slice(index * 2);
    assert.is(SUBJECT.exec(subject)?.[1], abbreviation, zh);
    assert.is(WEBSITE.exec(website)?.[1], abbreviation, zh);
    assert.match(subject, /000001号$/);
  }
});

test.run();
