import { createCipheriv } from "node:crypto";
import { unzipSync, zipSync } from "fflate";
import iconv from "iconv-lite";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { notInGbk, PackagingFailed, pack, unpack, wrap } from "../../../src/gateways/bureau/index.ts";
import { contentHash, MAX_FILE_BYTES, type Wrapped } from "../../../src/gateways/bureau/packaging.ts";

const test = suite("the packaging of a data file");

const keys = { encryptAlgorithm: 1, aesKey: "0123456789ABCDEF", aesIv: "0102030405060708" };
const clear = { encryptAlgorithm: 0 };
const xml = '<?xml version="1.0" encoding="GBK"?>\n<a>杭州青山茶业有限公司</a>';

const file = (content: { beianInfo: string; beianInfoHash: string }, encryptAlgorithm = 0): Wrapped => ({
  ...content,
  encryptAlgorithm,
  hashAlgorithm: 0,
  compressionFormat: 0,
});

/** A file around any bytes, with the right hash. */
const around = (zip: Uint8Array): Wrapped => file(wrap(zip, clear));

const reasonOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof PackagingFailed) return error.reason;
    throw error;
  }
  return "none";
};

test("encrypts and hashes the published vector", () => {
  // printf 'zip bytes' | openssl enc -aes-128-cbc -K 3031…46 -iv 3031…38 | base64; openssl dgst -md5 -binary | base64
  const wrapped = wrap(Buffer.from("zip bytes", "ascii"), keys);
  assert.is(wrapped.beianInfo, "1PJdPMm0tmEZy07YV14Uxw==");
  assert.is(wrapped.beianInfoHash, "keOfFkkl6Lh1tlyBSXoBBg==");
});

test("comes back as it went, in clear and encrypted", () => {
  for (const account of [clear, keys]) {
    const packed = pack(xml, account, "Filing1.xml");
    const opened = unpack(file(packed, account.encryptAlgorithm), keys);
    assert.is(opened.xml, xml);
    assert.is(opened.entryName, "Filing1.xml");
    assert.equal(opened.zip, packed.zip);
  }
});

test("holds one deflated entry in GBK", () => {
  const { zip } = pack(xml, clear, "Filing1.xml");
  const entries = unzipSync(zip, { filter: ({ compression }) => compression === 8 });
  assert.equal(Object.keys(entries), ["Filing1.xml"]);
  assert.equal(Buffer.from(entries["Filing1.xml"]!), iconv.encode(xml, "gbk"));
});

test("hashes the zip before it is encrypted", () => {
  const packed = pack(xml, keys, "Filing1.xml");
  assert.is(packed.beianInfoHash, contentHash(packed.zip));
});

test("takes base64 with line breaks and blanks", () => {
  const packed = pack(xml, keys, "Filing1.xml");
  const broken = packed.beianInfo.replace(/.{20}/g, "$&\r\n ");
  assert.is(unpack(file({ ...packed, beianInfo: broken }, 1), keys).xml, xml);
});

test("goes by the algorithm numbers of the file, not by our settings", () => {
  const encrypted = pack(xml, keys, "Filing1.xml");
  const account = { ...keys, encryptAlgorithm: 0 };
  assert.is(unpack(file(encrypted, 1), account).xml, xml);
});

test("says which step failed", () => {
  const packed = pack(xml, keys, "Filing1.xml");
  assert.is(
    reasonOf(() => unpack(file({ ...packed, beianInfo: "§§" }, 1), keys)),
    "base64",
  );
  assert.is(
    reasonOf(() => unpack(file({ ...packed, beianInfo: "" }, 1), keys)),
    "base64",
  );
  assert.is(
    reasonOf(() => unpack(file({ ...packed, beianInfo: "AAAA" }, 1), keys)),
    "decryption",
  );
  assert.is(
    reasonOf(() => unpack(file(packed, 1), { aesKey: "short", aesIv: keys.aesIv })),
    "key",
  );
  assert.is(
    reasonOf(() => unpack(file({ ...packed, beianInfoHash: "AAAA" }, 1), keys)),
    "hash",
  );
  assert.is(
    reasonOf(() => unpack(file(packed, 0), keys)),
    "hash",
  );
  assert.is(
    reasonOf(() => unpack(file(packed, 7), keys)),
    "algorithm",
  );
  assert.is(
    reasonOf(() => unpack({ ...file(packed, 1), hashAlgorithm: 3 }, keys)),
    "algorithm",
  );
  assert.is(
    reasonOf(() => unpack({ ...file(packed, 1), compressionFormat: 1 }, keys)),
    "algorithm",
  );
  assert.is(
    reasonOf(() => unpack(around(Buffer.from("no zip at all")), keys)),
    "zip",
  );
  const cut = packed.zip.subarray(0, packed.zip.length - 30);
  assert.is(
    reasonOf(() => unpack(around(cut), keys)),
    "zip",
  );
});

test("refuses two files in one zip, and none", () => {
  const bytes = Buffer.from("<a/>");
  assert.is(
    reasonOf(() => unpack(around(zipSync({ a: bytes, b: bytes })), keys)),
    "file_count",
  );
  assert.is(
    reasonOf(() => unpack(around(zipSync({})), keys)),
    "file_count",
  );
});

test("refuses a bomb by the size it states, and more than 50 MB on the way out", () => {
  const bomb = zipSync({ "a.xml": new Uint8Array(MAX_FILE_BYTES + 1) });
  assert.ok(bomb.length < 100_000);
  assert.is(
    reasonOf(() => unpack(around(bomb), keys)),
    "too_large",
  );
  const long = `<a>${"b".repeat(MAX_FILE_BYTES)}</a>`;
  assert.is(
    reasonOf(() => pack(long, clear, "Long.xml")),
    "too_large",
  );
});

/** A zip whose directory states another size than the entry has. */
const lying = (content: Uint8Array, stated: number): Buffer => {
  const zip = Buffer.from(zipSync({ "a.xml": content }));
  const directory = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  zip.writeUInt32LE(stated, directory + 24);
  return zip;
};

test("refuses a file that is not of the size it states", () => {
  for (const stated of [10, 4_999_999, 5_000_001])
    assert.is(
      reasonOf(() => unpack(around(lying(new Uint8Array(5_000_000), stated)), keys)),
      "zip",
    );
});

test("stops inflating a bomb that states little as soon as it is too much", () => {
  assert.is(
    reasonOf(() => unpack(around(lying(new Uint8Array(MAX_FILE_BYTES + 1), 1024)), keys)),
    "too_large",
  );
});

test("takes a directory that points anywhere for a broken zip", () => {
  const zip = Buffer.from(zipSync({ "a.xml": Buffer.from("<a/>") }));
  const directory = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  for (const [at, value] of [
    [directory + 42, 0xfffffff0],
    [directory + 20, 0x7fffffff],
    [directory + 10, 99],
    [zip.length - 6, 0xffffff00],
  ] as const) {
    const broken = Buffer.from(zip);
    broken.writeUInt32LE(value, at);
    assert.is(
      reasonOf(() => unpack(around(broken), keys)),
      "zip",
    );
  }
});

test("refuses bytes that are not GBK", () => {
  const bad = zipSync({ "a.xml": Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xff, 0x3c]) });
  assert.is(
    reasonOf(() => unpack(around(bad), keys)),
    "encoding",
  );
});

test("refuses what GBK cannot carry instead of sending a question mark", () => {
  assert.equal(notInGbk("𠮷野家€ 备案?"), ["𠮷", "€"]);
  assert.equal(notInGbk("镕堃玥喆·（）“”—…①"), []);
  assert.is(
    reasonOf(() => pack("<a>𠮷</a>", clear, "A.xml")),
    "encoding",
  );
});

test("takes names of letters and digits alone", () => {
  for (const name of ["a b.xml", "备案.xml", "../a.xml", `${"a".repeat(125)}.xml`, "", "a_1.xml"]) {
    assert.is(
      reasonOf(() => pack(xml, clear, name)),
      "file_name",
      name,
    );
  }
  assert.is(
    reasonOf(() => pack(xml, clear, `${"a".repeat(124)}.xml`)),
    "none",
  );
});

test("chooses the cipher by the length of the key", () => {
  const aesKey = "0123456789ABCDEF0123456789ABCDEF";
  const cipher = createCipheriv("aes-256-cbc", aesKey, keys.aesIv);
  const expected = Buffer.concat([cipher.update("zip bytes"), cipher.final()]).toString("base64");
  assert.is(wrap(Buffer.from("zip bytes"), { ...keys, aesKey }).beianInfo, expected);
});

test("tells neither key nor content in its errors", () => {
  try {
    unpack(file(pack(xml, keys, "A.xml"), 1), { aesKey: "geheimgeheimgehe", aesIv: "0102030405060708" });
    assert.unreachable();
  } catch (error) {
    assert.not.match(String(error), /geheim|青山/);
  }
});

test.run();
