import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readInquiryAnswer, readNote, readPlace } from "../../src/forms/inquiry.ts";

const test = suite("the form of an answer to the bureau");

const NOW = new Date("2026-11-20T04:00:00Z");
const good = {
  ...{ result: "right", checkedBy: " 孙七 ", checkedOn: "２０２６-11-20", opinion: " 3 ", faults: "" },
  source: "ours",
};
const read = (change: Record<string, string> = {}, opinions: string[] = []) =>
  readInquiryAnswer({ ...good, ...change }, { sources: ["ours"], opinions }, NOW);
const fields = (change: Record<string, string>, opinions: string[] = []) =>
  read(change, opinions).problems.map(({ field }) => field);

test("puts what was typed into its usual spelling", () => {
  const { values, problems } = read();
  assert.equal(problems, []);
  assert.equal([values.checkedBy, values.checkedOn, values.opinion], ["孙七", "2026-11-20", "3"]);
});

test("takes today, in China's time, and no later day", () => {
  assert.equal(fields({ checkedOn: "2026-11-20" }), []);
  assert.equal(fields({ checkedOn: "2026-11-21" }), ["checkedOn"]);
  const late = readInquiryAnswer(good, { sources: ["ours"], opinions: [] }, new Date("2026-11-19T15:59:59Z"));
  assert.equal(
    late.problems.map(({ field }) => field),
    ["checkedOn"],
    "in China it is the 19th still",
  );
  for (const day of ["", "2026-02-29", "2026/11/20", "20261120", "0"])
    assert.equal(fields({ checkedOn: day }), ["checkedOn"], day);
});

test("wants words where the data is wrong, and at most a thousand", () => {
  assert.equal(fields({ result: "wrong" }), ["faults"]);
  assert.equal(fields({ result: "wrong", faults: "错".repeat(1000) }), []);
  assert.equal(fields({ result: "wrong", faults: "错".repeat(1001) }), ["faults"]);
});

test("takes a code of the bureau's list once that has come, and any small number before", () => {
  for (const code of ["1", "9999"]) assert.equal(fields({ opinion: code }), [], code);
  for (const code of ["", "0", "01", "10000", "a", "1.5", "-1"])
    assert.equal(fields({ opinion: code }), ["opinion"], code);
  assert.equal(fields({ opinion: "3" }, ["3", "4"]), []);
  assert.equal(fields({ opinion: "5" }, ["3", "4"]), ["opinion"]);
});

test("offers no data that cannot be sent", () => {
  assert.equal(fields({ source: "theirs" }), ["source"]);
  assert.equal(fields({ source: "" }), ["source"]);
});

test("reads notes and places, and nothing that only looks like one", () => {
  assert.equal(readNote({ note: " 已办 " }, "note", "写"), { words: "已办", problems: [] });
  assert.is(readNote({ note: " " }, "note", "写").problems.length, 1);
  assert.is(readNote({ note: "" }, "note", "").problems.length, 0);
  assert.is(readNote({ note: "长".repeat(500) }, "note", "").problems.length, 0);
  assert.is(readNote({ note: "长".repeat(501) }, "note", "").problems.length, 1);
  assert.is(readPlace({ place: "0.mobile" }), "0.mobile");
  for (const place of ["", "mobile", "0.", "0.mobile;", "00000.x", "0.mo bile"])
    assert.is(readPlace({ place }), "", place);
});

test.run();
