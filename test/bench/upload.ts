import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { draft, registrantNamed } from "../support/filings.ts";
import { phonePhoto } from "../support/pictures.ts";
import { type Row, rowOf } from "./row.ts";
import { servedWorld } from "./served-world.ts";
import { LINK } from "./slow-link.ts";

/**
 * A phone's photo of 5 MB over a line of 50 kbit/s, in a real browser: how long from the press on 上传 until all of it is
 * with the server and the slot says so, how long it was shrunk before, and what went over the line.
 */
export async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "openbeian-bench-"));
  const photo = await phonePhoto({ noise: 60 });
  writeFileSync(join(folder, "IMG_0001.jpg"), photo);
  const served = await servedWorld();
  try {
    const { world } = served;
    const owner = registrantNamed(world.people, "张三");
    const filing = await draft(world.store, owner, { domain: "slow.cn", certNo: "91330108MA27XL1Q75" });
    const page = await served.page({ as: "张三" });
    await page.goto(`${served.url}/filings/${filing.number}/materials`, { waitUntil: "networkidle" });
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", LINK);
    const slot = page.locator('li[id^="m-certificate-"]');
    const chosen = performance.now();
    await slot.locator('input[name="picture"]').setInputFiles(join(folder, "IMG_0001.jpg"));
    await slot.getByText("可以上传").waitFor();
    const [pressed, before] = [performance.now(), served.wire.sent()];
    await slot.locator(".put .btn").click();
    await page.waitForResponse((answer) => answer.status() === 303, { timeout: 120_000 });
    const arrived = performance.now();
    const sent = served.wire.sent() - before;
    const what = `a photo of ${(photo.length / 1e6).toFixed(1)} MB at 50 kbit/s and 400 ms`;
    return [
      {
        ...rowOf({
          what: `${what} is with the server`,
          measured: (arrived - chosen) / 1000,
          unit: "s",
          limit: 30,
        }),
        beside: `${((pressed - chosen) / 1000).toFixed(1)} s of it to shrink it; as it is it would take ${Math.round((photo.length * 8) / 50_000)} s`,
      },
      rowOf({
        what: "what went over the line for it, heads and all",
        measured: sent,
        unit: "bytes",
        limit: 180_000,
      }),
    ];
  } finally {
    await served.close();
    rmSync(folder, { recursive: true });
  }
}
