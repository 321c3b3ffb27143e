import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createApp } from "../../../src/app.ts";
import { minifyCss } from "../../../src/lib/assets.ts";
import { newId } from "../../../src/lib/ids.ts";
import { projectPath } from "../../../src/lib/project.ts";
import { createLog } from "../../../src/log.ts";
import { endHandover } from "../../../src/models/handover/links.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { Browser, hosts, testWorld, type World } from "../../support/app.ts";
import { registrantNamed } from "../../support/filings.ts";
import { letLinksEnd, linkFor } from "../../support/handovers.ts";
import { draftWithPlaces, prepareAll } from "../../support/materials.ts";
import { asFile, photo, smallPhoto } from "../../support/photos.ts";

const test = suite<{ world: World }>("the page on the phone");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after((context) => context.world.close());

const zhang = ({ people }: World) => registrantNamed(people, "张三");

/** A link for a slot of 张三's draft, and a phone that nobody has used before. */
async function opened(world: World, slot = "certificate") {
  const { filing, subject, website } = await draftWithPlaces(world, zhang(world));
  const place = { slot, sectionId: slot === "form" ? website : subject };
  const path = `/u/${await linkFor(world, zhang(world), filing, place)}`;
  const target = { ...place, filingId: filing.id, supplementId: null };
  return { filing, place, path, target, phone: world.visitor() };
}

/** Sends what a phone sends. */
const send = (phone: Browser, path: string, fields: Record<string, string | File>) =>
  phone.post(path, { requestId: newId(), ...fields });

const one = async (shade?: number) => ({ picture: asFile(await smallPhoto(shade)) });

test("shows the slot, what it wants and whom to call, and nothing of anybody", async ({ world }) => {
  const { filing, path, phone } = await opened(world);
  const { status, text, headers } = await phone.get(path);
  assert.is(status, 200);
  assert.match(text, /<h1>\S*(证件|执照)\S*<\/h1>/);
  assert.match(text, "四个角都在画面里");
  assert.match(text, 'href="tel:');
  for (const secret of [filing.number, "张三", "zhangsan", "/filings", 'href="/"', "/login"])
    assert.not.match(text, secret);
  assert.is(headers.get("referrer-policy"), "strict-origin");
  assert.match(headers.get("x-robots-tag") ?? "", "noindex");
  assert.is(headers.get("cache-control"), "no-store");
  assert.is(phone.cookies.size, 0, "no cookie is needed");
});

test("is the same for somebody who is signed in, and for staff", async ({ world }) => {
  const { path } = await opened(world);
  for (const name of ["张三", "王五", "李四"] as const) {
    const browser = await world.signInAs(name);
    const { status, text } = await browser.get(path);
    assert.is(status, 200);
    assert.not.match(text, name);
    assert.is((await send(browser, path, await one())).status, 303, name);
  }
});

test("takes a photo without login or cookie, and says that one may go on at the computer", async ({
  world,
}) => {
  const { filing, path, phone } = await opened(world);
  await phone.get(path);
  const sent = await send(phone, path, { picture: asFile(await photo()) });
  assert.equal([sent.status, sent.location], [303, path]);
  const busy = await phone.get(path);
  assert.match(busy.text, "已上传，可以回到电脑上继续");
  assert.match(busy.text, 'hx-trigger="every 3s"');
  await prepareAll(world, filing);
  const done = await phone.get(path);
  assert.not.match(done.text, "hx-trigger");
  assert.match(done.text, "再传一次");
  const [material] = await currentMaterials(world.db, filing.id);
  assert.is(material?.state, "ready");
});

test("takes both sides of an identity card, and the day of a form", async ({ world }) => {
  const card = await opened(world, "leader");
  assert.match((await card.phone.get(card.path)).text, "国徽面");
  const both = { picture: asFile(await smallPhoto(90)), back: asFile(await smallPhoto(120)) };
  assert.is((await send(card.phone, card.path, both)).status, 303);
  await prepareAll(world, card.filing);
  assert.is((await currentMaterials(world.db, card.filing.id))[0]?.state, "ready");
  const form = await opened(world, "form");
  await form.phone.get(form.path);
  const late = await send(form.phone, form.path, { ...(await one()), formSignedOn: "2099-01-01" });
  assert.equal([late.status, /签字日期还没有到/.test(late.text)], [422, true]);
  assert.match(late.text, 'value="2099-01-01"');
});

const wrong: [string, () => Promise<Record<string, string | File>>, number, RegExp][] = [
  ["nothing", async () => ({ picture: new File([], "") }), 422, /还没有选择图片/],
  ["a PDF", async () => ({ picture: asFile(Buffer.from("%PDF-1.7"), "a.pdf") }), 422, /只收图片/],
  [
    "more than 20 MB",
    async () => ({ picture: asFile(Buffer.alloc(20 * 1024 * 1024 + 1, 0xff), "IMG_9.jpg") }),
    413,
    /图片超过了20 MB/,
  ],
];
for (const [what, make, status, words] of wrong)
  test(`says what to do about ${what}`, async ({ world }) => {
    const { filing, path, phone } = await opened(world);
    await phone.get(path);
    const answer = await send(phone, path, await make());
    assert.is(answer.status, status);
    assert.match(answer.text, words);
    assert.match(answer.text, /<title>有1处要改：/);
    assert.is((await currentMaterials(world.db, filing.id)).length, 0);
  });

test("answers unknown, expired, ended and another provider's links alike", async ({ world }) => {
  const plain = (text: string) => text.replaceAll(/[0-9a-f-]{36}/g, "");
  const unknown = await world.visitor().get(`/u/${"0".repeat(26)}`);
  const { path, target } = await opened(world);
  const far = await world.visitor(hosts.second).get(path);
  assert.is(far.status, 404);
  assert.match(far.text, "链接已经失效");
  await endHandover(world.store, zhang(world), target);
  const ended = await world.visitor().get(path);
  const late = await opened(world);
  await letLinksEnd(world);
  const expired = await world.visitor().get(late.path);
  for (const answer of [unknown, ended, expired]) {
    assert.is(answer.status, 404);
    assert.is(plain(answer.text), plain(unknown.text));
    assert.match(answer.text, "链接已经失效");
    assert.match(answer.text, "再用手机扫新的二维码");
    assert.not.match(answer.text, /<a [^>]*href="\//);
  }
});

test("holds on a host of no provider, and names the provider there", async ({ world }) => {
  const { path } = await opened(world);
  const { status, text } = await world.visitor(hosts.neutral).get(path);
  assert.is(status, 200);
  const [isp] = await world.db<
    { name: string }[]
  >`select name from isps where id = ${world.people.isps.first}`;
  assert.match(text, isp?.name ?? "?");
});

test("says what happened to a photo that came when the link had ended", async ({ world }) => {
  const { filing, path, phone } = await opened(world);
  await phone.get(path);
  await letLinksEnd(world);
  const answer = await send(phone, path, await one());
  assert.is(answer.status, 404);
  assert.match(answer.text, "刚才的照片没有传上去");
  assert.match(answer.text, "照片要重新选一次");
  assert.is((await currentMaterials(world.db, filing.id)).length, 0);
});

test("takes no form without the token of this very link, and none of another site", async ({ world }) => {
  const { filing, path, phone } = await opened(world);
  const other = await opened(world);
  await other.phone.get(other.path);
  const foreign = other.phone.token;
  await phone.get(path);
  for (const [fields, headers] of [
    [{ csrf: "" }, {}],
    [{ csrf: foreign }, {}],
    [{}, { "sec-fetch-site": "cross-site" }],
    [{}, { origin: "https://elsewhere.example" }],
  ] as [Record<string, string>, Record<string, string>][]) {
    const answer = await phone.post(path, { requestId: newId(), ...(await one()), ...fields }, headers);
    assert.is(answer.status, 403);
    assert.match(answer.text, "请用手机重新扫电脑上的二维码");
    await phone.get(path);
  }
  assert.is((await currentMaterials(world.db, filing.id)).length, 0);
});

test("holds back a network that guesses, and says nothing of links to it meanwhile", async ({ world }) => {
  const { path } = await opened(world);
  const guesser = world.visitor();
  guesser.address = "198.51.100.77";
  const answers: number[] = [];
  for (let at = 0; at < 35; at += 1)
    answers.push((await guesser.get(`/u/${String(at).padStart(26, "0")}`)).status);
  assert.is(answers[0], 404);
  assert.is(answers.at(-1), 429);
  assert.is((await guesser.get(path)).status, 429);
  assert.is((await world.visitor().get(path)).status, 200, "another network is not concerned");
});

test("reads nothing large from somebody without a link", async ({ world }) => {
  const large = { picture: asFile(Buffer.alloc(400 * 1024, 1)) };
  const phone = world.visitor();
  phone.last = '<input name="csrf" value="x">';
  assert.is((await phone.post(`/u/${"1".repeat(26)}`, large)).status, 404);
});

test("takes a file in parts, each link its own", async ({ world }) => {
  const { filing, path, phone } = await opened(world);
  const other = await opened(world);
  const bytes = await photo({ width: 800, height: 600 });
  const named = { name: "0123456789abcdef", size: String(bytes.length) };
  await phone.get(path);
  const half = Math.floor(bytes.length / 2);
  for (const [start, end] of [
    [0, half],
    [half, bytes.length],
  ] as const) {
    const part = asFile(bytes.subarray(start, end), "blob");
    const answer = await phone.post(`${path}/parts`, { ...named, start: String(start), part });
    assert.equal([answer.status, JSON.parse(answer.text)], [200, { received: end }]);
  }
  const stands = `${named.name}:${named.size}:IMG_1.jpg`;
  await other.phone.get(other.path);
  const stolen = await send(other.phone, other.path, { pictureUpload: stands });
  assert.equal([stolen.status, /图片没有传完整/.test(stolen.text)], [422, true]);
  await phone.get(path);
  assert.is((await send(phone, path, { pictureUpload: stands })).status, 303);
  assert.is((await currentMaterials(world.db, filing.id)).length, 1);
  await letLinksEnd(world);
  assert.is((await phone.post(`${path}/parts`, named)).status, 404);
});

test("leaves no code in the log or in the figures", async ({ world }) => {
  const lines: string[] = [];
  const log = createLog({ level: "trace", name: "test" }, { write: (line: string) => void lines.push(line) });
  const config = { ...world.config, metricsToken: "0123456789abcdef" };
  const app = createApp({ ...world.store, config, log, files: world.files, lookups: world.lookups });
  const phone = new Browser(app, hosts.first, config);
  const { path } = await opened(world);
  await phone.get(path);
  await send(phone, path, await one());
  await send(phone, path, { csrf: "wrong" });
  await phone.get(`${path}x`);
  await phone.get(path, { "hx-request": "true" });
  const figures = await phone.get("/metrics", { authorization: "Bearer 0123456789abcdef" });
  assert.is(figures.status, 200);
  assert.match(lines.join(""), "/u/:code");
  assert.not.match(lines.join("") + figures.text, path.slice(3));
});

test("weighs little, with the stylesheet", async ({ world }) => {
  const { path, phone } = await opened(world, "leader");
  const css = brotliCompressSync(minifyCss(readFileSync(projectPath("static/app.css"), "utf8")));
  const html = await phone.get(path, { "accept-encoding": "br" });
  assert.ok(html.bytes.length + css.length < 14_000, `${html.bytes.length} + ${css.length}`);
});

test.run();
