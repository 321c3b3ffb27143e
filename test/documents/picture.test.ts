import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sharp } from "../../src/documents/engine.ts";
import {
  BUREAU_LIMIT,
  inspectPicture,
  type PreparedPicture,
  type PrepareOptions,
  preparePicture,
} from "../../src/documents/picture.ts";
import { isPictureProblem } from "../../src/documents/picture-problem.ts";
import { formPicture, phonePhoto, pngBomb } from "../support/pictures.ts";

const test = suite("a picture made ready");

/** What a verification form (核验单) may weigh: 150 KB of base64. */
const FORM_LIMIT = 110 * 1024;

async function prepared(bytes: Uint8Array, options?: PrepareOptions): Promise<PreparedPicture> {
  const result = await preparePicture(bytes, options);
  if (isPictureProblem(result)) throw new Error(`it was refused: ${result.code}`);
  return result;
}

/** Held upright, and grainy. */
const twelveMegapixels = phonePhoto({ noise: 12 });

const copiesOf = ({ full, bureau, thumbnail }: PreparedPicture) => [full, bureau, thumbnail];

/** A picture as 16 × 16 greys, to compare what two files show. */
const greys = (picture: Uint8Array): Promise<Buffer> =>
  sharp(picture).resize(16, 16, { fit: "fill" }).greyscale().raw().toBuffer();

async function difference(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [first, second] = await Promise.all([greys(one), greys(other)]);
  return first.reduce((sum, grey, index) => sum + Math.abs(grey - (second[index] ?? 0)), 0) / first.length;
}

/** How sharp the letters stand: the mean step from a pixel to its neighbour, at a given size. */
async function edges(picture: Uint8Array, width: number, height: number): Promise<number> {
  const pixels = await sharp(picture).resize(width, height, { fit: "fill" }).greyscale().raw().toBuffer();
  let sum = 0;
  for (let at = 1; at < pixels.length; at += 1) sum += Math.abs((pixels[at] ?? 0) - (pixels[at - 1] ?? 0));
  return sum / pixels.length;
}

const flat = (channels: 3 | 4, background: { r: number; g: number; b: number; alpha?: number }) =>
  sharp({ create: { width: 640, height: 480, channels, background } });

const pixelOf = async (picture: Uint8Array): Promise<number[]> => [
  ...(await sharp(picture).extract({ left: 5, top: 5, width: 1, height: 1 }).raw().toBuffer()),
];

test("of 12 megapixels, taken with the phone upright, stands upright in all three copies", async () => {
  const photo = await twelveMegapixels;
  assert.equal(inspectPicture(photo), { kind: "jpeg", width: 4000, height: 3000 });
  const ready = await prepared(photo);
  assert.equal([ready.width, ready.height], [3000, 4000]);
  const seen = await sharp(photo).autoOrient().png().toBuffer();
  for (const copy of copiesOf(ready)) {
    const { format, width, height, orientation } = await sharp(copy).metadata();
    assert.is(format, "jpeg");
    assert.is(orientation, undefined);
    assert.ok(height > width);
    assert.ok((await difference(copy, seen)) < 4);
  }
});

test("looks the same whichever of the eight ways the camera was held", async () => {
  const seen = await prepared(await phonePhoto({ orientation: 1, megapixels: 1, noise: 0 }));
  for (const orientation of [2, 3, 4, 5, 6, 7, 8]) {
    const ready = await prepared(await phonePhoto({ orientation, megapixels: 1, noise: 0 }));
    assert.equal([ready.width, ready.height], [seen.width, seen.height]);
    for (const copy of copiesOf(ready)) {
      assert.ok((await difference(copy, seen.full)) < 4, `orientation ${orientation}`);
    }
  }
});

test("carries no place, no camera and no profile any more", async () => {
  const photo = await phonePhoto({ megapixels: 2 });
  assert.ok((await sharp(photo).metadata()).exif, "the photo itself has an EXIF block");
  for (const copy of copiesOf(await prepared(photo))) {
    const { exif, icc, xmp, iptc } = await sharp(copy).metadata();
    assert.equal(
      { exif, icc, xmp, iptc },
      { exif: undefined, icc: undefined, xmp: undefined, iptc: undefined },
    );
    // In the picture itself three letters in a row come by chance, now and then.
    assert.not.match(copy.toString("latin1"), /Exif\0|GPSL|OpenBeian|ICC_PROFILE/);
  }
});

test("keeps each copy below its limit and the letters legible", async () => {
  const photo = await twelveMegapixels;
  for (const limitBytes of [BUREAU_LIMIT, FORM_LIMIT]) {
    const { bureau, full, thumbnail } = await prepared(photo, { limitBytes });
    const { width, height } = await sharp(bureau).metadata();
    assert.ok(bureau.length <= limitBytes && bureau.length > limitBytes * 0.6, `${bureau.length} bytes`);
    assert.ok(thumbnail.length <= 12 * 1024, `${thumbnail.length} bytes`);
    assert.ok(Math.max(width, height) >= 1000, `${width} × ${height}`);
    const kept = (await edges(bureau, width, height)) / (await edges(full, width, height));
    assert.ok(kept > 0.75, `${kept} of the edges are left`);
  }
});

test("fits its limit even when it is nothing but noise", async () => {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 80 };
  const photo = await sharp({ create: { width: 2000, height: 1500, channels: 3, background: "#fff", noise } })
    .jpeg()
    .toBuffer();
  for (const limitBytes of [BUREAU_LIMIT, 20 * 1024]) {
    const { bureau, thumbnail } = await prepared(photo, { limitBytes });
    assert.ok(bureau.length <= limitBytes, `${bureau.length} bytes`);
    assert.ok(thumbnail.length <= 12 * 1024, `${thumbnail.length} bytes`);
  }
});

test("gets more pixels for the bureau when a clean page leaves room", async () => {
  const page = await sharp(await formPicture())
    .resize(3000)
    .png()
    .toBuffer();
  const { bureau } = await prepared(page, { limitBytes: FORM_LIMIT });
  const { height } = await sharp(bureau).metadata();
  assert.ok(height > 1280, `${height} pixels high`);
  assert.ok(bureau.length <= FORM_LIMIT);
});

test("is never enlarged", async () => {
  const ready = await prepared(await flat(3, { r: 9, g: 99, b: 200 }).png().toBuffer());
  for (const copy of [ready.full, ready.bureau]) assert.is((await sharp(copy).metadata()).width, 640);
});

test("shows white where a PNG is transparent", async () => {
  const { full, bureau } = await prepared(await flat(4, { r: 200, g: 0, b: 0, alpha: 0 }).png().toBuffer());
  assert.equal(await pixelOf(full), [255, 255, 255]);
  assert.equal(await pixelOf(bureau), [255, 255, 255]);
});

test("becomes sRGB from CMYK, from 16 bits and from grey", async () => {
  const colour = flat(3, { r: 60, g: 120, b: 60 });
  const sources = [
    await colour.clone().toColourspace("cmyk").jpeg().toBuffer(),
    await colour.clone().toColourspace("rgb16").png().toBuffer(),
    await colour.clone().greyscale().jpeg().toBuffer(),
  ];
  for (const source of sources) {
    for (const copy of copiesOf(await prepared(source))) {
      const { space, channels, depth } = await sharp(copy).metadata();
      assert.equal({ space, channels, depth }, { space: "srgb", channels: 3, depth: "uchar" });
      const [, green = 0] = await pixelOf(copy);
      assert.ok(Math.abs(green - 110) < 30, `green is ${green}`);
    }
  }
});

test("of a moving WebP is its first frame", async () => {
  const frames = [flat(3, { r: 250, g: 250, b: 250 }), flat(3, { r: 0, g: 0, b: 0 })];
  const files = await Promise.all(frames.map((frame) => frame.png().toBuffer()));
  const { full, width, height } = await prepared(
    await sharp(files, { join: { animated: true } })
      .webp()
      .toBuffer(),
  );
  assert.equal([width, height], [640, 480]);
  assert.ok(((await pixelOf(full))[0] ?? 0) > 240);
});

test("turns by hand, also from its own full copy", async () => {
  const ready = await prepared(await phonePhoto({ megapixels: 1 }), { quarterTurns: 1 });
  assert.ok(ready.width > ready.height);
  const back = await prepared(ready.full, { quarterTurns: -1 });
  assert.ok(back.height > back.width);
  assert.ok((await difference(back.full, await sharp(ready.full).rotate(-90).toBuffer())) < 3);
});

test("does not come of a bomb, of a broken file or of another kind under a picture's name", async () => {
  const photo = await phonePhoto({ megapixels: 1 });
  const damaged = Buffer.from(await flat(3, { r: 1, g: 2, b: 3 }).png().toBuffer());
  damaged.fill(0, 60, 120);
  const files: Array<[Uint8Array, string]> = [
    [pngBomb(), "too-many-pixels"],
    [photo.subarray(0, photo.length / 2), "broken"],
    [Buffer.concat([photo.subarray(0, photo.length / 2), Buffer.from([0xff, 0xd9])]), "broken"],
    [damaged, "broken"],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'), "wrong-kind"],
    [Buffer.from("%PDF-1.4"), "wrong-kind"],
    [Buffer.from("PK\x03\x04"), "wrong-kind"],
    [Buffer.alloc(0), "empty"],
    [
      await sharp({ create: { width: 1, height: 1, channels: 3, background: "#fff" } })
        .png()
        .toBuffer(),
      "too-small",
    ],
  ];
  for (const [bytes, code] of files) {
    const result = await preparePicture(bytes);
    assert.ok(isPictureProblem(result), `expected ${code}`);
    assert.is(isPictureProblem(result) && result.code, code);
  }
});

test("waits its turn, and one refusal does not hold up the next", async () => {
  const photo = await phonePhoto({ megapixels: 1 });
  const results = await Promise.all([
    preparePicture(photo.subarray(0, 9000)),
    preparePicture(photo),
    preparePicture(photo),
  ]);
  assert.equal(
    results.map((result) => isPictureProblem(result)),
    [true, false, false],
  );
});

test.run();
