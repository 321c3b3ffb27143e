import { suite } from "uvu";
import * as assert from "uvu/assert";
import { demoPicture, photograph } from "../../src/demo/pictures/index.ts";
import { sharp } from "../../src/documents/engine.ts";
import { preparePicture } from "../../src/documents/picture.ts";
import { isPictureProblem } from "../../src/documents/picture-problem.ts";
import { formPicture } from "../support/pictures.ts";
import { cardShot, curtainShot, zhang } from "../support/shots.ts";

const test = suite("how legible a picture is");

async function faultsOf(picture: Buffer): Promise<string[]> {
  const prepared = await preparePicture(picture);
  if (isPictureProblem(prepared)) throw new Error(prepared.code);
  return prepared.faults;
}

const shots: Record<string, () => Promise<Buffer>> = {
  "the verification form": async () => photograph(await formPicture(), { noise: 12, megapixels: 3 }),
  "a card": () => cardShot(zhang),
  "a curtain photo": () => curtainShot(zhang),
};

/** Three megapixels each. What happened to the photo, what is said of it, and what is not said yet. */
const spoilt: Record<
  string,
  { fault: string; bad: (photo: Buffer) => Promise<Buffer>; good: (photo: Buffer) => Promise<Buffer> }
> = {
  "out of focus": {
    fault: "blurred",
    bad: (photo) => sharp(photo).blur(3.5).jpeg().toBuffer(),
    good: (photo) => sharp(photo).blur(1.5).jpeg().toBuffer(),
  },
  "in the dark": {
    fault: "dark",
    bad: (photo) => sharp(photo).linear(0.35, 0).jpeg().toBuffer(),
    good: (photo) => sharp(photo).linear(0.7, 0).jpeg().toBuffer(),
  },
  "in glaring light": {
    fault: "bright",
    bad: (photo) => sharp(photo).linear(0.4, 160).jpeg().toBuffer(),
    good: (photo) => sharp(photo).linear(1.2, 0).jpeg().toBuffer(),
  },
  "far too small": {
    fault: "small",
    bad: (photo) => sharp(photo).resize(640, 640, { fit: "inside" }).jpeg({ quality: 90 }).toBuffer(),
    good: (photo) => sharp(photo).resize(1000, 1000, { fit: "inside" }).jpeg({ quality: 90 }).toBuffer(),
  },
};

for (const [what, shoot] of Object.entries(shots)) {
  const shot = shoot();
  const take = () => shot;

  test(`${what} well taken has no fault`, async () => {
    assert.equal(await faultsOf(await take()), []);
  });

  for (const [how, { fault, bad, good }] of Object.entries(spoilt))
    test(`${what} taken ${how} is said to be ${fault}, nearly so not yet`, async () => {
      const photo = await take();
      assert.equal(await faultsOf(await bad(photo)), [fault]);
      assert.equal(await faultsOf(await good(photo)), []);
    });

  test(`${what} as a browser shrinks it has no fault`, async () => {
    const small = sharp(await take())
      .autoOrient()
      .resize(1600, 1600, { fit: "inside" });
    assert.equal(await faultsOf(await small.webp({ quality: 45 }).toBuffer()), []);
  });
}

const identity = {
  name: "示例茶业（杭州）有限公司",
  creditCode: "91330108MA2EXAMP08",
  address: zhang.address,
};
const drawn: Record<string, () => Promise<Buffer>> = {
  "a scanned form": formPicture,
  "a scanned licence": () => demoPicture("businessLicence", { ...identity, legalRepresentative: "张三" }),
  "a letter of few words": () => {
    const words = `<text x="200" y="300" font-size="40" fill="#222">2026-11-18 OK</text>`;
    const page = `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754"><rect width="100%" height="100%" fill="#fff"/>${words}<rect x="200" y="400" width="800" height="6"/><rect x="200" y="500" width="800" height="6"/><rect x="200" y="600" width="800" height="6"/></svg>`;
    return sharp(Buffer.from(page)).jpeg().toBuffer();
  },
};

for (const [what, make] of Object.entries(drawn))
  test(`${what} on white is neither bright nor blurred`, async () => {
    assert.equal(await faultsOf(await make()), []);
  });

test("a picture without anything on it is blurred", async () => {
  const blank = sharp({ create: { width: 1200, height: 900, channels: 3, background: "#7c7c7c" } });
  assert.equal(await faultsOf(await blank.jpeg().toBuffer()), ["blurred"]);
});

test.run();
