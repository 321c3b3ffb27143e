import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { currentMaterials } from "../../src/models/material/rows.ts";
import { LINK } from "../bench/slow-link.ts";
import { comesSignedIn, completeDraft } from "../support/journey-scene.ts";
import { type JourneyWorld, startJourneyWorld } from "../support/journey-world.ts";
import { phonePhoto } from "../support/pictures.ts";

type Shared = { world: JourneyWorld; folder: string };

const test = suite<Shared>("a photo from a phone at the edge of the net");
test.before(async (context) => {
  context.world = await startJourneyWorld();
  context.folder = mkdtempSync(join(tmpdir(), "openbeian-slow-"));
});
test.after(async ({ world, folder }) => {
  rmSync(folder, { recursive: true });
  await world.close();
});

test("of 5 MB sends 180 KB in all, though the line breaks on the way, and is ready afterwards", async ({
  world,
  folder,
}) => {
  const photo = await phonePhoto({ noise: 60 });
  assert.ok(photo.length > 4_900_000, `${photo.length} bytes`);
  writeFileSync(join(folder, "IMG_0001.jpg"), photo);
  const filing = await completeDraft(world);
  const at = await comesSignedIn(world, { js: true, width: 360 }, "张三");
  await at.open(`/filings/${filing.number}/materials`);
  const slot = at.page.locator('li[id^="m-certificate-"]');
  await slot.locator("summary").click();
  const sizes: Promise<number>[] = [];
  at.page.on("requestfinished", (request) => {
    if (request.method() === "POST")
      sizes.push(request.sizes().then((size) => size.requestHeadersSize + size.requestBodySize));
  });
  await slot.locator('input[name="picture"]').setInputFiles(join(folder, "IMG_0001.jpg"));
  await slot.getByText("可以上传").waitFor();
  const session = await at.page.context().newCDPSession(at.page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", LINK);
  await slot.locator(".put .btn").click();
  await slot.getByText(/正在上传.*：[3-9]\d%/).waitFor();
  await session.send("Network.emulateNetworkConditions", { ...LINK, offline: true });
  await slot.getByText("恢复后自动接着传").waitFor();
  await session.send("Network.emulateNetworkConditions", LINK);
  await at.page.waitForResponse((answer) => answer.status() === 303, { timeout: 120_000 });
  const sent = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  const [kept] = (await currentMaterials(world.db, filing.id)).filter((one) => one.slot === "certificate");
  assert.ok(kept && kept.originalBytes <= 128 * 1024, `${kept?.originalBytes} bytes kept`);
  // What broke off was never there; what was there did not go a second time.
  assert.ok(
    sent < 180_000 && sent < kept.originalBytes + sizes.length * 2500,
    `${sent} bytes in ${sizes.length} requests`,
  );
  await at.leaves();
});

test.run();
