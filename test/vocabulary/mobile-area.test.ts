import { suite } from "uvu";
import * as assert from "uvu/assert";
import { provinceShortName } from "../../src/vocabulary/divisions.ts";
import { isVirtualOperator, mobileProvince } from "../../src/vocabulary/mobile-area.ts";

const test = suite("where a mobile number was allotted");

const place = (number: string): string | undefined => {
  const code = mobileProvince(number);
  return code && provinceShortName(code);
};

test("the first seven digits tell the province", () => {
  // Blocks with the area code in them are the oldest of their provinces: 1390571 杭州, 1390591 福州, 1380020 none.
  assert.is(place("13905710000"), "浙江");
  assert.is(place("13905910000"), "福建");
  assert.is(place("13801000000"), "北京");
  assert.is(place("13901600000"), "上海");
  assert.is(place("13902200000"), "广东");
});

test("the last block of a network is read too", () => {
  assert.is.not(place("13899990000"), undefined);
  assert.is.not(place("13099990000"), undefined);
});

test("blocks of examples, newer networks and what is no mobile number are not known", () => {
  for (const number of ["13800001234", "13900005678", "19900000000", "1380571", "", "086-0571-88888888"]) {
    assert.is(place(number), undefined, number);
  }
});

test("networks of virtual operators are told from their neighbours", () => {
  for (const prefix of ["162", "165", "167", "170", "171"]) {
    assert.ok(isVirtualOperator(`${prefix}00000000`), prefix);
  }
  for (const prefix of ["161", "163", "166", "168", "172", "169"]) {
    assert.not(isVirtualOperator(`${prefix}00000000`), prefix);
  }
  assert.not(isVirtualOperator("1700000000"));
});

test.run();
