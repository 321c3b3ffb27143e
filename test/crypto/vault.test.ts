import { suite } from "uvu";
import * as assert from "uvu/assert";
import { hashPassword, verifyPassword } from "../../src/crypto/password.ts";
import { isSealed, open, openString, openText, seal, sealString } from "../../src/crypto/seal.ts";
import { newSecretKeys, openVault, parseSecretKeys } from "../../src/crypto/vault.ts";

const test = suite("the vault");
const first = newSecretKeys();
const second = newSecretKeys().replace("1:", "2:");

test("opens what it sealed in the same place only", () => {
  const { key } = openVault(first).newDataKey();
  const sealed = seal(key, "13800001234", "isp:1:filing:2:mobile");
  assert.is(openText(key, sealed, "isp:1:filing:2:mobile"), "13800001234");
  assert.throws(() => open(key, sealed, "isp:1:filing:3:mobile"));
});

test("refuses a sealed value with one bit changed", () => {
  const { key } = openVault(first).newDataKey();
  for (const at of [0, 12, 28]) {
    const sealed = seal(key, "a secret", "here");
    sealed[at] = (sealed[at] ?? 0) ^ 1;
    assert.throws(() => open(key, sealed, "here"));
  }
});

test("keeps a sealed string apart from a plain one inside jsonb", () => {
  const { key } = openVault(first).newDataKey();
  const sealed = sealString(key, "张三", "here");
  assert.ok(isSealed(sealed));
  assert.not.ok(isSealed("张三"));
  assert.not.match(sealed, "张三");
  assert.is(openString(key, sealed, "here"), "张三");
});

test("still opens old data keys after a rotation and wraps them anew", () => {
  const before = openVault(first);
  const { key, wrapped } = before.newDataKey();
  const after = openVault(`${first},${second}`);
  assert.equal(after.unwrap(wrapped), key);
  const rewrapped = after.rewrap(wrapped);
  assert.is(rewrapped[0], 2);
  assert.equal(after.unwrap(rewrapped), key);
  assert.throws(() => before.unwrap(rewrapped), /no master key with id 2/);
});

test("finds the same value by its keyed digest before and after a rotation", () => {
  const before = openVault(first);
  const after = openVault(`${first},${second}`);
  assert.equal(before.lookup("email", "a@example.cn"), after.lookup("email", "a@example.cn"));
  assert.not.equal(before.lookup("email", "a@example.cn"), before.lookup("mobile", "a@example.cn"));
  assert.not.equal(
    before.lookup("email", "a@example.cn"),
    openVault(newSecretKeys()).lookup("email", "a@example.cn"),
  );
});

test("says what SECRET_KEYS must look like", () => {
  assert.throws(() => parseSecretKeys("short"), /SECRET_KEYS must look like/);
  assert.throws(() => parseSecretKeys("1:c2hvcnQ="), /SECRET_KEYS must look like/);
  assert.throws(() => parseSecretKeys(`999:${"A".repeat(43)}=`), /SECRET_KEYS must look like/);
});

test("knows a password by its argon2id hash and never an unknown user", async () => {
  const stored = await hashPassword("correct horse battery");
  assert.match(stored, /^\$argon2id\$/);
  assert.ok(await verifyPassword(stored, "correct horse battery"));
  assert.not.ok(await verifyPassword(stored, "wrong"));
  assert.not.ok(await verifyPassword(undefined, "no account has this password"));
});

test.run();
