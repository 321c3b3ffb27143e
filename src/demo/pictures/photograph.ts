import { sharp } from "../../documents/engine.ts";
import { turnsOf } from "../../documents/orientation.ts";

/** How the phone was held and how good it is. */
export type PhotographOptions = {
  /** EXIF orientation, 1–8: how the pixels are stored beside how the picture is seen. */
  orientation?: number;
  megapixels?: number;
  /** Grain of the sensor: standard deviation in steps of 256. */
  noise?: number;
};

/** A place in 杭州's lake: the kind of thing that must not leave with a picture. */
const WHERE = {
  GPSLatitudeRef: "N",
  GPSLatitude: "30/1 14/1 3000/100",
  GPSLongitudeRef: "E",
  GPSLongitude: "120/1 8/1 2400/100",
};

/**
 * A phone's photo of a picture: lying on a desk, a little askew, lit from one side, grainy, stored the way the phone
 * was held, with the place in its metadata. Gives a JPEG of the megapixels asked for (12 unless told).
 */
export async function photograph(picture: Uint8Array, options: PhotographOptions = {}): Promise<Buffer> {
  const { orientation = 1, megapixels = 12, noise = 6 } = options;
  const { width: pictureWidth = 4, height: pictureHeight = 3 } = await sharp(picture).metadata();
  const [width, height] = frameOf(pictureWidth > pictureHeight, megapixels);
  const paper = await sharp(picture)
    .resize(Math.round(width * 0.86), Math.round(height * 0.86), { fit: "inside" })
    .rotate(1.2, { background: "#6f6152" })
    .toBuffer();
  const scene = sharp({ create: { width, height, channels: 3, background: "#6f6152" } })
    .composite([
      { input: paper },
      { input: await light(width, height), blend: "multiply" },
      { input: await grain(noise), blend: "soft-light", tile: true },
    ])
    .raw();
  const { data, info } = await scene.toBuffer({ resolveWithObject: true });
  const stored = asHeld(sharp(data, { raw: { width, height, channels: info.channels } }), orientation);
  const exif = { IFD0: { Make: "OpenBeian", Model: "Demo" }, IFD3: WHERE };
  return stored
    .withMetadata({ orientation })
    .withExif(exif)
    .jpeg({ quality: 90, optimiseCoding: false })
    .toBuffer();
}

/** Four to three, as phones see it: 4000 × 3000 for 12 megapixels. */
function frameOf(wide: boolean, megapixels: number): [number, number] {
  const long = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
  const short = Math.round((long * 3) / 4);
  return wide ? [long, short] : [short, long];
}

/** From the upper left, falling off towards the corners; drawn small, since it has no edges. */
const light = (width: number, height: number): Promise<Buffer> =>
  sharp(Buffer.from(LIGHT))
    .resize(width, height, { fit: "fill", kernel: "linear" })
    .png({ compressionLevel: 1 })
    .toBuffer();

const LIGHT = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><defs><radialGradient id="l" cx=".35" cy=".3" r=".95">
<stop offset="0" stop-color="#fffdf8"/><stop offset="1" stop-color="#b9b2a6"/></radialGradient></defs><rect width="64" height="64" fill="url(#l)"/></svg>`;

/** A tile of the sensor's noise, around the middle grey that `soft-light` leaves alone. */
function grain(sigma: number): Promise<Buffer> {
  const noise = { type: "gaussian" as const, mean: 128, sigma: Math.max(sigma, 0.01) };
  return sharp({ create: { width: 509, height: 509, channels: 3, background: "#808080", noise } })
    .png()
    .toBuffer();
}

/** The other way round than `upright`: a mirrored picture undoes itself, any other is turned back. */
function asHeld(pipeline: ReturnType<typeof sharp>, orientation: number) {
  const { mirror, quarter } = turnsOf(orientation, 0);
  return mirror ? pipeline.flop().rotate(quarter * 90) : pipeline.rotate(quarter * -90);
}
