import { suite } from "uvu";
import * as assert from "uvu/assert";
import { pictureType } from "../../src/documents/picture-type.ts";

const test = suite("the type of a file, read from its bytes");

const nameOf = (bytes: string, encoding: BufferEncoding = "latin1") => {
  const type = pictureType(Buffer.from(bytes, encoding));
  return type.kind ?? type.name;
};

const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';

test("knows the three kinds that are taken", () => {
  assert.is(nameOf("\xff\xd8\xff\xe1rest"), "jpeg");
  assert.is(nameOf("\x89PNG\r\n\x1a\nrest"), "png");
  assert.is(nameOf("RIFF\x10\0\0\0WEBPVP8 "), "webp");
});

test("names the foreign kinds that people send, in Chinese", () => {
  assert.is(nameOf("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "HEIC照片");
  assert.is(nameOf("\0\0\0\x18ftypavif"), "AVIF图片");
  assert.is(nameOf("\0\0\0\x18ftypisom"), "视频文件");
  assert.is(nameOf("%PDF-1.7"), "PDF文件");
  assert.is(nameOf("GIF89a"), "GIF动图");
  assert.is(nameOf("II*\0\x08\0\0\0"), "TIFF图片");
  assert.is(nameOf("MM\0*\0\0\0\x08"), "TIFF图片");
  assert.is(nameOf("BM6\0\0\0"), "BMP图片");
  assert.is(nameOf("RIFF\x10\0\0\0WAVEfmt "), "音频或视频文件");
});

test("tells a plain archive from an office file, which is an archive too", () => {
  assert.is(nameOf("PK\x03\x04\x14\0\0\0\0\0photos/1.jpg"), "压缩文件");
  assert.is(nameOf("PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml"), "Word或Excel文件");
  assert.is(nameOf("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "Word或Excel文件");
});

test("finds an SVG behind a byte order mark, a declaration, comments and a doctype", () => {
  assert.is(nameOf(svg), "SVG图片");
  assert.is(nameOf(`\uFEFF<?xml version="1.0"?>\n<!-- <html> -->\n${svg}`, "utf8"), "SVG图片");
  assert.is(nameOf(`<!DOCTYPE svg PUBLIC "x" [<!ENTITY a "b">]>${svg}`), "SVG图片");
  assert.is(nameOf("<!doctype html><svg>"), "网页文件");
  assert.is(nameOf('<?xml version="1.0"?><note/>'), "XML文件");
});

test("knows nothing about bytes without a signature", () => {
  assert.is(nameOf("just some words"), null);
  assert.is(nameOf("\xff\xd8"), null);
});

test.run();
