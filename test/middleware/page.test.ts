import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Browser, testWorld, type World } from "../support/app.ts";
import { draft, registrantNamed } from "../support/filings.ts";

const test = suite<{ world: World; zhang: Browser; subject: string }>("pages and their parts");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
  const filing = await draft(context.world.store, registrantNamed(context.world.people, "张三"));
  context.subject = `/filings/${filing.number}/subject`;
});
test.after(({ world }) => world.close());

const asks = (target: string) => ({ "hx-request": "true", "hx-target": target });

test("come without their frame where htmx replaces a part of them", async ({ zhang, subject }) => {
  const { text, headers } = await zhang.get(subject, asks("fields"));
  assert.match(text, 'id="fields"');
  assert.not.match(text, /<!doctype|<header|<footer/);
  assert.is(headers.get("hx-refresh"), null);
});

test("come whole for a link, a form and a step back in the history", async ({ zhang, subject }) => {
  for (const headers of [
    {},
    { "hx-request": "true", "hx-boosted": "true" },
    { "hx-request": "true", "hx-history-restore-request": "true" },
  ])
    assert.match(
      (await zhang.get(subject, headers as Record<string, string>)).text,
      /<!doctype html>[\s\S]*<\/html>/,
    );
});

test("of the three selects of a place only these are drawn", async ({ zhang, subject }) => {
  const { text } = await zhang.get(subject, asks("division"));
  assert.match(text, 'id="province"');
  assert.match(text, 'id="version"');
  assert.not.match(text, 'id="residence"');
});

test("are loaded anew where a refusal comes in the place of a part", async ({ world, zhang, subject }) => {
  const stranger = await world.signInAs("王五");
  assert.is((await stranger.get(subject, asks("fields"))).headers.get("hx-refresh"), "true");
  const { status, headers } = await zhang.post(subject, { csrf: "" }, asks("division"));
  assert.is(status, 403);
  assert.is(headers.get("hx-refresh"), "true");
  const signedOut = await world.visitor().get("/login", asks("fields"));
  assert.is(signedOut.headers.get("hx-refresh"), "true");
});

test("carry a policy as documents, and none of it as answers to a script", async ({ zhang, subject }) => {
  const whole = await zhang.get(subject);
  assert.ok(whole.headers.get("content-security-policy"));
  const part = await zhang.get(subject, asks("fields"));
  assert.is(part.headers.get("content-security-policy"), null);
  assert.is(part.headers.get("x-content-type-options"), "nosniff");
  assert.is(part.headers.get("cache-control"), "no-store");
});

test.run();
