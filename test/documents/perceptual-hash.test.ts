import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sharp, toPixels } from "../../src/documents/engine.ts";
import { hashDistance, perceptualHash, turnedHash } from "../../src/documents/perceptual-hash.ts";
import { sameDetails } from "../../src/documents/same-details.ts";
import { cardShot, copiesOf, curtainShot, li, zhang } from "../support/shots.ts";

const test = suite("the same photo used again");

const hashOf = async (picture: Buffer): Promise<string> =>
  perceptualHash(
    await toPixels(sharp(picture).resize(1280, 1280, { fit: "inside", withoutEnlargement: true })),
  );

const thumbnailOf = (picture: Buffer): Promise<Buffer> =>
  sharp(picture).resize(256, 256, { fit: "inside" }).jpeg({ quality: 65 }).toBuffer();

/** As the worker does: by the hash in all four turns, then square by square. */
async function isSame(one: Buffer, other: Buffer): Promise<boolean> {
  const wanted = await hashOf(other);
  for (let [turns, hash] = [0, await hashOf(one)]; turns < 4; [turns, hash] = [turns + 1, turnedHash(hash)])
    if (
      hashDistance(hash, wanted) <= 7 &&
      (await sameDetails(await thumbnailOf(other), await thumbnailOf(one), turns))
    )
      return true;
  return false;
}

const shots = { "a curtain photo": curtainShot, "an identity card": cardShot };

for (const [what, take] of Object.entries(shots)) {
  for (const [how, change] of Object.entries(copiesOf))
    test(`${what} is known again ${how}`, async () => {
      const photo = await take(zhang);
      assert.ok(await isSame(photo, await change(photo)));
    });

  test(`${what} of somebody else is another`, async () => {
    assert.not.ok(await isSame(await take(zhang), await take(li)));
  });
}

test("a curtain photo and a card have nothing in common", async () => {
  assert.ok(hashDistance(await hashOf(await curtainShot(zhang)), await hashOf(await cardShot(zhang))) > 7);
});

test("of a picture turned four times has the hash it began with", async () => {
  const hash = await hashOf(await cardShot(li));
  assert.match(hash, /^[01]{64}$/);
  const turns = [hash, turnedHash(hash), turnedHash(turnedHash(hash))];
  assert.is(new Set(turns).size, 3);
  assert.is(turnedHash(turnedHash(turns[2] ?? "")), hash);
});

test.run();
