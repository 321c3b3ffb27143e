import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { creditCodeCheck, parseCreditCode } from "../../src/vocabulary/credit-code.ts";
import { clean } from "../../src/vocabulary/fields/clean.ts";
import { formatIcpNumber, parseIcpNumber } from "../../src/vocabulary/icp-number.ts";
import { identityCheck, parseIdentityCard } from "../../src/vocabulary/identity-card.ts";
import { organisationCheck, parseOrganisationCode } from "../../src/vocabulary/organisation-code.ts";
import * as oracle from "../support/oracles.ts";
import { icpSigns } from "../support/oracles.ts";
import { holds, wide } from "../support/property.ts";

const test = suite("properties of numbers");

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(""));

/** A day that exists, as eight digits. */
const birthday = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2020-12-31"), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10).replaceAll("-", ""));

const region = fc.constantFrom(
  "110105",
  "330108",
  "440305",
  "650102",
  "540102",
  "810000",
  "710000",
  "830000",
);

/** The first seventeen characters of a card. */
const cardBody = fc.tuple(region, birthday, digits(3)).map((parts) => parts.join(""));
const card = cardBody.map((body) => body + oracle.identityCheck(body));

test("an identity card with its computed check character passes", () =>
  holds(cardBody, (body) => {
    assert.is(identityCheck(body), oracle.identityCheck(body));
    const parsed = parseIdentityCard(body + oracle.identityCheck(body));
    assert.ok(parsed.ok);
    assert.is(parsed.birth.replaceAll("-", ""), body.slice(6, 14));
    assert.is(parsed.sex, Number(body[16]) % 2 === 1 ? "male" : "female");
  }));

test("any one digit of an identity card typed wrong is found", () =>
  holds(fc.tuple(card, fc.nat(16), fc.integer({ min: 1, max: 9 })), ([number, at, by]) => {
    const digit = (Number(number[at]) + by) % 10;
    assert.not(parseIdentityCard(number.slice(0, at) + digit + number.slice(at + 1)).ok);
  }));

test("a wrong check character of an identity card is found", () =>
  holds(fc.tuple(card, fc.constantFrom(..."0123456789X")), ([number, check]) => {
    assert.is(parseIdentityCard(number.slice(0, 17) + check).ok, check === number[17]);
  }));

test("two neighbours of an identity card changed over are found", () =>
  holds(fc.tuple(card, fc.nat(16)), ([number, at]) => {
    const [a = "", b = ""] = [number[at], number[at + 1]];
    fc.pre(a !== b);
    assert.not(parseIdentityCard(number.slice(0, at) + b + a + number.slice(at + 2)).ok);
  }));

test("full width, blanks and a small x change nothing of an identity card", () =>
  holds(fc.tuple(card, fc.nat(17), fc.constantFrom(" ", "　", "\u200b", "\t")), ([number, at, gap]) => {
    assert.is(clean("code", wide(number)), number);
    assert.is(clean("code", number.slice(0, at) + gap + number.slice(at)), number);
    assert.is(clean("code", number.toLowerCase()), number);
  }));

const SIGNS = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"];
const sign = fc.constantFrom(...SIGNS);
const signs = (length: number) =>
  fc.array(sign, { minLength: length, maxLength: length }).map((all) => all.join(""));

test("a credit code with its computed check character passes, and every one sign typed wrong is found", () =>
  holds(fc.tuple(signs(17), fc.nat(17), sign), ([body, at, other]) => {
    const code = body + oracle.creditCheck(body);
    assert.is(creditCodeCheck(body), oracle.creditCheck(body));
    assert.ok(parseCreditCode(code).ok);
    assert.ok(parseCreditCode(clean("code", wide(code.toLowerCase()))).ok);
    const typed = code.slice(0, at) + other + code.slice(at + 1);
    assert.is(parseCreditCode(typed).ok, typed === code);
  }));

test("two neighbours of a credit code changed over are found", () =>
  holds(fc.tuple(signs(17), fc.nat(16)), ([body, at]) => {
    const code = body + oracle.creditCheck(body);
    const [a = "", b = ""] = [code[at], code[at + 1]];
    fc.pre(a !== b);
    assert.not(parseCreditCode(code.slice(0, at) + b + a + code.slice(at + 2)).ok);
  }));

const capital = fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const eight = fc.array(capital, { minLength: 8, maxLength: 8 }).map((all) => all.join(""));

test("an organisation code with its computed check character passes, with and without the hyphen", () =>
  holds(eight, (body) => {
    const check = oracle.organisationCheck(body);
    assert.is(organisationCheck(body), check);
    assert.equal(parseOrganisationCode(`${body}-${check}`), { ok: true, code: body + check });
    assert.equal(parseOrganisationCode(clean("code", wide(body + check))), { ok: true, code: body + check });
  }));

test("every one sign of an organisation code typed wrong is found as far as the standard can", () =>
  holds(fc.tuple(eight, fc.nat(8), capital), ([body, at, other]) => {
    const code = body + oracle.organisationCheck(body);
    const typed = code.slice(0, at) + other + code.slice(at + 1);
    // Values go up to 35 under modulus 11: two signs eleven apart are one to the standard.
    assert.is(parseOrganisationCode(typed).ok, oracle.isOrganisationCode(typed));
    if (/^\d+$/.test(body) && /\d/.test(other)) assert.is(parseOrganisationCode(typed).ok, typed === code);
  }));

const serial = fc.oneof(
  digits(8),
  fc.tuple(fc.integer({ min: 2000, max: 2030 }), digits(6)).map((all) => all.join("")),
);
const icp = fc.record({
  sign: fc.constantFrom(...icpSigns),
  kind: fc.constantFrom("备", "证"),
  serial,
  index: fc.option(fc.integer({ min: 1, max: 99999 }), { nil: undefined }),
  suffix: fc.constantFrom("", "A", "X", "K"),
});

test("an ICP number is read in any usual spelling and written as it was", () =>
  holds(icp, ({ sign: province, kind, serial: number, index, suffix }) => {
    const main = `${province}ICP${kind}${number}号`;
    const text = index === undefined ? main : `${main}-${index}${suffix}`;
    const parsed = parseIcpNumber(text);
    assert.ok(parsed);
    assert.is(formatIcpNumber(parsed), text);
    assert.is(formatIcpNumber(parsed, true), main);
    for (const spelling of [
      text.toLowerCase(),
      ` ${[...text].join(" ")} `,
      wide(text),
      text.replace("号", ""),
    ])
      assert.equal(parseIcpNumber(spelling), parsed, spelling);
  }));

const parsers: Record<string, (text: string) => unknown> = {
  "an identity card": parseIdentityCard,
  "a credit code": parseCreditCode,
  "an organisation code": parseOrganisationCode,
  "an ICP number": parseIcpNumber,
};

for (const [what, parse] of Object.entries(parsers))
  test(`any text at all is read as ${what} or refused, never thrown at`, () =>
    holds(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), digits(18)), (text) => {
      parse(text);
    }));

test.run();
