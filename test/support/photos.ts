import sharp from "sharp";

type Wish = {
  width?: number;
  height?: number;
  format?: "jpeg" | "png" | "webp" | "gif" | "tiff";
  /** The EXIF orientation written into it, 1 to 8. */
  orientation?: number;
  /** Grain as of a camera: without it a large picture compresses to nothing. */
  grain?: boolean;
};

/** Dark lines on a page that lies on a table: something to read, of which up and down can be told apart. */
const page = (width: number, height: number): Buffer => {
  const lines = Array.from({ length: 24 }, (_, row) => {
    const y = Math.round((height * (row + 4)) / 32);
    return `<rect x="${width * 0.12}" y="${y}" width="${width * (0.3 + ((row * 7) % 5) / 10)}" height="${height / 90}"/>`;
  });
  const seal = `<circle cx="${width * 0.75}" cy="${height * 0.85}" r="${width * 0.09}" fill="none" stroke="#c00" stroke-width="${width / 80}"/>`;
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#6b5a48"/>
    <rect x="5%" y="4%" width="90%" height="92%" fill="#f6f2e8"/>${lines.join("")}${seal}</svg>`);
};

/** A real picture as a phone makes it, by default 12 megapixels and lying on its side. */
export async function photo(wish: Wish = {}): Promise<Buffer> {
  const { width = 4000, height = 3000, format = "jpeg", orientation = 6, grain = true } = wish;
  const noise = { type: "gaussian" as const, mean: 128, sigma: 30 };
  const film = await sharp({ create: { width, height, channels: 3, background: "#808080", noise } })
    .png()
    .toBuffer();
  const drawn = sharp(page(width, height)).composite(grain ? [{ input: film, blend: "soft-light" }] : []);
  return drawn.removeAlpha().withMetadata({ orientation }).toFormat(format, { quality: 90 }).toBuffer();
}

/** A small picture, quickly made; another `shade` makes another picture. */
export const smallPhoto = (shade = 200, format: "jpeg" | "png" | "webp" = "jpeg"): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: { r: shade, g: 120, b: 80 } } })
    .toFormat(format)
    .toBuffer();

/** As a browser sends it. */
export const asFile = (bytes: Uint8Array, name = "IMG_0001.jpg", type = "image/jpeg"): File =>
  new File([new Uint8Array(bytes)], name, { type });
