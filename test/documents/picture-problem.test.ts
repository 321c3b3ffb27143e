import { suite } from "uvu";
import * as assert from "uvu/assert";
import { inspectPicture } from "../../src/documents/picture.ts";
import {
  isPictureProblem,
  MAX_PICTURE_BYTES,
  pictureProblemText,
} from "../../src/documents/picture-problem.ts";
import { pngHeader } from "../support/pictures.ts";

const test = suite("a file that is not taken");

function sentence(bytes: Uint8Array): string {
  const result = inspectPicture(bytes);
  if (!isPictureProblem(result)) throw new Error("it was taken");
  return pictureProblemText(result);
}

test("is called empty when it is", () => {
  assert.is(sentence(Buffer.alloc(0)), "这个文件是空的，请重新选择图片");
});

test("is called what it is, with what to do", () => {
  assert.is(
    sentence(Buffer.from("%PDF-1.7 …")),
    "这是PDF文件，这里只收图片（JPG、PNG、WebP），请截图或拍照后再传",
  );
  assert.match(sentence(Buffer.from("\0\0\0\x18ftypheic", "latin1")), /^这是HEIC照片，.*“兼容性最佳”/);
  assert.match(sentence(Buffer.from("PK\x03\x04")), /^这是压缩文件，.*请解压后/);
  assert.match(sentence(Buffer.from("<svg/>")), /^这是SVG图片，|^这是XML文件，/);
  assert.match(sentence(Buffer.from("hello")), /^这个文件不是图片，/);
});

test("is refused by its pixels from the header alone, however few bytes follow", () => {
  const bomb = inspectPicture(pngHeader(30_000, 30_000));
  assert.equal(bomb, { code: "too-many-pixels", width: 30_000, height: 30_000 });
  assert.match(sentence(pngHeader(30_000, 30_000)), /^图片有30000×30000像素，太大了，/);
});

test("is refused when nobody could read it", () => {
  assert.is(sentence(pngHeader(1, 1)), "图片只有1×1像素，字会看不清，请换一张更大的，或者重新拍一张");
});

test("is refused above 20 MB, and its size is said", () => {
  const large = Buffer.concat([pngHeader(1000, 1000), Buffer.alloc(MAX_PICTURE_BYTES)]);
  assert.match(sentence(large), /^图片有21 MB，最大20 MB，/);
});

test("is refused when its header is cut off or its end is missing", () => {
  const whole = pngHeader(1000, 1000);
  for (const length of [8, 12, 20, 30]) {
    assert.equal(inspectPicture(whole.subarray(0, length)), { code: "broken" });
  }
  assert.equal(inspectPicture(Buffer.from("ffd8ffe000104a464946", "hex")), { code: "broken" });
  assert.equal(inspectPicture(Buffer.from("RIFF\xff\xff\0\0WEBPVP8 ", "latin1")), { code: "broken" });
});

test("never gets a sentence with an exclamation mark, a code or a path", () => {
  const files = ["", "%PDF", "GIF8", "hello", "\x89PNG\r\n\x1a\n"].map((text) => Buffer.from(text, "latin1"));
  for (const text of files.map(sentence)) assert.match(text, /^[^!！/\\_{}]+$/);
});

test.run();
