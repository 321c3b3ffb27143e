import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readParcel } from "../../src/forms/parcel.ts";

const test = suite("a parcel");

const read = (courier: string, trackingNumber: string) =>
  readParcel({ courier, trackingNumber }, "20261118-0042");

test("takes a number as it is copied out of another page", () => {
  const { values, problems } = read(" 顺丰速运 ", "ｓｆ 1234 5678 9012\u200b");
  assert.equal(values, { courier: "顺丰速运", trackingNumber: "SF123456789012" });
  assert.equal(problems, []);
});

test("says what is missing, at the controls of its own row", () => {
  assert.equal(
    read("", "").problems.map(({ field }) => field),
    ["courier-20261118-0042", "tracking-20261118-0042"],
  );
  assert.is(read("顺丰速运", "123").problems.length, 1);
});

test.run();
