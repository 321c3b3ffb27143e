import { demoPicture, photograph } from "../../src/demo/pictures/index.ts";
import { sharp } from "../../src/documents/engine.ts";

/** Two invented people who look different, and their cards. */
export const zhang = {
  name: "张三",
  identity: "330108199003077715",
  address: "浙江省杭州市滨江区示例街道771号",
};
export const li = { name: "李四", identity: "110101198505053224", address: "北京市东城区示例胡同322号" };

export type Sitter = typeof zhang;

const taken = new Map<string, Promise<Buffer>>();

/** Takes each photo once. */
const once = (kind: string, sitter: Sitter, drawing: () => Promise<Buffer>): Promise<Buffer> => {
  const key = `${kind} ${sitter.name}`;
  const photo = taken.get(key) ?? drawing().then((picture) => photograph(picture, { megapixels: 3 }));
  taken.set(key, photo);
  return photo;
};

/** Their photo before the provider's curtain, and their card's front, as a phone takes them with three megapixels. */
export const curtainShot = (sitter: Sitter): Promise<Buffer> =>
  once("curtain", sitter, () =>
    demoPicture("curtainPhoto", {
      person: sitter.name,
      identity: sitter.identity,
      isp: "一号云计算有限公司",
    }),
  );
export const cardShot = (sitter: Sitter): Promise<Buffer> =>
  once("card", sitter, () => demoPicture("identityCardFront", sitter));

/** What people do to a photo before they use it again. */
export const copiesOf: Record<string, (photo: Buffer) => Promise<Buffer>> = {
  "turned to the left": (photo) => sharp(photo).rotate(270).jpeg().toBuffer(),
  "turned to the right": (photo) => sharp(photo).rotate(90).jpeg().toBuffer(),
  "turned upside down": (photo) => sharp(photo).rotate(180).jpeg().toBuffer(),
  shrunk: (photo) => sharp(photo).resize(800).jpeg({ quality: 60 }).toBuffer(),
  "saved with a low quality": (photo) => sharp(photo).jpeg({ quality: 20 }).toBuffer(),
  "saved as WebP": (photo) =>
    sharp(photo).resize(1600, 1600, { fit: "inside" }).webp({ quality: 50 }).toBuffer(),
  "made a little brighter": (photo) => sharp(photo).modulate({ brightness: 1.1 }).jpeg().toBuffer(),
  "made a little darker": (photo) => sharp(photo).modulate({ brightness: 0.85 }).jpeg().toBuffer(),
};
