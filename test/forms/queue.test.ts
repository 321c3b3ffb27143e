import { suite } from "uvu";
import * as assert from "uvu/assert";
import { cursorText, filterQuery, readCursor, readFilter } from "../../src/forms/queue.ts";

const test = suite("the address of a queue");

test("names filters that are known, and passes over the others", () => {
  const { values, filter } = readFilter({ province: "330000", nature: "4", claimed: "me", age: "soon" });
  assert.equal(filter, { province: "330000", nature: 4, claimed: "me", age: "soon" });
  assert.is(filterQuery(values), "&province=330000&nature=4&claimed=me&age=soon");
  assert.equal(readFilter({ province: "33", nature: "400", claimed: "x", age: "y" }).filter, {});
});

test("says where the page before ended, with a due time or without", () => {
  for (const cursor of [
    { dueAt: new Date("2026-11-24T06:00:00.123Z"), id: 42 },
    { dueAt: null, id: 7 },
  ])
    assert.equal(readCursor(cursorText(cursor)), cursor);
  for (const wrong of [undefined, "", "1", "x.1", "-.x", "1.1.1"]) assert.is(readCursor(wrong), undefined);
});

test.run();
