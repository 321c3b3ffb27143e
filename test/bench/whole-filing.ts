import type { Locator, Page, Request } from "playwright-core";
import { findFiling } from "../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../src/models/filing/sections.ts";
import { creditCodeCheck } from "../../src/vocabulary/credit-code.ts";
import type { Values } from "../../src/vocabulary/filing.ts";
import * as sample from "../rules/sample.ts";
import { addPictures, registrantNamed } from "../support/filings.ts";
import type { ServedWorld } from "./served-world.ts";

/** Bytes over the wire from the first page, which is open and cached, to the filing that was submitted. */
export type Traffic = { sent: number; received: number };

/**
 * How somebody files: without a script; with one, in one go; or slowly, so that each field is saved by itself before the
 * next is begun. `pause` in milliseconds after a field.
 */
const paces = {
  plain: { javaScript: false, pause: 0 },
  quick: { javaScript: true, pause: 50 },
  slow: { javaScript: true, pause: 1_500 },
} as const;

export type Pace = keyof typeof paces;

type Pause = () => Promise<void>;

let serial = 0;

/**
 * Files for a company with one website in a real browser, typing every field, and counts what goes over the wire both
 * ways, heads and bodies. The pictures are put in behind its back; what the page about them took does not count.
 */
export async function wholeFiling(served: ServedWorld, pace: Pace): Promise<Traffic> {
  const { javaScript } = paces[pace];
  const page = await served.page({ javaScript, as: "张三" });
  const pause: Pause = () => page.waitForTimeout(paces[pace].pause);
  await page.goto(served.url, { waitUntil: "networkidle" });
  const pictures = picturesPage(page);
  const before = { sent: served.wire.sent(), received: served.wire.received() };
  const first17 = `91330108MA9${String(++serial).padStart(6, "0")}`;
  const domain = `traffic${serial}.cn`;

  await page.goto(`${served.url}/filings/new`);
  await type(page, { nature: "4" }, pause);
  await update(page, javaScript);
  await type(page, { certType: "1", certNo: first17 + creditCodeCheck(first17), domain }, pause);
  await go(page, "开始填写");
  const number = /filings\/([\d-]+)/.exec(page.url())?.[1] ?? "";

  await subject(served, page, number, pause, javaScript);
  const { domains: _domains, homePages: _pages, ...website } = sample.website;
  await type(page, website, pause);
  await go(page, "保存并继续");
  await type(page, sample.access, pause);
  await go(page, "保存并继续");
  const { store, people } = served.world;
  const filing = await findFiling(store.db, number, registrantNamed(people, "张三"));
  await addPictures(store, filing, ["certificate", "leader", "form", "domain", "letter"]);
  await page.goto(`${served.url}/filings/${number}/check`);
  await page.locator("#agree").check();
  await go(page, "提交初审");
  const submitted = await findFiling(store.db, number, registrantNamed(people, "张三"));
  if (submitted.state !== "initial_review") {
    const said = await page.locator("main").innerText();
    throw new Error(`the filing stopped at ${page.url()}: ${said.slice(0, 400)}`);
  }
  const passed = {
    sent: served.wire.sent() - before.sent,
    received: served.wire.received() - before.received,
  };
  const aside = await pictures();
  await page.context().close();
  return { sent: passed.sent - aside.sent, received: passed.received - aside.received };
}

/** Adds up what the page about pictures, its script and its samples take. */
function picturesPage(page: Page): () => Promise<Traffic> {
  const requests: Request[] = [];
  page.on("requestfinished", (request) => {
    if (/\/materials$|\/static\/(upload|samples)\./.test(request.url())) requests.push(request);
  });
  return async () => {
    const traffic = { sent: 0, received: 0 };
    for (const request of requests) {
      const sizes = await request.sizes();
      // A second look into the cache is told as a negative body.
      if (sizes.responseBodySize <= 0) continue;
      traffic.sent += sizes.requestHeadersSize + sizes.requestBodySize;
      traffic.received += sizes.responseHeadersSize + sizes.responseBodySize;
    }
    return traffic;
  };
}

/** The subject's form: its place step by step, and the mobile number proved by a code. */
async function subject(
  { world }: ServedWorld,
  page: Page,
  number: string,
  pause: Pause,
  javaScript: boolean,
): Promise<void> {
  const { nature: _nature, certType: _type, certNo: _no, province, city, county, ...rest } = sample.company;
  for (const [key, value] of Object.entries({ province, city, county })) {
    await type(page, { [key]: value ?? "" }, pause);
    if (key !== "county") await update(page, javaScript);
  }
  await type(page, rest, pause);
  await go(page, /发送验证码/);
  const filing = await findFiling(world.db, number, registrantNamed(world.people, "张三"));
  const { subject: section } = arrange(await sectionsOf(world.store, filing));
  const code = await world.codeFor("phone-proof", `filing:${filing.id}:${section.id}:mobile`);
  await type(page, { code }, pause);
  await go(page, "保存并继续");
}

/** Without a script a button brings the choices that hang on another; with one they come by themselves. */
async function update(page: Page, javaScript: boolean): Promise<void> {
  if (javaScript) await page.waitForTimeout(600);
  else await page.locator("button[value=update], button[value=region]").first().click();
}

/** Presses a button and waits for the page that it leads to, or that says what is wrong. */
async function go(page: Page, name: string | RegExp): Promise<void> {
  const answered = page.waitForResponse((response) => {
    const isPage = ["document", "xhr"].includes(response.request().resourceType());
    return isPage && (response.status() < 300 || response.status() >= 400);
  });
  await page.getByRole("button", { name }).click();
  await answered;
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(200);
}

async function type(page: Page, values: Values, pause: Pause): Promise<void> {
  for (const [key, value] of Object.entries(values)) {
    const control = page.locator(`main [name="${key}"]:not([type=hidden])`);
    if ((await control.count()) === 0 || value.length === 0) continue;
    await put(control, [value].flat());
    await pause();
  }
}

async function put(control: Locator, values: string[]): Promise<void> {
  const first = control.first();
  const kind = await first.evaluate((element) => (element as HTMLInputElement).type);
  if (kind === "checkbox" || kind === "radio")
    for (const value of values) await control.and(control.page().locator(`[value="${value}"]`)).check();
  else if (kind.startsWith("select")) await first.selectOption(values);
  else {
    await first.fill(values.join("\n"));
    await first.blur();
  }
}
