import { crc32, deflateSync } from "node:zlib";
import { demoPicture, photograph } from "../../src/demo/pictures/index.ts";

/** One chunk of a PNG (RFC 2083, section 3.2). */
function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A black-and-white PNG that claims a size; `data` is its compressed pixels. */
export function pngHeader(width: number, height: number, data = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The verification form (核验单) of 张三, as drawn. */
export const formPicture = (): Promise<Buffer> =>
  demoPicture("verificationForm", {
    ...{
      isp: "一号云计算有限公司",
      subject: "示例茶业（杭州）有限公司",
      site: "示例茶叶商城",
      domain: "tea-demo.cn",
    },
    ...{ person: "张三", identity: "330108199003077715", mobile: "13800005678", signedOn: "2026年11月18日" },
  });

/** A phone's photo of it: 12 megapixels, the phone held upright, which is orientation 6, with the place in the EXIF. */
export const phonePhoto = async (
  options: { orientation?: number; megapixels?: number; noise?: number } = {},
) => photograph(await formPicture(), { orientation: 6, ...options });

/** A bomb: a real PNG of 30,000 × 30,000 black pixels in 110 KB. */
export const pngBomb = (): Buffer =>
  pngHeader(30_000, 30_000, deflateSync(Buffer.alloc(30_000 * 3751), { level: 9 }));
