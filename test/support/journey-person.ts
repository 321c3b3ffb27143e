import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, Locator, Page, Request } from "playwright-core";
import * as assert from "uvu/assert";
import { axeFindings } from "./journey-eyes.ts";
import type { JourneyWorld } from "./journey-world.ts";

/** How a person looks at the pages. */
export type Way = { width: 360 | 1280; js: boolean };

export const wayName = ({ width, js }: Way): string =>
  `${js ? "with" : "without"} JavaScript at ${width} pixels`;

/** Milliseconds that a page may take to come on a busy machine. */
const PATIENCE = 30_000;

/** A person at a browser: what they do by the names they read, and a record of everything that went wrong. */
export class Person {
  readonly page: Page;
  readonly way: Way;
  readonly faults: string[];
  readonly #home: string;
  readonly #underWay: Set<Request>;
  readonly #checked: Set<string>;

  private constructor(page: Page, way: Way, home: string, checked: Set<string>) {
    this.page = page;
    this.way = way;
    this.#home = home;
    this.#checked = checked;
    this.faults = [];
    this.#underWay = new Set();
    this.#watch();
  }

  /** Somebody with a browser of their own; `checked` remembers which kinds of pages axe has seen this way. */
  static async arrives(
    world: Pick<JourneyWorld, "browser" | "url">,
    way: Way,
    checked: Set<string>,
  ): Promise<Person> {
    const context: BrowserContext = await world.browser.newContext({
      viewport: { width: way.width, height: way.width === 360 ? 740 : 900 },
      javaScriptEnabled: way.js,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      baseURL: world.url,
    });
    context.setDefaultTimeout(PATIENCE);
    return new Person(await context.newPage(), way, new URL(world.url).host, checked);
  }

  #watch(): void {
    const { page, faults } = this;
    page.on("console", (message) => {
      // A form that comes back with what is wrong in it is no fault of the page.
      const isAnswer = /^Failed to load resource: .* status of (409|422)/.test(message.text());
      if (message.type() === "error" && !isAnswer)
        faults.push(`${page.url()}: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
    });
    page.on("request", (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol !== "blob:" && protocol !== "data:" && host !== this.#home)
        faults.push(`asks ${request.url()}`);
      this.#underWay.add(request);
    });
    const ended = (request: Request) => void this.#underWay.delete(request);
    page.on("requestfinished", ended);
    page.on("requestfailed", ended);
  }

  /** Waits until everything asked for has come and was drawn. */
  async quiet(): Promise<void> {
    const limit = Date.now() + PATIENCE;
    for (let still = 0; still < 3; ) {
      await sleep(25);
      still = this.#underWay.size === 0 ? still + 1 : 0;
      if (Date.now() > limit) throw new Error(`${this.page.url()} never came to rest`);
    }
    await this.page.waitForLoadState("load");
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.quiet();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.quiet();
  }

  /** The button of this name, else the link; what stands in the page itself comes before what stands around it. */
  async control(name: string | RegExp): Promise<Locator> {
    const { page } = this;
    const exact = typeof name === "string" ? { name, exact: true } : { name };
    const main = page.locator("main");
    const wanted = [
      main.getByRole("button", exact),
      main.getByRole("link", exact),
      main.locator("summary").filter({ hasText: name }),
      page.getByRole("link", exact),
    ].map((found) => found.filter({ visible: true }).first());
    const [first, ...others] = wanted as [Locator, ...Locator[]];
    await others
      .reduce((all, one) => all.or(one), first)
      .first()
      .waitFor();
    for (const one of wanted) if ((await one.count()) > 0) return one;
    return first;
  }

  async press(name: string | RegExp): Promise<void> {
    await (await this.control(name)).click();
    await this.quiet();
  }

  /** Presses and is then on a page with this heading. */
  async goOn(name: string | RegExp, heading: string | RegExp): Promise<void> {
    await this.press(name);
    await this.sees(heading);
  }

  async sees(heading: string | RegExp): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: heading }).waitFor();
  }

  /** All that can be read on the page. */
  read(): Promise<string> {
    return this.page.locator("body").innerText();
  }

  async reads(words: string | RegExp): Promise<void> {
    const text = await this.read();
    const found = typeof words === "string" ? text.includes(words) : words.test(text);
    assert.ok(found, `${words} is not on ${this.page.url()}:\n${text}`);
  }

  async type(values: Record<string, string>): Promise<void> {
    for (const [id, value] of Object.entries(values)) await this.page.locator(`#${id}`).fill(value);
  }

  /** Chooses in a select that other controls hang on: they come with the page's next answer. */
  async choose(id: string, code: string, button?: string): Promise<void> {
    await this.page.locator(`#${id}`).selectOption(code);
    if (!this.way.js && button) await this.press(button);
    await this.quiet();
  }

  async tick(name: string, code: string): Promise<void> {
    await this.page.locator(`input[name="${name}"][value="${code}"]`).first().check();
    await this.quiet();
  }

  /** The list of what is wrong stands first and has the focus, on a page loaded anew and after a swap. */
  async isTakenToProblems(words: string | RegExp): Promise<void> {
    const summary = this.page.locator(".errors").first();
    await summary.waitFor();
    assert.ok(
      await summary.evaluate((element) => element === document.activeElement),
      "the focus is elsewhere",
    );
    const text = await summary.innerText();
    assert.ok(typeof words === "string" ? text.includes(words) : words.test(text), text);
  }

  /** axe finds nothing on this kind of page, looked at this way; every kind is looked at once. */
  async looksRight(kind: string): Promise<void> {
    const key = `${kind}, ${wayName(this.way)}`;
    if (this.#checked.has(key)) return;
    this.#checked.add(key);
    const found = await axeFindings(this.page, this.way.js);
    assert.equal(found, [], key);
    const overflow = await this.page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    assert.ok(Number(overflow) <= 0, `${key} is ${overflow} pixels too wide`);
  }

  /** A second window of the same browser. */
  async anotherWindow(): Promise<Person> {
    return new Person(await this.page.context().newPage(), this.way, this.#home, this.#checked);
  }

  async leaves(): Promise<void> {
    await this.page.context().close();
  }
}
