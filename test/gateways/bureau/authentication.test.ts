import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newRandomValue, passwordHash } from "../../../src/gateways/bureau/authentication.ts";

const test = suite("the authentication of a call to the bureau");

test("hashes password and random value as the rule of the specification gives it", () => {
  // MD5 of the GBK bytes, raw, in base64: openssl dgst -md5 -binary | base64 over the joined text
  assert.is(passwordHash("1234567890", "abcdefghij0123456789"), "QUMgJLPsboxIAO9m0EJ5+Q==");
});

test("encodes Chinese in a password as GBK before hashing", () => {
  // printf '备案Pw1abcdefghij0123456789' | iconv -t GBK | openssl dgst -md5 -binary | base64
  assert.is(passwordHash("备案Pw1", "abcdefghij0123456789"), "gzPNfEN8pQf8CjvtpNih0w==");
});

test("takes a fresh random value of twenty letters and digits each time", () => {
  const values = Array.from({ length: 100 }, newRandomValue);
  assert.ok(values.every((value) => /^[0-9A-Za-z]{20}$/.test(value)));
  assert.is(new Set(values).size, 100);
});

test.run();
