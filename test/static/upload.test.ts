import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ServerType, serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readPicture } from "../../src/models/material/files.ts";
import { currentMaterials } from "../../src/models/material/rows.ts";
import { openSession } from "../../src/models/session/sessions.ts";
import { testWorld, type World } from "../support/app.ts";
import { openBrowser } from "../support/browser.ts";
import { registrantNamed } from "../support/filings.ts";
import { draftWithPlaces, prepareAll } from "../support/materials.ts";
import { photo } from "../support/photos.ts";
import { phonePhoto } from "../support/pictures.ts";

type Shared = { world: World; browser: Browser; server: ServerType; origin: string; folder: string };

const test = suite<Shared>("a picture chosen in a browser");
test.before(async (context) => {
  const world = await testWorld({ publicUrl: "http://localhost:1" });
  await world.db`insert into isp_hosts (host, isp_id) values ('localhost', ${world.people.isps.first})`;
  const server = serve({ fetch: world.app.fetch, port: 0, hostname: "localhost" });
  await new Promise<void>((resolve) => {
    server.once("listening", () => resolve());
  });
  const folder = mkdtempSync(join(tmpdir(), "openbeian-upload-"));
  writeFileSync(join(folder, "IMG_0001.jpg"), await photo());
  writeFileSync(join(folder, "IMG_0002.jpg"), await phonePhoto({ noise: 60 }));
  writeFileSync(join(folder, "IMG_0003.jpg"), await phonePhoto({ noise: 64 }));
  writeFileSync(join(folder, "域名证书.pdf"), "%PDF-1.7");
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  Object.assign(context, { world, server, folder, origin, browser: await openBrowser() });
});
test.after(async ({ world, browser, server, folder }) => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
  await world.close();
});

/** 张三's window at the materials of a fresh draft. */
async function opened({ world, browser, origin }: Shared, javaScriptEnabled = true) {
  const places = await draftWithPlaces(world, registrantNamed(world.people, "张三"));
  const secret = await openSession(world.store, "account", world.people.registrants.张三.id, {
    place: "本机",
    device: "Linux上的Chrome",
  });
  const context = await browser.newContext({ javaScriptEnabled });
  await context.addCookies([{ name: "session", value: secret, url: origin }]);
  const page = await context.newPage();
  await page.goto(`${origin}/filings/${places.filing.number}/materials`);
  return { ...places, page, context };
}

const slot = (page: Page, name: string) => page.locator(`li[id^="m-${name}-"]`);
const choose = (page: Page, name: string, file: string) =>
  slot(page, name).locator('input[name="picture"]').setInputFiles(file);
const send = (page: Page, name: string) => slot(page, name).locator(".put .btn").click();

test("is shrunk and turned upright before it is sent, and becomes ready without a reload", async (shared) => {
  const { world, folder } = shared;
  const { filing, page, context } = await opened(shared);
  await choose(page, "leader", join(folder, "IMG_0001.jpg"));
  await choose(page, "certificate", join(folder, "IMG_0001.jpg"));
  await slot(page, "certificate").getByText("可以上传").waitFor();
  await send(page, "certificate");
  await slot(page, "certificate").getByText("处理中").waitFor();
  const kept = await page.locator('li[id^="m-leader-"] input[name="picture"]').evaluate((input) => {
    const { files } = input as HTMLInputElement;
    return files?.length;
  });
  assert.is(kept, 1, "what was chosen in another slot stays");

  const [material] = await currentMaterials(world.db, filing.id);
  assert.ok(material);
  const key = world.store.vault.unwrap(filing.dataKey);
  const bytes = await readPicture(world.files, key, material, "original");
  const { format, width, height, orientation, exif } = await sharp(bytes).metadata();
  assert.is(format, "webp");
  assert.ok(bytes.length <= 128 * 1024, `${bytes.length} bytes`);
  assert.ok(height >= 1600 && width < height, `${width} × ${height}`);
  assert.equal([orientation, exif], [undefined, undefined]);

  await prepareAll(world, filing);
  await slot(page, "certificate").getByText("已就绪").waitFor();
  assert.match(await page.locator("#count").innerText(), "1份已就绪");
  await context.close();
});

test("waits for its shrinking when the button is pressed at once", async (shared) => {
  const { world, folder } = shared;
  const { filing, page, context } = await opened(shared);
  await choose(page, "certificate", join(folder, "IMG_0001.jpg"));
  await send(page, "certificate");
  await slot(page, "certificate").getByText("处理中").waitFor();
  assert.ok(((await currentMaterials(world.db, filing.id))[0]?.originalBytes ?? 0) <= 128 * 1024);
  await context.close();
});

/** Bytes of the parts that the page sent, as they went over the wire; what never left is not among them. */
function partsSent(page: Page): { bytes: number; requests: number } {
  const sum = { bytes: 0, requests: 0 };
  page.on("requestfinished", (request) => {
    if (!request.url().endsWith("/uploads")) return;
    sum.requests += 1;
    sum.bytes += request.postDataBuffer()?.length ?? 0;
  });
  return sum;
}

test("goes on by itself when the line was broken, and sends nothing twice", async (shared) => {
  const { world, folder } = shared;
  const { filing, page, context } = await opened(shared);
  const sent = partsSent(page);
  let [parts, broken] = [0, 0];
  await page.route("**/uploads", (route) => {
    const isPart = (route.request().postDataBuffer()?.length ?? 0) > 2_000;
    if (isPart) parts += 1;
    // The second part breaks, and the first question after it.
    if (parts !== 2 || broken === 2) return route.continue();
    broken += 1;
    return route.abort("connectionreset");
  });
  await choose(page, "certificate", join(folder, "IMG_0002.jpg"));
  await slot(page, "certificate").getByText("可以上传").waitFor();
  await send(page, "certificate");
  await slot(page, "certificate").getByText("恢复后自动接着传").waitFor();
  await slot(page, "certificate").getByText("处理中").waitFor();
  assert.is(broken, 2);
  const size = (await currentMaterials(world.db, filing.id))[0]?.originalBytes ?? 0;
  assert.ok(size > 64 * 1024, `${size} bytes`);
  // Each part travels in a form of some 600 bytes.
  assert.ok(sent.bytes < size + sent.requests * 1000, `${sent.bytes} bytes sent of ${size}`);
  await context.close();
});

test("goes on after a reload where the same picture is chosen again", async (shared) => {
  const { world, folder } = shared;
  const { filing, page, context } = await opened(shared);
  let parts = 0;
  await page.route("**/uploads", (route) => {
    const isPart = (route.request().postDataBuffer()?.length ?? 0) > 2_000;
    if (isPart) parts += 1;
    return parts > 1 ? route.abort("internetdisconnected") : route.continue();
  });
  await choose(page, "certificate", join(folder, "IMG_0003.jpg"));
  await send(page, "certificate");
  await slot(page, "certificate").getByText("恢复后自动接着传").waitFor();
  await page.unroute("**/uploads");
  await page.reload();
  const before = await world.db<
    { received: number }[]
  >`select received from uploads order by id desc limit 1`;
  assert.is(before[0]?.received, 32 * 1024);
  const sent = partsSent(page);
  await choose(page, "certificate", join(folder, "IMG_0003.jpg"));
  await send(page, "certificate");
  await slot(page, "certificate").getByText("处理中").waitFor();
  const size = (await currentMaterials(world.db, filing.id))[0]?.originalBytes ?? 0;
  assert.ok(sent.bytes < size - 32 * 1024 + sent.requests * 1000, `${sent.bytes} bytes sent of ${size}`);
  await context.close();
});

test("is sent whole where somebody wants it so, and both sides of a card in one form", async (shared) => {
  const { world, folder } = shared;
  const { filing, page, context } = await opened(shared);
  await choose(page, "certificate", join(folder, "IMG_0001.jpg"));
  await slot(page, "certificate")
    .getByRole("button", { name: /改传原图/ })
    .click();
  await send(page, "certificate");
  await slot(page, "certificate").getByText("处理中").waitFor();
  const whole = readFileSync(join(folder, "IMG_0001.jpg"));
  assert.is((await currentMaterials(world.db, filing.id))[0]?.originalBytes, whole.length);
  await choose(page, "leader", join(folder, "IMG_0001.jpg"));
  await slot(page, "leader").locator('input[name="back"]').setInputFiles(join(folder, "IMG_0001.jpg"));
  await send(page, "leader");
  await slot(page, "leader").getByText("处理中").waitFor();
  await prepareAll(world, filing);
  const leader = (await currentMaterials(world.db, filing.id)).find((one) => one.slot === "leader");
  assert.is(leader?.state, "ready");
  assert.ok((leader?.height ?? 0) > 2 * (leader?.width ?? 0), "one above the other");
  await context.close();
});

test("is sent as it is where scripts are off", async (shared) => {
  const { world, folder } = shared;
  const { filing, page, context } = await opened(shared, false);
  await choose(page, "certificate", join(folder, "IMG_0001.jpg"));
  await send(page, "certificate");
  await slot(page, "certificate").getByText("处理中").waitFor();
  assert.match(page.url(), /\/materials#m-certificate-/);
  await prepareAll(world, filing);
  await page.reload();
  await slot(page, "certificate").getByText("已就绪").waitFor();
  await context.close();
});

test("is refused by name at its slot, and the page stays as it was", async (shared) => {
  const { page, context } = await opened(shared);
  await choose(page, "leader", join(shared.folder, "IMG_0001.jpg"));
  await choose(page, "certificate", join(shared.folder, "域名证书.pdf"));
  await send(page, "certificate");
  await slot(page, "certificate").getByText("没有收下“域名证书.pdf”").waitFor();
  const kept = slot(page, "leader").locator('input[name="picture"]');
  assert.is(await kept.evaluate((input) => (input as HTMLInputElement).files?.length), 1);
  await context.close();
});

test("gives way to the whole page of the answer when the session has ended meanwhile", async (shared) => {
  const { page, context } = await opened(shared);
  await choose(page, "certificate", join(shared.folder, "IMG_0001.jpg"));
  await slot(page, "certificate").getByText("可以上传").waitFor();
  await context.clearCookies();
  await send(page, "certificate");
  await page.locator("h1").getByText("没有收下这次提交").waitFor();
  assert.is(await page.locator(".slots").count(), 0);
  await context.close();
});

test.run();
