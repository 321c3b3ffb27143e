import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectPath } from "../../../src/lib/project.ts";
import { openSession } from "../../../src/models/session/sessions.ts";
import { testWorld, type World } from "../../support/app.ts";
import { openBrowser } from "../../support/browser.ts";
import { again, submitted } from "../../support/console.ts";

const test = suite("the console by keyboard");
let world: World;
let server: ServerType;
let browser: Browser;
let base = "";

test.before(async () => {
  world = await testWorld({ publicUrl: "http://127.0.0.1" });
  await world.db`insert into isp_hosts (host, isp_id) values ('127.0.0.1', ${world.people.isps.first})`;
  server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: world.app.fetch, port: 0, hostname: "127.0.0.1" }, () => resolve(started));
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
});
test.after(async () => {
  await browser.close();
  server.close();
  await world.close();
});

/** A window of 李四 at an address; pages that break the policy or throw are kept in `faults`. */
async function window(path: string, faults: string[] = [], width = 1440): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const origin = { place: "本机", device: "Linux上的Chrome" };
  const value = await openSession(world.store, "staff", world.people.staff.李四.id, origin);
  await context.addCookies([{ name: "staff", value, url: base }]);
  const page = await context.newPage();
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (line) => {
    // Answers of 4xx that a page shows are no fault.
    if (line.type() === "error" && !line.text().startsWith("Failed to load resource"))
      faults.push(line.text());
  });
  await page.goto(base + path);
  return page;
}

/** Presses a key that leads to another page, and waits for it. */
async function pressTo(page: Page, key: string, title: RegExp): Promise<void> {
  await page.keyboard.press(key);
  await page.waitForFunction((source) => new RegExp(source).test(document.title), title.source);
  await page.waitForLoadState("networkidle");
}

test("goes through ten filings in a row: nine pass, one is returned with a note", async () => {
  const names = Array.from({ length: 10 }, (_, at) => `示例商店第${"甲乙丙丁戊己庚辛壬癸"[at]}家`);
  const filings = [];
  for (const [at, siteName] of names.entries()) {
    const filing = await submitted(world, { siteName });
    await world.db`update filings set due_at = now() + make_interval(mins => ${at}) where id = ${filing.id}`;
    filings.push(filing);
  }
  const faults: string[] = [];
  const page = await window("/console/queue?stage=initial", faults);
  await pressTo(page, "n", /第甲家/);
  await page.keyboard.press("1");
  await page.keyboard.press("t");
  await page.keyboard.type("请补签 a q");
  await page.waitForSelector("#preview:has-text('请补签 a q')");
  assert.is(await page.locator("#return").innerText(), "退回1处Q");
  await page.keyboard.press("Escape");
  await pressTo(page, "q", /第乙家/);
  for (const name of names.slice(2)) await pressTo(page, "a", new RegExp(name));
  await pressTo(page, "a", /^信息初审/);
  assert.match(await page.locator(".note.ok").innerText(), `“${names[9]}”已办`);
  const states = await Promise.all(filings.map(async (filing) => (await again(world, filing)).state));
  assert.equal(states, ["returned", ...Array(9).fill("photo_due")]);
  assert.equal(faults, []);
});

test("moves along rows, opens one, and comes back", async () => {
  const [one, two] = [
    await submitted(world, { siteName: "示例东店" }),
    await submitted(world, { siteName: "示例西店" }),
  ];
  await world.db`update filings set due_at = now() + interval '1 day' where id = ${one.id}`;
  await world.db`update filings set due_at = now() + interval '2 days' where id = ${two.id}`;
  const page = await window("/console/queue?stage=initial");
  await page.keyboard.press("j");
  assert.match(await page.locator("tr.on").innerText(), "示例西店");
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  await pressTo(page, "Enter", /示例西店/);
  await pressTo(page, "k", /示例东店/);
  await page.keyboard.press("c");
  await page.waitForSelector("text=您已领取");
  await page.keyboard.press("x");
  await page.waitForSelector("text=先领取，再办理");
  await pressTo(page, "u", /^信息初审/);
});

test("begins every page at its problems or nowhere, so that no key does twice what it did", async () => {
  const filing = await submitted(world, { siteName: "示例中店" });
  const page = await window(`/console/filings/${filing.number}`);
  const focused = () => page.evaluate(() => document.activeElement?.className ?? "");
  await page.keyboard.press("c");
  await page.waitForSelector("#decision");
  await page.click("#return");
  await page.waitForSelector(".errors");
  assert.is(await focused(), "errors");
  await page.keyboard.press("/");
  await page.keyboard.type("13800005678");
  await pressTo(page, "Enter", /^搜索/);
  assert.match(page.url(), /\/console\/search\/[0-9a-f-]{36}$/);
  await page.keyboard.press("j");
  assert.is(await page.locator("#q").inputValue(), "");
});

test("turns, enlarges and changes the picture without another page", async () => {
  const filing = await submitted(world, { siteName: "示例南店" });
  await world.db`update materials set full_file = 'none' where filing_id = ${filing.id}`;
  const page = await window(`/console/filings/${filing.number}`);
  const address = page.url();
  const look = page.locator("#look");
  await page.keyboard.press("r");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  assert.equal([await look.getAttribute("data-turn"), await look.getAttribute("data-zoom")], ["1", "3"]);
  const first = await look.locator("img").getAttribute("src");
  await page.keyboard.press(".");
  assert.is.not(await look.locator("img").getAttribute("src"), first);
  assert.equal([await look.getAttribute("data-turn"), await look.getAttribute("data-zoom")], ["0", "1"]);
  assert.is(page.url(), address);
});

test("fits a phone, and is sound to a checker of accessibility", async () => {
  const filing = await submitted(world, { siteName: "示例北店" });
  const axe = projectPath("node_modules/axe-core/axe.min.js");
  const paths = [
    "/console/queue?stage=initial",
    `/console/filings/${filing.number}`,
    "/console/curtains",
    "/console/messages",
  ];
  for (const path of paths) {
    const page = await window(path, [], 360);
    assert.is(await page.evaluate(() => document.documentElement.scrollWidth), 360, path);
    await page.keyboard.press("c");
    await page.waitForLoadState("networkidle");
    // The browser's own tools reach a page that takes no foreign script.
    const found = await checked(page, axe);
    assert.equal(found, [], path);
  }
});

async function checked(page: Page, script: string): Promise<string[]> {
  await page.evaluate(readFileSync(script, "utf8"));
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
  });
}

test.run();
