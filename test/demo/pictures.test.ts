import { suite } from "uvu";
import * as assert from "uvu/assert";
import { line, wrapped } from "../../src/demo/pictures/drawing.ts";
import { FAMILY, fontsReady } from "../../src/demo/pictures/fonts.ts";
import { type DemoPictures, demoPicture, photograph } from "../../src/demo/pictures/index.ts";
import { sharp } from "../../src/documents/engine.ts";
import { inspectPicture } from "../../src/documents/picture.ts";
import { isPictureProblem } from "../../src/documents/picture-problem.ts";
import { formPicture } from "../support/pictures.ts";

const test = suite("the pictures of the demo");

const identity = "330108199003077715";
const company = "示例茶业（杭州）有限公司";
const signedOn = "2026年11月18日";
const site = { site: "示例茶叶商城", domain: "tea-demo.cn" };
const card = { name: "张三", identity, address: "浙江省杭州市滨江区示例路100号" };

const pictures: DemoPictures = {
  businessLicence: {
    ...{
      name: company,
      creditCode: "91330108MA2000001X",
      address: card.address,
      legalRepresentative: "张三",
    },
  },
  identityCard: card,
  identityCardFront: card,
  identityCardBack: card,
  verificationForm: {
    ...{
      ...site,
      signedOn,
      identity,
      isp: "一号云",
      subject: company,
      person: "张三",
      mobile: "13800005678",
    },
  },
  domainCertificate: { domain: site.domain, holder: company },
  authorisationLetter: { ...site, signedOn, identity, subject: company, leader: "张三", siteLeader: "李四" },
  curtainPhoto: { person: "张三", identity, isp: "一号云" },
};

/** Rows and columns of a drawn text that have ink. */
async function inkOf(text: string): Promise<{ width: number; height: number }> {
  await fontsReady();
  const set = line(text, { at: [40, 150], size: 100 });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="200" height="200" fill="#fff"/><g font-family="${FAMILY}">${set}</g></svg>`;
  const { info } = await sharp(Buffer.from(svg))
    .flatten({ background: "#fff" })
    .trim()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height };
}

test("have real Chinese letters, with no font installed on the machine", async () => {
  const [one, mouth] = [await inkOf("一"), await inkOf("口")];
  assert.ok(
    one.width > 80 && one.height < 15,
    `一 is ${one.width} × ${one.height}: a box stands for the letter`,
  );
  assert.ok(mouth.width > 60 && mouth.height > 60, `口 is ${mouth.width} × ${mouth.height}`);
});

test("leave the fonts of other programs alone", async () => {
  await fontsReady();
  assert.is(process.env.FONTCONFIG_FILE, undefined);
});

test("are all taken by our own upload", async () => {
  for (const kind of Object.keys(pictures) as Array<keyof DemoPictures>) {
    const bytes = await demoPicture(kind, pictures[kind]);
    assert.not.ok(isPictureProblem(inspectPicture(bytes)), kind);
    assert.ok(bytes.length < 300 * 1024, `${kind} has ${bytes.length} bytes`);
  }
});

test("are drawn once for the same data, and anew for other data", async () => {
  const [one, same] = [await formPicture(), await formPicture()];
  assert.is(one, same);
  const other = await demoPicture("curtainPhoto", { ...pictures.curtainPhoto, person: "李四" });
  assert.not.equal(await demoPicture("curtainPhoto", pictures.curtainPhoto), other);
});

test("draw what a person typed as letters, never as markup", async () => {
  const name = '<image href="/etc/passwd"/>&"';
  const bytes = await demoPicture("domainCertificate", { domain: name, holder: name });
  assert.not.ok(isPictureProblem(inspectPicture(bytes)));
});

test("break their lines outside numbers and before no comma", () => {
  assert.equal(wrapped("示例路100号，3幢", 4), ["示例路", "100号，", "3幢"]);
});

test("become a phone's photo: 12 megapixels, lying, with orientation and place", async () => {
  const photo = await photograph(await formPicture(), { orientation: 6 });
  const { width, height, orientation, exif } = await sharp(photo).metadata();
  assert.equal({ width, height, orientation }, { width: 4000, height: 3000, orientation: 6 });
  assert.ok(exif?.includes("OpenBeian"));
  assert.ok(exif?.includes(Buffer.from("N\0")), "the latitude's reference");
});

test.run();
