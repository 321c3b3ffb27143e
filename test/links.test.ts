import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { State } from "../src/models/filing/states.ts";
import { stateNames } from "../src/models/filing/states.ts";
import { type Browser, hosts, testWorld, type World } from "./support/app.ts";
import {
  act,
  bringTo,
  complete,
  draft,
  freshParts,
  registrantNamed,
  reviewed,
  staffNamed,
} from "./support/filings.ts";
import { staff } from "./support/people.ts";
import { addBureau, numberFiling } from "./support/records.ts";

/** More pages than a crawl ever meets: a site that grows without end fails. */
const MOST = 600;
/** Sorted, filtered and queued the same page comes in hundreds of ways; two of them stand for all. */
const WAYS = 2;
/** Pictures of the filings here have no bytes; that they open is proved where they are uploaded. */
const PICTURE = /\/materials\/.+\/(?:full|thumbnail)$/;

type Crawl = { broken: string[]; pages: Map<string, string>; actions: Set<string>; anchors: Set<string> };

const plain = (text: string): string => text.replace(/&(?:#38|amp);/g, "&").replace(/&#39;/g, "'");

const attributes = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map(([, value = ""]) => plain(value));

/** What a page leads to by reading: links, pictures, styles and scripts; and by sending: where its forms post to. */
const linksIn = (html: string) => attributes(html, /<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g);
const actionsIn = (html: string) => [
  ...attributes(html, /<form\b(?=[^>]*method="post")[^>]*?\saction="([^"]*)"/g),
  ...attributes(html, /\s(?:formaction|hx-post)="([^"]*)"/g),
];

/** Follows every link of this host from a page on, and says which of them end in an error, with where they stood. */
async function crawl(browser: Browser, start: string): Promise<Crawl> {
  const found: Crawl = { broken: [], pages: new Map(), actions: new Set(), anchors: new Set() };
  const waiting = [{ address: start, from: "the start" }];
  const asked = new Set([start]);
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (asked.size > MOST) throw new Error(`more than ${MOST} pages`);
    const { status, text, headers, location } = await browser.get(next.address);
    if (status >= 400) found.broken.push(`${next.address} (${status}) on ${next.from}`);
    const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
    if (isPage) found.pages.set(next.address, text);
    const base = `https://${browser.host}${next.address}`;
    const targets = location ? [location] : isPage && status < 400 ? linksIn(text) : [];
    for (const url of targets.map((target) => new URL(target, base))) {
      if (url.host !== browser.host || PICTURE.test(url.pathname)) continue;
      const address = url.pathname + url.search;
      if (url.hash) found.anchors.add(address + url.hash);
      const ways = [...asked].filter((one) => one.split("?")[0] === url.pathname).length;
      if (asked.has(address) || ways >= WAYS) continue;
      asked.add(address);
      waiting.push({ address, from: next.address });
    }
    for (const action of actionsIn(text)) found.actions.add(new URL(action, base).pathname);
  }
  return found;
}

/** Addresses of forms for which no route takes a POST. */
function deadActions({ app }: World, { actions }: Crawl): string[] {
  const routes = app.routes
    .filter(({ method }) => method === "POST")
    .map(({ path }) => new RegExp(`^${path.replace(/:\w+(?:\{([^}]*)\})?/g, (_, own) => own ?? "[^/]+")}$`));
  return [...actions].filter((action) => !routes.some((route) => route.test(action)));
}

/** Links to a place on a page that has no such place. */
const deadAnchors = ({ anchors, pages }: Crawl): string[] =>
  [...anchors].filter((address) => {
    const [path = "", id = ""] = address.split("#");
    const page = pages.get(path);
    return page !== undefined && !page.includes(`id="${id}"`);
  });

const nothingDead = (world: World, found: Crawl) => {
  assert.equal(found.broken, []);
  assert.equal(deadActions(world, found), []);
  assert.equal(deadAnchors(found), []);
};

/** One filing of 张三 in every state. */
async function fileEverything(world: World): Promise<void> {
  const { store, people, db } = world;
  const zhang = registrantNamed(people, "张三");
  const bureau = await addBureau(store, people.isps.first);
  await draft(store, zhang, freshParts());
  const returned = await complete(store, zhang, freshParts());
  await bringTo(store, people, returned, "initial_review");
  const reasons = [{ sectionId: null, slot: null, field: null, reason: "other", note: "请重新核对" }];
  await reviewed(store, returned, "return-initial", staffNamed(people, "李四"), { reasons });
  const done = await complete(store, zhang, freshParts());
  await bringTo(store, people, done, "ready");
  await numberFiling(store, done, bureau, "浙ICP备00000001号");
  const made: State[] = ["draft", "returned", "numbered"];
  for (const state of stateNames.filter((name) => !made.includes(name))) {
    const filing = await complete(store, zhang, freshParts());
    await act(store, filing, "submit", zhang, { declared: true });
    await db`
      update filings set state = ${state}, bureau_id = ${bureau}, sms_until = now() + interval '20 hours'
      where id = ${filing.id}`;
  }
}

const test = suite<{ world: World }>("the links of the site");
test.before(async (context) => {
  context.world = await testWorld();
  await fileEverything(context.world);
});
test.after((context) => context.world.close());

test("lead a visitor somewhere, on the host of a provider and on a neutral one", async ({ world }) => {
  for (const host of [hosts.first, hosts.neutral]) {
    const found = await crawl(world.visitor(host), "/");
    assert.ok(found.pages.size > 40, "help has a page for each province");
    nothingDead(world, found);
  }
});

test("lead a registrant somewhere, whatever state a filing is in", async ({ world }) => {
  const found = await crawl(await world.signInAs("张三"), "/");
  assert.ok(found.pages.size > 100);
  nothingDead(world, found);
});

test("lead a registrant without any filing somewhere", async ({ world }) => {
  nothingDead(world, await crawl(await world.signInAs("王五"), "/"));
});

for (const [name, { at, roles }] of Object.entries(staff))
  test(`lead ${roles.join(" and ")} of the ${at} provider somewhere`, async ({ world }) => {
    const found = await crawl(await world.signInAs(name as keyof typeof staff), "/console");
    nothingDead(world, found);
  });

test.run();
