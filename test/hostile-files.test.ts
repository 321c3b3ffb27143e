import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sharp } from "../src/documents/engine.ts";
import { newId } from "../src/lib/ids.ts";
import { currentMaterials } from "../src/models/material/rows.ts";
import { type Answer, type Browser, testWorld, type World } from "./support/app.ts";
import { registrantNamed } from "./support/filings.ts";
import { type Hostile, hostileFiles } from "./support/hostile-files.ts";
import { draftWithPlaces, prepareAll } from "./support/materials.ts";
import { asFile, smallPhoto } from "./support/photos.ts";

type Shared = { world: World; zhang: Browser; files: Record<string, Hostile> };

const test = suite<Shared>("a file that means no good");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
  context.files = await hostileFiles();
});
test.after(({ world }) => world.close());

/** Most memory that all of them together may take over what the process had, in bytes. */
const MOST_MEMORY = 400e6;

/** What a person is told: that it was not taken and why, or that it could not be prepared. */
const SENTENCE = /没有收下“[^”]*”：[^<]{6,}|处理失败，请重新上传/;

/** The part of the page that belongs to the slot. */
const slotIn = (html: string): string => /<li id="m-certificate-.*?<\/li>/s.exec(html)?.[0] ?? "";

/** 张三's draft, a way to send to its first slot, and what is shown of it once the worker is through. */
async function opened({ world, zhang }: Shared) {
  const { filing, subject } = await draftWithPlaces(world, registrantNamed(world.people, "张三"));
  const path = `/filings/${filing.number}/materials`;
  await zhang.get(path);
  const send = (file: File) =>
    zhang.post(`${path}/certificate?section=${subject}`, { picture: file, requestId: newId() });
  const served = (copy: string) => zhang.get(`${path}/certificate/${copy}?section=${subject}`);
  const current = async () => (await currentMaterials(world.db, filing.id))[0];
  return { filing, subject, path, send, served, current };
}

/** A copy of ours: a JPEG without a word of what was sent, which no browser takes for anything else. */
async function isOurs(answer: Answer, { bytes }: Hostile): Promise<void> {
  assert.is(answer.headers.get("content-type"), "image/jpeg");
  assert.is(answer.headers.get("x-content-type-options"), "nosniff");
  assert.match(answer.headers.get("content-security-policy") ?? "", "sandbox");
  assert.not.ok(answer.bytes.equals(bytes));
  assert.not.match(answer.bytes.toString("latin1"), /script|<\?php|evil|<!doctype|Exif|ICC_PROFILE|xmpmeta/i);
  const { format, space, depth, pages } = await sharp(answer.bytes).metadata();
  assert.equal([format, space, depth, pages], ["jpeg", "srgb", "uchar", undefined]);
}

test("is refused with a sentence or made anew, whichever it is, and the process goes on with little memory", async (shared) => {
  const { world, zhang, files } = shared;
  const { filing, path, send, served, current } = await opened(shared);
  assert.ok(Object.keys(files).length >= 50);
  let peak = 0;
  const idle = process.memoryUsage.rss();
  const outcomes: Record<string, number> = {};
  for (const [what, file] of Object.entries(files)) {
    const before = (await current())?.id;
    const answer = await send(asFile(file.bytes, file.name ?? "IMG_1.jpg"));
    assert.ok([303, 413, 422].includes(answer.status), `${what}: ${answer.status}`);
    if (answer.status !== 303) {
      assert.match(slotIn(answer.text), SENTENCE, what);
      assert.not.match(answer.text, /<img src=x|<script>alert/, what);
      assert.is((await current())?.id, before, what);
    } else {
      await prepareAll(world, filing);
      const material = await current();
      assert.ok(material && material.id !== before && material.originalFile === null, what);
      if (material.state === "ready")
        for (const copy of ["full", "thumbnail"]) await isOurs(await served(copy), file);
      else {
        assert.match(slotIn((await zhang.get(path)).text), SENTENCE, what);
        assert.is((await served("full")).status, 404, what);
      }
      outcomes[material.state] = (outcomes[material.state] ?? 0) + 1;
    }
    peak = Math.max(peak, process.memoryUsage.rss() - idle);
  }
  assert.ok((outcomes.ready ?? 0) > 10 && (outcomes.failed ?? 0) > 5, JSON.stringify(outcomes));
  assert.ok(peak < MOST_MEMORY, `${Math.round(peak / 1e6)} MB`);
  assert.is((await zhang.get(path)).status, 200);
  await send(asFile(await smallPhoto()));
  await prepareAll(world, filing);
  assert.is((await current())?.state, "ready");
});

const BOUNDARY = "x-y-z";

/** One part of a form as it stands on the wire. */
const part = (head: string, body: Buffer | string): Buffer =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\n${head}\r\n\r\n`),
    Buffer.from(body as string),
    Buffer.from("\r\n"),
  ]);

const disposition = (name: string, more = ""): string =>
  `Content-Disposition: form-data; name="${name}"${more}`;

/** Forms that break the rules of multipart (RFC 7578), around a good picture. */
const forms: Record<string, (token: Buffer, picture: Buffer) => Buffer> = {
  "that ends in the middle of its picture": (token, picture) =>
    Buffer.concat([token, part(disposition("picture", '; filename="a.jpg"'), picture).subarray(0, 700)]),
  "without an end": (token, picture) =>
    Buffer.concat([token, part(disposition("picture", '; filename="a.jpg"'), picture)]),
  "whose picture comes as words": (token, picture) =>
    Buffer.concat([token, part(disposition("picture"), picture), Buffer.from(`--${BOUNDARY}--\r\n`)]),
  "with three hundred pictures": (token, picture) =>
    Buffer.concat([
      token,
      ...Array.from({ length: 300 }, () => part(disposition("picture", '; filename="a.jpg"'), picture)),
      Buffer.from(`--${BOUNDARY}--\r\n`),
    ]),
  "with a page under two names and a type of its own": (token) =>
    Buffer.concat([
      token,
      part(
        `${disposition("picture", `; filename="a.jpg"; filename*=UTF-8''a.html`)}\r\nContent-Type: text/html`,
        "<script>1</script>",
      ),
      Buffer.from(`--${BOUNDARY}--\r\n`),
    ]),
  "with a name of a prototype": (token) =>
    Buffer.concat([
      token,
      part(disposition("__proto__"), "x"),
      part(disposition("constructor"), "x"),
      Buffer.from(`--${BOUNDARY}--\r\n`),
    ]),
};

for (const [what, make] of Object.entries(forms))
  test(`is not taken in a form ${what}`, async (shared) => {
    const { world, zhang } = shared;
    const { filing, path, subject } = await opened(shared);
    const token = part(disposition("csrf"), zhang.token);
    const kept = world.files.kept.size;
    const answer = await zhang.request(`${path}/certificate?section=${subject}`, {
      method: "POST",
      body: new Uint8Array(make(token, await smallPhoto())),
      headers: {
        "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
        origin: `http://${zhang.host}`,
      },
    });
    assert.ok([303, 400, 403, 413, 422].includes(answer.status), String(answer.status));
    const rows = await currentMaterials(world.db, filing.id);
    // Two pictures are the two sides of a card; of more only the first two are looked at.
    assert.is(rows.length, answer.status === 303 ? 1 : 0);
    if (rows.length === 0) assert.is(world.files.kept.size, kept);
    assert.is((await zhang.get(path)).status, 200);
  });

test.run();
