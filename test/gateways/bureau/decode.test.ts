import { suite } from "uvu";
import * as assert from "uvu/assert";
import { decodeFile } from "../../../src/gateways/bureau/decode.ts";
import { PackagingFailed } from "../../../src/gateways/bureau/errors.ts";
import { encodeGbk } from "../../../src/gateways/bureau/gbk.ts";
import { type Packed, pack } from "../../../src/gateways/bureau/packaging.ts";

const test = suite("a file of the interface in whatever shape somebody has it");

const XML = '<?xml version="1.0" encoding="GBK"?>\n<UploadData version="V.3.0"><A>青山茶业</A></UploadData>';
const keys = { aesKey: "0123456789ABCDEF", aesIv: "0102030405060708" };
const clear = pack(XML, { encryptAlgorithm: 0 }, "P1.xml");
const sealed = pack(XML, { ...keys, encryptAlgorithm: 1 }, "P1.xml");

const infos = ({ beianInfo, beianInfoHash }: Packed, encryptAlgorithm: number): Buffer =>
  Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<fileInfos><hashAlgorithm>0</hashAlgorithm><compressionFormat>0</compressionFormat><encryptAlgorithm>${encryptAlgorithm}</encryptAlgorithm><return_FileName>f</return_FileName><beianInfo>${beianInfo}</beianInfo><beianInfoHash>${beianInfoHash}</beianInfoHash></fileInfos>`,
  );

const reasonOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof PackagingFailed) return error.reason;
    throw error;
  }
  return "opened";
};

test("opens XML, a zip, base64 with and without a cipher, and an answer", () => {
  const shapes: [string, Buffer, string][] = [
    ["XML in GBK", encodeGbk(XML), ""],
    ["XML that says UTF-8", Buffer.from(XML.replace("GBK", "UTF-8")), ""],
    ["a zip", clear.zip, "P1.xml"],
    ["base64 of a zip", Buffer.from(clear.beianInfo), "P1.xml"],
    ["base64 in lines", Buffer.from(clear.beianInfo.replace(/(.{20})/g, "$1\r\n")), "P1.xml"],
    ["base64 of a cipher", Buffer.from(sealed.beianInfo), "P1.xml"],
    ["an answer in clear", infos(clear, 0), "P1.xml"],
    ["an encrypted answer", infos(sealed, 1), "P1.xml"],
    [
      "a whole answer",
      Buffer.from(`<return><msg_code>0</msg_code>${String(infos(sealed, 1)).slice(39)}</return>`),
      "P1.xml",
    ],
  ];
  for (const [name, bytes, entryName] of shapes) {
    const found = decodeFile(bytes, keys);
    assert.is(found.entryName, entryName, name);
    assert.match(found.xml, "<A>青山茶业</A>", name);
  }
});

test("says why something cannot be opened", () => {
  assert.is(
    reasonOf(() => decodeFile(Buffer.from(sealed.beianInfo))),
    "key",
  );
  assert.is(
    reasonOf(() => decodeFile(infos(sealed, 1))),
    "key",
  );
  const wrong = { ...keys, aesKey: "FEDCBA9876543210" };
  assert.is(
    reasonOf(() => decodeFile(Buffer.from(sealed.beianInfo), wrong)),
    "decryption",
  );
  assert.is(
    reasonOf(() => decodeFile(infos({ ...clear, beianInfoHash: sealed.beianInfoHash.replace(/./, "A") }, 0))),
    "hash",
  );
  assert.is(
    reasonOf(() => decodeFile(clear.zip.subarray(0, 60))),
    "zip",
  );
  assert.is(
    reasonOf(() => decodeFile(Buffer.from("什么都不是"))),
    "base64",
  );
  assert.is(
    reasonOf(() => decodeFile(Buffer.alloc(0))),
    "base64",
  );
});

test.run();
