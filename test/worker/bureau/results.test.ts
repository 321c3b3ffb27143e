import { suite } from "uvu";
import * as assert from "uvu/assert";
import { resultsOf } from "../../../worker/bureau/results.ts";

const test = suite("what a downloaded file says");

const file = (inner: string) => `<DownloadData version="V.3.0"><ICP>${inner}</ICP></DownloadData>`;
const machine = (code: number, about: string, words = "") =>
  `<Jg_xx><Jgxx><Jgdm>${code}</Jgdm><Dmms>${words}</Dmms></Jgxx><Czlx>1</Czlx>${about && `<Bs>${about}</Bs>`}</Jg_xx>`;
const review = (verdict: 0 | 1, about: string, words = "", at = "2026-11-18 10:20:30") =>
  `<GJSHS><Gjsh><Shsj>${at}</Shsj><Shyj>${words}</Shyj><Shjg>${verdict}</Shjg><Jlid>${about}</Jlid></Gjsh></GJSHS>`;
const bajg = (inner: string) => file(`<BAJG>${inner}</BAJG>`);

test("takes what machine and person say about one filing together", () => {
  const [decision, ...more] = resultsOf(
    bajg(machine(1002, "7", "管局审核拒绝") + review(0, "7", "请修改名称")),
  );
  assert.is(more.length, 0);
  assert.equal(decision, {
    kind: "refused",
    operation: 1,
    about: "7",
    codes: [{ code: 1002, words: "管局审核拒绝" }],
    words: "请修改名称",
    at: new Date("2026-11-18T02:20:30Z"),
  });
});

test("keeps filings apart", () => {
  const results = resultsOf(bajg(machine(1001, "7") + machine(1003, "8") + review(1, "7")));
  assert.equal(
    results.map((one) => ("about" in one ? [one.about, one.kind] : [])),
    [
      ["7", "approved"],
      ["8", "refused"],
    ],
  );
});

for (const code of [1060, 1062])
  test(`takes ${code} for news and not for a refusal`, () => {
    assert.is(resultsOf(bajg(machine(code, "7")))[0]?.kind, "news");
  });

test("takes 5001 for a rejected file, each file by itself", () => {
  const results = resultsOf(bajg(machine(5001, "", "A.xml") + machine(5001, "", "B.xml")));
  assert.equal(
    results.map((one) => ("codes" in one ? [one.kind, one.words] : [])),
    [
      ["file_rejected", "A.xml"],
      ["file_rejected", "B.xml"],
    ],
  );
});

test("takes an unknown code for a refusal, so that a person reads it", () => {
  const [one] = resultsOf(bajg(machine(1998, "7")));
  assert.equal([one?.kind, one && "words" in one && one.words], ["refused", "代码1998"]);
});

test("gives no time where the bureau names a day alone", () => {
  const [one] = resultsOf(bajg(review(1, "7", "", "2026-11-18")));
  assert.is(one && "at" in one ? one.at : undefined, undefined);
});

const said = (operation: number, code: number, about: string) =>
  `<Jg_xx><Jgxx><Jgdm>${code}</Jgdm></Jgxx><Czlx>${operation}</Czlx><Bs>${about}</Bs></Jg_xx>`;
const decided = (operation: number, verdict: 0 | 1, ...abouts: string[]) =>
  `<GJSHS>${abouts
    .map((about) => `<Gjsh><Shjg>${verdict}</Shjg><Czlx>${operation}</Czlx><Jlid>${about}</Jlid></Gjsh>`)
    .join("")}</GJSHS>`;
const names = (xml: string) =>
  resultsOf(xml).map((one) =>
    "about" in one ? [one.operation, one.kind, one.about, ...(one.also ?? [])] : [],
  );

test("takes the subject's number and the websites of one 新增网站 together", () => {
  const xml = bajg(said(2, 1001, "浙ICP备2026000001号") + decided(2, 1, "7", "8"));
  assert.equal(names(xml), [[2, "approved", "浙ICP备2026000001号", "7", "8"]]);
});

test("keeps requests apart of which nobody knows what belongs together", () => {
  const two = said(4, 1001, "浙ICP备2026000001号") + said(4, 1002, "浙ICP备2026000002号");
  assert.equal(names(bajg(two + decided(4, 1, "77"))), [
    [4, "approved", "浙ICP备2026000001号"],
    [4, "refused", "浙ICP备2026000002号"],
    [4, "approved", "77"],
  ]);
});

test("keeps the same name apart under another operation", () => {
  assert.equal(names(bajg(said(6, 1001, "77") + said(4, 1002, "77"))), [
    [6, "approved", "77"],
    [4, "refused", "77"],
  ]);
});

test("reads what the bureau cancelled by itself", () => {
  const xml = file("<ZXSJ><Zxxx><Zxlb>2</Zxlb><Jlid>9003</Jlid><Bz>空壳</Bz></Zxxx></ZXSJ>");
  assert.equal(resultsOf(xml), [{ kind: "cancelled", of: "access", bureauId: 9003, words: "空壳" }]);
});

test("takes the newest time of a record, where it has a time of day", () => {
  const at = (time: string) =>
    resultsOf(file(`<BASJ><Baxx><Zt_xx><Zjxgsj>${time}</Zjxgsj></Zt_xx></Baxx></BASJ>`))[0] as {
      at?: Date;
    };
  assert.equal(at("2026-11-18 10:20:30").at, new Date("2026-11-18T02:20:30Z"));
  assert.is(at("2026-11-18").at, undefined);
});

test("keeps what it does not handle", () => {
  const [one] = resultsOf(file("<NEU><Baxx/></NEU>"));
  assert.equal([one?.kind, one?.kind === "other" && one.name], ["other", "ICP/NEU"]);
});

test.run();
