import { suite } from "uvu";
import * as assert from "uvu/assert";
import { accessTable } from "../src/middleware/access.ts";
import { onError } from "../src/middleware/errors.ts";
import { fieldsOf } from "../src/vocabulary/fields/index.ts";
import type { Answer, Browser } from "./support/app.ts";
import { fieldNames, oddTexts, queryNames, random } from "./support/fuzz.ts";
import { addressOf, tokenFor } from "./support/matrix-ask.ts";
import { become, matrixScene, type Scene } from "./support/matrix-scene.ts";

const test = suite("what nobody types");

let scene: Scene;
let routes: string[];
let fault: unknown;

/** Names of a section's form come from the dictionary. */
const sectionNames = (["subject", "website", "access"] as const).flatMap((kind) =>
  fieldsOf(kind).flatMap(({ parts }) => parts.map(({ key }) => key)),
);
const names = [...new Set([...fieldNames(), ...sectionNames])];

test.before(async () => {
  scene = await matrixScene();
  const { app } = scene.world;
  routes = accessTable(app).map(({ method, path }) => `${method} ${path}`);
  app.onError((error, c) => {
    fault = error;
    return onError(error, c);
  });
});
test.after(() => scene.world.close());

/** The parties that get furthest: the owner of the filing, and 主管 of its provider. */
const party = (route: string): Promise<Browser> => {
  const wanted = route.includes(" /console") ? "吴九" : "张三";
  return (scene.parties.find(({ name }) => name === wanted) as Scene["parties"][number]).browser();
};

/** What went wrong: the route and the first lines of the error, each once. */
const faults = new Map<string, string>();

function note(route: string, answer: Answer, sent: unknown): void {
  const error = fault instanceof Error ? (fault.stack ?? "") : "no error was caught";
  fault = undefined;
  if (answer.status < 500 || route === "GET /readyz") return;
  const place = error
    .split("\n")
    .filter((line) => !/node_modules|node:/.test(line))
    .slice(0, 4)
    .join("\n");
  faults.set(`${route} answered ${answer.status}\n${place}`, JSON.stringify(sent)?.slice(0, 300));
}

const assertNoFault = (): void =>
  assert.is(faults.size, 0, [...faults].map(([place, sent]) => `${place}\n    after ${sent}`).join("\n\n"));

/** States in which pages and actions differ most. */
const states = ["draft", "initial_review", "photo_due", "ready", "approved"] as const;

/** Signing out in the middle would leave nobody to ask for. */
const leaves = (route: string): boolean => /logout|password|account$/.test(route);

let requests = 0;
const fresh = (browser: Browser): Browser => {
  browser.address = `198.51.${(++requests >> 8) & 255}.${requests & 255}`;
  return browser;
};

type Fields = Record<string, string | string[] | File>;

/** What the form at this address sends of itself, such as the version that it was drawn from. */
async function hiddenOf(browser: Browser, address: string): Promise<Fields> {
  const { text } = await browser.get(address);
  const inputs = text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name = "", value = ""]) => [name, value]));
}

test("no odd address is a fault of ours", async () => {
  const dice = random(1);
  for (const route of routes.filter((one) => one.startsWith("GET ")))
    for (let round = 0; round < 4; round++) {
      const words = { ...scene.words };
      const parts = [...route.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
      if (round % 2 === 0 && parts.length > 0)
        words[dice.of(parts)] = encodeURIComponent(dice.of(oddTexts).slice(0, 800));
      const query = queryNames().flatMap((name) =>
        dice.below(3) === 0 ? [`${name}=${encodeURIComponent(dice.of(oddTexts).slice(0, 800))}`] : [],
      );
      const address = `${addressOf(route, { who: "" }, words)}?${query.join("&")}`;
      const answer = await fresh(await party(route)).get(address);
      note(route, answer, address);
    }
  assertNoFault();
});

test("no odd form is a fault of ours", async () => {
  const dice = random(2);
  for (const route of routes.filter((one) => one.startsWith("POST ") && !leaves(one)))
    for (let round = 0; round < 8; round++) {
      await become(scene.world, scene.filing, dice.of(states));
      const browser = fresh(await party(route));
      const words = { ...scene.words };
      const parts = [...route.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
      if (round % 4 === 3 && parts.length > 0)
        words[dice.of(parts)] = encodeURIComponent(dice.of(oddTexts).slice(0, 800));
      const query =
        round % 3 === 0
          ? `?section=${encodeURIComponent(dice.of(oddTexts).slice(0, 100))}`
          : `?section=${words.subject}`;
      const address = addressOf(route, { who: "" }, words) + query;
      const fields = round % 2 === 0 ? await hiddenOf(browser, address) : {};
      for (const name of names.filter(() => dice.below(3) === 0))
        if (!(name in fields))
          fields[name] = dice.below(6) === 0 ? [dice.of(oddTexts), dice.of(oddTexts)] : dice.of(oddTexts);
      if (round % 5 === 4) fields[dice.of(names)] = new File([dice.of(oddTexts)], "a\u0000.jpg");
      fields.csrf = await tokenFor(browser, address);
      note(route, await browser.post(address, fields), fields);
    }
  assertNoFault();
});

/** Bodies that are not what their header says; each with the token where one can be put. */
const broken: readonly [type: string | undefined, body: (csrf: string) => BodyInit][] = [
  ["multipart/form-data", () => "no boundary"],
  ["multipart/form-data; boundary=x", () => "--x\r\nContent-Disposition: form-data; name="],
  [
    "multipart/form-data; boundary=x",
    (csrf) => `--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${csrf}`,
  ],
  ["application/json", (csrf) => JSON.stringify({ csrf, act: { a: 1 } })],
  [
    "application/x-www-form-urlencoded",
    (csrf) => `csrf=${csrf}&act=%ed%a0%80&body=%ff%fe&login=%c0%80&%=%&=&a[b]=1`,
  ],
  ["application/x-www-form-urlencoded; charset=gbk", (csrf) => `csrf=${csrf}&csrf=&login=a&login=b`],
  ["text/plain", () => "\u0000".repeat(100)],
  [undefined, () => new Uint8Array([0, 255, 254, 0])],
];

test("a word that every object knows finds no text of ours", async () => {
  for (const address of [
    "/login?after=constructor",
    "/console/account?changed=toString",
    "/login?after=__proto__",
  ]) {
    const { status, text } = await fresh(await party(` ${address}`)).get(address);
    assert.ok(status < 400, address);
    assert.not.match(text, /native code|object Object/, address);
  }
});

test("a body that is not what its header says is refused", async () => {
  for (const route of [
    "POST /login",
    "POST /filings/new",
    "POST /filings/:id/messages",
    "POST /console/queue/next",
  ])
    for (const [type, body] of broken) {
      const browser = fresh(await party(route));
      const address = addressOf(route, { who: "" }, scene.words);
      const csrf = encodeURIComponent(await tokenFor(browser, address));
      const headers: Record<string, string> = { origin: `https://${browser.host}` };
      if (type) headers["content-type"] = type;
      const answer = await browser.request(address, { method: "POST", body: body(csrf), headers });
      note(route, answer, [type, String(body("…"))]);
      if (type?.startsWith("multipart")) assert.ok([400, 403].includes(answer.status), `${answer.status}`);
    }
  assertNoFault();
});

test("only the forms of pictures take more than a form of words", async () => {
  const browser = await party("POST /filings/new");
  const csrf = await tokenFor(browser, "/filings/new");
  const form = { csrf, requestId: "", body: "x", picture: new File([new Uint8Array(300 * 1024)], "a.jpg") };
  assert.is((await browser.post(`/filings/${scene.filing.number}/messages`, form)).status, 413);
  assert.is(
    (await browser.post(`/filings/${scene.filing.number}/materials/form?section=1`, form)).status,
    422,
  );
});

test.run();
