import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  cleanIpRange,
  type IpRange,
  ipv4Number,
  ipv4Text,
  isCovered,
  parseIpRange,
} from "../../src/vocabulary/ip-address.ts";

const test = suite("IP addresses");

const faultOf = (text: string) => {
  const range = parseIpRange(text);
  return range.ok ? "" : range.fault;
};
const rangeOf = (text: string) => parseIpRange(text) as Extract<IpRange, { ok: true }>;

test("one address is a range from itself to itself", () => {
  const range = rangeOf("203.0.113.18");
  assert.is(range.first, range.last);
  assert.is(range.start, 3405803794n);
});

test("ranges are read with the separators people use", () => {
  for (const text of [
    "203.0.113.20-203.0.113.23",
    "203.0.113.20 – 203.0.113.23",
    "203.0.113.20至203.0.113.23",
    "203.0.113.20~203.0.113.23",
  ]) {
    assert.is(cleanIpRange(text), "203.0.113.20-203.0.113.23", text);
  }
});

test("IPv6 is read and written in its short form", () => {
  assert.is(cleanIpRange("2001:0DB8:0:0:0:0:0:1"), "2001:db8::1");
  assert.is(rangeOf("240e::1-240e::ff").version, 6);
});

test("addresses nobody can be reached at are refused", () => {
  for (const text of [
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.1.1",
    "224.0.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "240.0.0.1",
    "::1",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
  ]) {
    assert.is(faultOf(text), "private", text);
  }
});

test("order, mixture and shape are told apart", () => {
  assert.is(faultOf("203.0.113.9-203.0.113.1"), "order");
  assert.is(faultOf("203.0.113.9-2001:db8::1"), "mixed");
  for (const text of [
    "203.0.113",
    "203.0.113.256",
    "0xcb.0.113.1",
    "a",
    "1.1.1.1-1.1.1.2-1.1.1.3",
    "fe80::1%eth0",
    "",
  ]) {
    assert.is(faultOf(text), "shape", text);
  }
});

test("a range is covered by adjoining ranges together, not with a hole between", () => {
  const range = rangeOf("203.0.113.20-203.0.113.40");
  assert.ok(
    isCovered(range, [
      { first: "203.0.113.31", last: "203.0.113.99" },
      { first: "203.0.113.0", last: "203.0.113.30" },
    ]),
  );
  assert.not(
    isCovered(range, [
      { first: "203.0.113.0", last: "203.0.113.30" },
      { first: "203.0.113.32", last: "203.0.113.99" },
    ]),
  );
  assert.not(isCovered(range, [{ first: "::", last: "ffff::" }]));
  assert.not(isCovered(range, []));
});

// 106.2.76.2 = 1778535426: upload file of a public client of the interface, github.com/ensorrow/easynode-ipc.
test("the bureau's number of an address is its 32 bits", () => {
  assert.is(ipv4Number("106.2.76.2"), 1778535426);
  assert.is(ipv4Text(1778535426), "106.2.76.2");
  assert.is(ipv4Number("255.255.255.255"), 4294967295);
  assert.is(ipv4Text(4294967295), "255.255.255.255");
  assert.throws(() => ipv4Number("::1"), /not an IPv4 address/);
});

test.run();
