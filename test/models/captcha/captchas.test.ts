import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newSecretKeys, openVault } from "../../../src/crypto/vault.ts";
import {
  captchaQuestion,
  captchaText,
  checkCaptcha,
  newCaptcha,
} from "../../../src/models/captcha/captchas.ts";
import type { RootStore } from "../../../src/models/store.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";

const test = suite("a captcha");
let database: TestDatabase;
let store: RootStore;
test.before(async () => {
  database = await testDatabase();
  store = { db: database.db, vault: openVault(newSecretKeys()) };
});
test.after(() => database.close());

const chinese = (answer: string): string => {
  const n = Number(answer);
  const ones = "零一二三四五六七八九"[n % 10] ?? "";
  if (n < 10) return ones;
  return `十${n % 10 === 0 ? "" : ones}`;
};

test("takes what the picture shows, in small letters and full width too", async () => {
  for (const typed of [
    (text: string) => text,
    (text: string) => text.toLowerCase(),
    (text: string) => ` ${text} `,
  ]) {
    const id = await newCaptcha(store);
    assert.ok(await checkCaptcha(store, id, typed(captchaText(store.vault, id))));
  }
});

test("takes the answer to its question, in digits or in Chinese", async () => {
  for (let i = 0; i < 8; i++) {
    const id = await newCaptcha(store);
    const { question, answer } = captchaQuestion(store.vault, id);
    assert.match(question, /几.？$/);
    assert.ok(await checkCaptcha(store, id, i % 2 ? answer : chinese(answer)), `${question} ${answer}`);
  }
});

test("is used up by any answer", async () => {
  const id = await newCaptcha(store);
  assert.not.ok(await checkCaptcha(store, id, "no"));
  assert.not.ok(await checkCaptcha(store, id, captchaText(store.vault, id)));
});

test("is taken for one of two that come at once", async () => {
  const id = await newCaptcha(store);
  const text = captchaText(store.vault, id);
  const results = await Promise.all([1, 2, 3].map(() => checkCaptcha(store, id, text)));
  assert.is(results.filter(Boolean).length, 1);
});

test("runs out, and cannot be made up", async () => {
  const id = await newCaptcha(store);
  await store.db`update captchas set expires_at = now() - interval '1 second' where id = ${id}`;
  assert.not.ok(await checkCaptcha(store, id, captchaText(store.vault, id)));
  const invented = crypto.randomUUID();
  assert.not.ok(await checkCaptcha(store, invented, captchaText(store.vault, invented)));
  assert.not.ok(await checkCaptcha(store, "'; drop table captchas", ""));
});

test.run();
