import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { FirstFiling } from "../../src/gateways/bureau/index.ts";
import { sampleFiling } from "./bench.ts";
import { startFiled } from "./filed.ts";

const test = suite("codes that the simulated bureau sent otherwise");

const filed = await startFiled();
const { bench, refusals } = filed;
test.after(() => bench.end());

let serial = 0;
/** A filing with a language and a nature that the specification does not have, in an area that it does not know. */
function strange(): Omit<FirstFiling, "ispId"> {
  serial += 10;
  const { ispId: _, ...first } = sampleFiling({
    id: serial,
    domain: `s${serial}.cn`,
    certificate: `C${serial}`,
  });
  Object.assign(first.subject, { nature: 99, area: { province: 330000, city: 330100, county: 330199 } });
  Object.assign(first.websites[0] ?? {}, { languages: [60] });
  return first;
}

test("are taken in uploads from then on, and only those", async () => {
  assert.equal(await refusals({ kind: "first", ...strange() }), [1014, 1019, 1066]);
  const change = [
    { table: "Dwxz_dms", id: "99", label: "新性质" },
    { table: "Qy_dms", id: "330199", label: "钱江新区" },
  ];
  bench.simulator.order({ action: "codes", tables: ["Dwxz_dms"], change });
  bench.simulator.order({ action: "codes", change: [{ table: "Yylb_dms", id: "60", label: "客家话" }] });
  assert.equal(await refusals({ kind: "first", ...strange() }), []);
  const other = strange();
  other.subject.nature = 98;
  assert.equal(await refusals({ kind: "first", ...other }), [1014]);
});

test("stand in every later file, each as it was said last", async () => {
  bench.simulator.order({ action: "codes", change: [{ table: "Dwxz_dms", id: "99", valid: false }] });
  bench.simulator.order({ action: "copy", of: "codes" });
  const parts = await bench.fetchAll();
  const rows = parts.flatMap((part) => (part.kind === "codes" ? part.tables.flatMap((one) => one.rows) : []));
  const named = rows.filter(({ id }) => id === "99").map(({ label, valid }) => [label, valid]);
  assert.equal(named, [
    ["新性质", false],
    ["新性质", false],
  ]);
});

test.run();
