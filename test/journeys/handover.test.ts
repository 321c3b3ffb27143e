import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ServerType, serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { currentMaterials } from "../../src/models/material/rows.ts";
import { openSession } from "../../src/models/session/sessions.ts";
import { testWorld, type World } from "../support/app.ts";
import { openBrowser } from "../support/browser.ts";
import { registrantNamed } from "../support/filings.ts";
import { letLinksEnd } from "../support/handovers.ts";
import { draftWithPlaces, prepareAll } from "../support/materials.ts";
import { phonePhoto } from "../support/pictures.ts";

type Shared = { world: World; browser: Browser; server: ServerType; origin: string; folder: string };

const test = suite<Shared>("a paper photographed with the phone, at the computer");
test.before(async (context) => {
  const world = await testWorld({ publicUrl: "http://localhost:1" });
  await world.db`insert into isp_hosts (host, isp_id) values ('localhost', ${world.people.isps.first})`;
  const server = serve({ fetch: world.app.fetch, port: 0, hostname: "localhost" });
  await new Promise<void>((resolve) => {
    server.once("listening", () => resolve());
  });
  const folder = mkdtempSync(join(tmpdir(), "openbeian-handover-"));
  writeFileSync(join(folder, "IMG_0001.jpg"), await phonePhoto({ noise: 20 }));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  Object.assign(context, { world, server, folder, origin, browser: await openBrowser() });
});
test.after(async ({ world, browser, server, folder }) => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
  await world.close();
});

/** Where pictures of the pages are put, when somebody wants to look at them. */
const shots = process.env.SHOTS;
const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
};

const slot = (page: Page) => page.locator('li[id^="m-certificate-"]');

/** 张三 at the computer with a fresh draft, and a phone that belongs to nobody. */
async function opened({ world, browser, origin }: Shared, javaScriptEnabled: boolean) {
  const places = await draftWithPlaces(world, registrantNamed(world.people, "张三"));
  const where = { place: "本机", device: "Linux上的Chrome" };
  const secret = await openSession(world.store, "account", world.people.registrants.张三.id, where);
  const [desk, pocket] = await Promise.all([
    browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 900 } }),
    browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 740 } }),
  ]);
  await desk.addCookies([{ name: "session", value: secret, url: origin }]);
  const [computer, phone] = [await desk.newPage(), await pocket.newPage()];
  await computer.goto(`${origin}/filings/${places.filing.number}/materials`);
  const close = () => Promise.all([desk.close(), pocket.close()]);
  return { ...places, computer, phone, close };
}

/** Asks for the link at the computer and opens it on the phone. */
async function handedOver(computer: Page, phone: Page): Promise<string> {
  await slot(computer).getByRole("button", { name: "用手机拍照上传" }).click();
  await slot(computer)
    .getByRole("img", { name: /二维码/ })
    .waitFor();
  const address = (await slot(computer).locator('a[href*="/u/"]').getAttribute("href")) ?? "";
  await phone.goto(address);
  return address;
}

async function takePhoto(phone: Page, folder: string): Promise<void> {
  await phone.locator('input[name="picture"]').setInputFiles(join(folder, "IMG_0001.jpg"));
  await phone.locator("form.put .btn").click();
  await phone.getByRole("heading", { name: "已上传，可以回到电脑上继续" }).waitFor();
}

for (const withScripts of [true, false]) {
  const how = withScripts ? "by itself" : "after a reload, without scripts";
  test(`arrives ${how}`, async (shared) => {
    const { world, folder } = shared;
    const { filing, computer, phone, close } = await opened(shared, withScripts);
    const name = withScripts ? "scripts" : "plain";
    await handedOver(computer, phone);
    await shoot(computer, `${name}-1-computer`);
    await shoot(phone, `${name}-1-phone`);
    await takePhoto(phone, folder);
    await shoot(phone, `${name}-2-phone`);
    await prepareAll(world, filing);
    if (!withScripts) await slot(computer).getByRole("link", { name: "刷新" }).click();
    await slot(computer).getByText("手机上的照片已收到").waitFor();
    await slot(computer).getByText("已就绪").waitFor();
    await slot(computer).locator("img[src*=thumbnail]").waitFor();
    await shoot(computer, `${name}-3-computer`);
    if (!withScripts) await phone.getByRole("link", { name: "看结果" }).click();
    await phone.getByText("正在检查照片").waitFor({ state: "detached" });
    await slot(computer)
      .getByRole("button", { name: /照片没问题，关闭链接/ })
      .click();
    await slot(computer).getByRole("button", { name: "用手机拍照上传" }).waitFor();
    await phone.reload();
    await phone.getByRole("heading", { name: "链接已经失效" }).waitFor();
    await shoot(phone, `${name}-4-phone`);
    assert.is((await currentMaterials(world.db, filing.id)).length, 1);
    await close();
  });
}

for (const withScripts of [true, false])
  test(`that comes too late is said to be lost, scripts ${withScripts ? "on" : "off"}`, async (shared) => {
    const { world, folder } = shared;
    const { filing, computer, phone, close } = await opened(shared, withScripts);
    await handedOver(computer, phone);
    await letLinksEnd(world);
    await phone.locator('input[name="picture"]').setInputFiles(join(folder, "IMG_0001.jpg"));
    await phone.locator("form.put .btn").click();
    await phone.getByText("刚才的照片没有传上去").waitFor();
    assert.is((await currentMaterials(world.db, filing.id)).length, 0);
    if (withScripts) await slot(computer).getByRole("button", { name: "用手机拍照上传" }).waitFor();
    await close();
  });

test("fits a screen of 320 pixels", async (shared) => {
  const { computer, phone, close } = await opened(shared, true);
  await phone.setViewportSize({ width: 320, height: 568 });
  await handedOver(computer, phone);
  for (const page of [phone, computer]) {
    if (page === computer) await page.setViewportSize({ width: 320, height: 568 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${wide}`);
  }
  await shoot(computer, "narrow-computer");
  await close();
});

test.run();
