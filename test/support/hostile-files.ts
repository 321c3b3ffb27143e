import { sharp } from "../../src/documents/engine.ts";
import * as bytesOf from "./hostile-bytes.ts";
import { pngBomb } from "./pictures.ts";

/** A file that means no good: its bytes, and the name it is sent under. */
export type Hostile = { bytes: Buffer; name?: string };

const SCRIPT = "<script>alert(document.cookie)</script>";
const MB = 1024 * 1024;

const plain = (format: "jpeg" | "png" | "webp" = "jpeg") =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: "#3a7" } })
    .toFormat(format)
    .toBuffer();
const grain = sharp({
  create: {
    width: 640,
    height: 480,
    channels: 3,
    background: "#888",
    noise: { type: "gaussian", mean: 128, sigma: 40 },
  },
});

const text = (words: string): Buffer => Buffer.from(words);
const cut = (bytes: Buffer, share: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * share));
const after = (bytes: Buffer, more: string | Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.from(more as string)]);
const exif = (words: string) => ({ IFD0: { ImageDescription: words, Artist: words, Copyright: words } });

/** More than sixty files by what they are, made of two picture formats and everything that is none. */
export async function hostileFiles(): Promise<Record<string, Hostile>> {
  const [jpeg, png, webp] = await Promise.all([plain(), plain("png"), plain("webp")]);
  const noisy = await grain.clone().jpeg().toBuffer();
  const progressive = await sharp(jpeg).jpeg({ progressive: true }).toBuffer();
  const made: Record<string, Buffer | Hostile> = {
    ...claims(jpeg, png, webp),
    ...(await oddities(jpeg, png, webp, progressive)),
    ...polyglots(jpeg, png, webp),
    ...truncated(noisy, await grain.clone().png().toBuffer(), await grain.clone().webp().toBuffer()),
    ...(await scripts(jpeg, png)),
    ...names(jpeg),
  };
  return Object.fromEntries(
    Object.entries(made).map(([what, one]) => [what, Buffer.isBuffer(one) ? { bytes: one } : one]),
  );
}

/** What says to be larger, or smaller, than it is. */
const claims = (jpeg: Buffer, png: Buffer, webp: Buffer): Record<string, Buffer> => ({
  "a PNG bomb of 900 million pixels": pngBomb(),
  "a PNG of 4 billion pixels each way": bytesOf.pngHead(0xffffffff, 0xffffffff),
  "a PNG without width": bytesOf.pngOf(0, 480),
  "a PNG that claims twice its pixels": Buffer.concat([bytesOf.pngHead(1280, 960), png.subarray(33)]),
  "a PNG just below the limit with no pixels": Buffer.concat([
    bytesOf.pngHead(8000, 6000),
    bytesOf.pngChunk("IEND", Buffer.alloc(0)),
  ]),
  "a PNG with 200 MB of compressed text": bytesOf.pngOf(640, 480, [bytesOf.pngTextBomb(200 * MB)]),
  "a JPEG of 65535 × 65535": bytesOf.jpegClaiming(jpeg, 65_535, 65_535),
  "a JPEG of 8000 × 6000 with the data of 640 × 480": bytesOf.jpegClaiming(jpeg, 8000, 6000),
  "a JPEG without height": bytesOf.jpegClaiming(jpeg, 640, 0),
  "a WebP of 16383 × 16383": bytesOf.webpClaiming(webp, 16_383, 16_383),
  "a WebP that claims 16 million pixels each way": bytesOf.webpClaiming(webp, 16_777_216, 16_777_216),
  "a WebP longer than it is": Buffer.concat([
    webp.subarray(0, 4),
    Buffer.from([0xff, 0xff, 0xff, 0x7f]),
    webp.subarray(8),
  ]),
  "a picture of one pixel": bytesOf.pngOf(1, 1),
  "a line of 50,000 pixels": bytesOf.pngOf(50_000, 1),
});

/** Kinds of picture that decoders get wrong. */
async function oddities(
  jpeg: Buffer,
  png: Buffer,
  webp: Buffer,
  progressive: Buffer,
): Promise<Record<string, Buffer>> {
  const cmyk = await sharp(jpeg).toColourspace("cmyk").jpeg().toBuffer();
  const frames = await Promise.all(
    ["#f00", "#0f0", "#00f"].map((background) =>
      sharp({ create: { width: 400, height: 320, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const tagged = bytesOf.jpegWith(cmyk, 0xee, Buffer.from("Adobe\0\x64\0\0\0\0\x02", "latin1"));
  return {
    "a CMYK JPEG": cmyk,
    "a YCCK JPEG": tagged,
    "a JPEG whose Adobe marker lies": bytesOf.jpegWith(
      jpeg,
      0xee,
      Buffer.from("Adobe\0\x64\0\0\0\0\x02", "latin1"),
    ),
    "a 16-bit PNG": bytesOf.pngOf(640, 480, [], 16),
    "a progressive JPEG of 3,000 scans": bytesOf.jpegOfScans(progressive, 3000),
    "a moving WebP": await sharp(frames, { join: { animated: true } })
      .webp({ delay: [50, 50, 50] })
      .toBuffer(),
    "a moving PNG": Buffer.concat([
      png.subarray(0, 33),
      bytesOf.pngChunk("acTL", Buffer.from([0, 0, 0, 9, 0, 0, 0, 0])),
      png.subarray(33),
    ]),
    "a WebP that says it moves and does not": bytesOf.webpClaiming(webp, 640, 480, 0x02),
    "a PNG with a palette it has not": Buffer.concat([bytesOf.pngHead(640, 480, 8, 3), png.subarray(33)]),
    "a JPEG with an orientation of 99": await sharp(jpeg)
      .withExif({ IFD0: { Orientation: "99" } })
      .toBuffer(),
  };
}

/** Two kinds of file in one. */
const polyglots = (jpeg: Buffer, png: Buffer, webp: Buffer): Record<string, Buffer> => ({
  "a GIF that is a script": text(`GIF89a/*${" ".repeat(400)}*/=1;alert(1)`),
  "a JPEG with a page behind it": after(jpeg, `<!doctype html>${SCRIPT}`),
  "a JPEG with an archive behind it": after(jpeg, "PK\x03\x04evil.php"),
  "a PNG with PHP behind it": after(png, "<?php system($_GET['c']); ?>"),
  "a WebP with a page behind it": after(webp, SCRIPT),
  "an archive with a JPEG in it": Buffer.concat([text("PK\x03\x04"), jpeg]),
  "a PDF with a JPEG in it": Buffer.concat([text("%PDF-1.7\n"), jpeg]),
  "a page that begins like a comment": text(`<!-- \xff\xd8\xff -->${SCRIPT}`),
  "an SVG with a script": text(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${SCRIPT}</svg>`),
  "an SVG that reads a file": text(
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>`,
  ),
  "an SVG of a billion laughs": text(
    `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>`,
  ),
  "an SVG in compressed clothes": Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
  "a script that draws (ImageMagick MVG)": text(
    "push graphic-context\nfill 'url(https://example.com/\"|ls \")'",
  ),
  "a playlist for FFmpeg": text("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd"),
  "two JPEG in a row": Buffer.concat([jpeg, jpeg]),
});

/** What did not come whole, or is nothing. */
const truncated = (jpeg: Buffer, png: Buffer, webp: Buffer): Record<string, Buffer> => ({
  "nothing at all": Buffer.alloc(0),
  "one byte": Buffer.from([0xff]),
  "the beginning of a JPEG alone": jpeg.subarray(0, 3),
  "a tenth of a JPEG": cut(jpeg, 0.1),
  "nine tenths of a JPEG": cut(jpeg, 0.9),
  "half of a JPEG with an end set behind it": Buffer.concat([cut(jpeg, 0.5), Buffer.from([0xff, 0xd9])]),
  "a third of a PNG": cut(png, 0.33),
  "half of a PNG with an end set behind it": Buffer.concat([
    cut(png, 0.5),
    bytesOf.pngChunk("IEND", Buffer.alloc(0)),
  ]),
  "two thirds of a WebP": cut(webp, 0.66),
  "a JPEG of nothing but markers": Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(200_000, 0xff)]),
  "a megabyte of zeros": Buffer.alloc(MB),
  "one byte more than 20 MB": Buffer.concat([jpeg, Buffer.alloc(20 * MB + 1 - jpeg.length)]),
});

/** Words for other programs than a decoder. */
async function scripts(jpeg: Buffer, png: Buffer): Promise<Record<string, Buffer>> {
  const profile = Buffer.concat([Buffer.from("ICC_PROFILE\0\x01\x01", "latin1"), text(SCRIPT.repeat(20))]);
  return {
    "a script in the EXIF": await sharp(jpeg).withExif(exif(SCRIPT)).toBuffer(),
    "a script in the XMP": bytesOf.jpegWith(
      jpeg,
      0xe1,
      text(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${SCRIPT}</x:xmpmeta>`),
    ),
    "a script in the colour profile": bytesOf.jpegWith(jpeg, 0xe2, profile),
    "a script in the comment": bytesOf.jpegWith(jpeg, 0xfe, text(SCRIPT)),
    "PHP in the text of a PNG": Buffer.concat([
      png.subarray(0, 33),
      bytesOf.pngChunk("tEXt", text("Comment\0<?php system('id'); ?>")),
      png.subarray(33),
    ]),
  };
}

/** Good pictures under bad names. */
const names = (bytes: Buffer): Record<string, Hostile> => ({
  "a name with a path": { bytes, name: "../../../etc/cron.d/x.jpg" },
  "a name with a path of Windows": { bytes, name: "C:\\Windows\\x.jpg" },
  "a name that reads backwards": { bytes, name: "\u202egpj.exe" },
  "a name with a null character": { bytes, name: "x.php\0.jpg" },
  "a name that is a script": { bytes, name: "<img src=x onerror=alert(1)>.jpg" },
  "a name of 4,000 letters": { bytes, name: `${"长".repeat(4000)}.jpg` },
  "a JPEG that calls itself PHP": { bytes, name: "x.php" },
  "a name that splits the header": { bytes, name: 'x.jpg"\r\nContent-Type: text/html\r\n\r\n' },
});
