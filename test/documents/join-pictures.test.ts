import { suite } from "uvu";
import * as assert from "uvu/assert";
import { demoPicture, photograph } from "../../src/demo/pictures/index.ts";
import { sharp } from "../../src/documents/engine.ts";
import { joinPictures } from "../../src/documents/join-pictures.ts";
import { inspectPicture } from "../../src/documents/picture.ts";
import { isPictureProblem } from "../../src/documents/picture-problem.ts";

const test = suite("the two sides of an identity card (身份证正反面合成)");

const card = { name: "张三", identity: "330108199003077715", address: "浙江省杭州市滨江区示例路100号" };
const front = () => demoPicture("identityCardFront", card);
const back = () => demoPicture("identityCardBack", card);

async function joined(one: Uint8Array, other: Uint8Array): Promise<Buffer> {
  const result = await joinPictures(one, other);
  if (isPictureProblem(result)) throw new Error(result.code);
  return result;
}

test("become one picture, front above back and equally wide", async () => {
  const picture = await joined(
    await front(),
    await sharp(await back())
      .resize(2000)
      .jpeg()
      .toBuffer(),
  );
  const { width, height } = await sharp(picture).metadata();
  assert.ok(height > width);
  const half = (top: number) =>
    sharp(picture)
      .extract({ left: 0, top, width, height: Math.floor(height / 2) - 20 })
      .resize(8, 8, { fit: "fill" });
  const [upper, lower] = await Promise.all([
    half(0).raw().toBuffer(),
    half(Math.ceil(height / 2) + 20)
      .raw()
      .toBuffer(),
  ]);
  assert.not.equal(upper, lower);
});

test("stand upright whichever way each was taken", async () => {
  const photo = await photograph(await front(), { orientation: 8, megapixels: 2 });
  const picture = await joined(photo, await photograph(await back(), { orientation: 3, megapixels: 2 }));
  const { width, height } = await sharp(picture).metadata();
  assert.ok(Math.abs(height / width - 1.5) < 0.05, `${width} × ${height}`);
  assert.not.ok(isPictureProblem(inspectPicture(picture)));
});

test("say which of them was refused", async () => {
  const result = await joinPictures(await front(), Buffer.from("%PDF-1.7"));
  assert.equal(result, { code: "wrong-kind", name: "PDF文件", side: "back" });
});

test.run();
