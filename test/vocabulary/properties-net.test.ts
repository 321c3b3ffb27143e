import { domainToASCII } from "node:url";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { filedDomain, isUnder, parseDomain, toAscii, toUnicode } from "../../src/vocabulary/domain.ts";
import { clean } from "../../src/vocabulary/fields/clean.ts";
import { cleanHomePage, parseHomePage } from "../../src/vocabulary/home-page.ts";
import {
  cleanIpRange,
  ipv4Number,
  ipv4Text,
  isCovered,
  parseIpRange,
} from "../../src/vocabulary/ip-address.ts";
import { cleanPhone, parseLandline, parseMobile } from "../../src/vocabulary/phone.ts";
import * as oracle from "../support/oracles.ts";
import { holds, wide } from "../support/property.ts";

const test = suite("properties of phones, domains and addresses");

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(""));
const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.stringMatching(/^[-0-9+() .。/:a-z#转至~]{0,40}$/),
);

const mobile = fc
  .tuple(fc.integer({ min: 3, max: 9 }), digits(9))
  .map(([second, rest]) => `1${second}${rest}`);

/** Spellings of a mobile number as people type it. */
const mobileSpellings = (number: string): string[] => {
  const [a, b, c] = [number.slice(0, 3), number.slice(3, 7), number.slice(7)];
  return [
    number,
    `${a} ${b} ${c}`,
    `${a}-${b}-${c}`,
    `+86${number}`,
    `+86 ${a} ${b} ${c}`,
    `0086${number}`,
    `86-${number}`,
    `(+86)${number}`,
    wide(number),
    `\u200b${number} `,
  ];
};

test("every spelling of a mobile number becomes the one of eleven digits", () =>
  holds(mobile, (number) => {
    for (const spelling of mobileSpellings(number)) {
      assert.is(parseMobile(spelling), number, spelling);
      assert.is(cleanPhone(spelling), number, spelling);
    }
  }));

test("a mobile number with a digit more or less is none", () =>
  holds(fc.tuple(mobile, fc.integer({ min: 0, max: 9 })), ([number, digit]) => {
    assert.is(parseMobile(number.slice(1)), undefined);
    assert.is(parseMobile(number + digit), undefined);
    assert.is(parseMobile(`10${number.slice(2)}`), undefined);
  }));

const AREAS = ["010", "021", "0571", "0592", "0755", "0871", "0991", "029"];
/** No local number begins with 0 or 1. */
const local = fc
  .tuple(fc.integer({ min: 2, max: 9 }), fc.oneof(digits(6), digits(7)))
  .map((all) => all.join(""));
const landline = fc.tuple(fc.constantFrom(...AREAS), local);

const landlineSpellings = (area: string, number: string): string[] => {
  const bare = area.slice(1);
  return [
    `086-${area}-${number}`,
    `${area}-${number}`,
    `${area} ${number}`,
    `(${area})${number}`,
    `（${area}）${number}`,
    `${area}${number}`,
    `+86-${area}-${number}`,
    `+86 ${bare} ${number}`,
    `86-${bare}-${number}`,
    `0086-${bare}-${number}`,
    wide(`${area}-${number}`),
    `${area}－${number}`,
  ];
};

test("every spelling of a landline becomes the bureau's, with its province", () =>
  holds(landline, ([area, number]) => {
    const provinces = new Set<string>();
    for (const spelling of landlineSpellings(area, number)) {
      assert.is(cleanPhone(spelling), `086-${area}-${number}`, spelling);
      const parsed = parseLandline(spelling);
      assert.ok(parsed.ok, spelling);
      provinces.add(parsed.province);
    }
    assert.is(provinces.size, 1);
  }));

test("what is cleaned once is cleaned: nothing is read twice in two ways", () =>
  holds(
    anything,
    (text) => {
      for (const how of ["phone", "email", "host", "url", "ip", "code", "date", "text", "name"] as const) {
        const once = clean(how, text);
        assert.is(clean(how, once), once, `${how} ${JSON.stringify(text)}`);
      }
      const number = cleanPhone(text);
      assert.not(parseMobile(number) !== undefined && parseLandline(number).ok, number);
    },
    1000,
  ));

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9]{0,10}[a-z0-9])?$/);
const han = fc
  .array(fc.constantFrom(..."茶叶商城示例中文网站信息科技浙江杭州"), { minLength: 1, maxLength: 8 })
  .map((all) => all.join(""));
const suffix = fc.constantFrom("cn", "com", "com.cn", "net", "gov.cn", "中国", "公司", "公益", "政务");
const domain = fc.tuple(fc.oneof(label, han), suffix).map((all) => all.join("."));

test("a domain keeps its meaning from one spelling to the other and back", () =>
  holds(domain, (name) => {
    const parsed = parseDomain(name);
    assert.ok(parsed.ok, name);
    assert.is(parsed.ascii, domainToASCII(name));
    assert.is(parsed.unicode, name);
    assert.is(toAscii(parsed.unicode), parsed.ascii);
    assert.is(toUnicode(parsed.ascii), parsed.unicode);
    assert.equal(parseDomain(parsed.ascii), parsed);
    assert.equal(parseDomain(clean("host", wide(name.toUpperCase().replace(/\./g, "。")))), parsed);
  }));

test("a sub-domain is refused with the domain to file, except of a 政府机关", () =>
  holds(fc.tuple(fc.oneof(label, han), domain), ([child, name]) => {
    const under = `${child}.${name}`;
    assert.equal(parseDomain(under), { ok: false, fault: "subdomain", registrable: name });
    assert.is(filedDomain(under, "4"), undefined);
    assert.is(filedDomain(under, "2"), child === "www" ? undefined : toAscii(under));
    assert.is(filedDomain(name, "5"), toAscii(name));
    assert.ok(isUnder(under, name));
    assert.ok(isUnder(name, name));
    assert.not(isUnder(name, under));
    assert.not(isUnder(`x${name}`, name));
  }));

test("any text at all is read as a domain, a home page or an address or refused, never thrown at", () =>
  holds(
    anything,
    (text) => {
      const parsed = parseDomain(text);
      if (parsed.ok) assert.ok(parseDomain(parsed.unicode).ok, text);
      filedDomain(text, "2");
      isUnder(text, "example.cn");
      parseHomePage(text);
      cleanHomePage(text);
      const range = parseIpRange(text);
      if (range.ok) assert.ok(range.start <= range.end);
      assert.is(cleanIpRange(cleanIpRange(text)), cleanIpRange(text));
    },
    1000,
  ));

const v4 = fc.nat(0xffffffff);
/** An address of the block that is let through for examples, by its last number. */
const documentary = fc.nat(255).map((last) => `203.0.113.${last}`);
const v6 = fc
  .array(fc.nat(0xffff), { minLength: 6, maxLength: 6 })
  .map((parts) => `2001:db8:${parts.map((part) => part.toString(16)).join(":")}`);

test("an IPv4 address and its number are the same thing", () =>
  holds(v4, (number) => {
    const text = ipv4Text(number);
    assert.is(oracle.v4(text), number);
    assert.is(ipv4Number(text), number);
  }));

test("an address is public exactly where no block of the registry has it", () =>
  holds(
    fc.oneof(
      v4,
      fc.constantFrom(0x0a000000, 0xac100000, 0xac1fffff, 0xac200000, 0xc0a80000, 0x64400000, 0x647fffff),
    ),
    (number) => {
      const parsed = parseIpRange(ipv4Text(number));
      const isOdd = oracle.isSpecialV4(number);
      if (!isOdd) assert.is(parsed.ok, oracle.isPublicV4(number), ipv4Text(number));
    },
    1000,
  ));

test("a range begins before it ends, and is written as it is read", () =>
  holds(
    fc.tuple(documentary, documentary, fc.constantFrom("-", "~", "–", "至", " - ")),
    ([from, to, sign]) => {
      const range = parseIpRange(`${from}${sign}${to}`);
      const rising = oracle.v4(from) <= oracle.v4(to);
      assert.equal(range.ok, rising);
      if (!range.ok) return assert.is(range.fault, "order");
      assert.is(range.start, BigInt(oracle.v4(from)));
      assert.is(range.end, BigInt(oracle.v4(to)));
      const written = cleanIpRange(`${from}${sign}${to}`);
      assert.is(written, from === to ? from : `${from}-${to}`);
      assert.equal(parseIpRange(written), range);
    },
  ));

test("an IPv6 address has one spelling, however it was typed", () =>
  holds(fc.tuple(v6, v6), ([one, other]) => {
    const parsed = parseIpRange(one);
    assert.ok(parsed.ok && parsed.version === 6);
    assert.is(parsed.start, oracle.v6(one));
    assert.equal(parseIpRange(parsed.first), parsed);
    assert.equal(parseIpRange(one.toUpperCase()), parsed);
    assert.is(parseIpRange(`${one}-${other}`).ok, oracle.v6(one) <= oracle.v6(other));
    const mixed = parseIpRange(`203.0.113.1-${one}`);
    assert.equal(mixed, { ok: false, fault: "mixed" });
  }));

const span = fc.tuple(fc.nat(40), fc.nat(12)).map(([from, length]) => ({ from, to: from + length }));

test("a range is covered exactly when each of its addresses is", () =>
  holds(
    fc.tuple(span, fc.array(span, { maxLength: 6 })),
    ([asked, blocks]) => {
      const at = (last: number) => `203.0.113.${last}`;
      const range = parseIpRange(`${at(asked.from)}-${at(asked.to)}`);
      assert.ok(range.ok);
      const by = [
        ...blocks.map(({ from, to }) => ({ first: at(from), last: at(to) })),
        { first: "2001:db8::", last: "2001:db8::ffff" },
      ];
      const each = Array.from({ length: asked.to - asked.from + 1 }, (_, i) => asked.from + i);
      const covered = each.every((one) => blocks.some(({ from, to }) => from <= one && one <= to));
      assert.is(isCovered(range, by), covered);
    },
    1000,
  ));

test.run();
