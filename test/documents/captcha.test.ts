import { suite } from "uvu";
import * as assert from "uvu/assert";
import { captchaPicture } from "../../src/documents/captcha.ts";
import { sharp } from "../../src/documents/engine.ts";

const test = suite("the picture of a captcha");

test("is a small PNG that weighs at most 4 KB", async () => {
  const png = await captchaPicture("K7QM");
  const { format, width, height } = await sharp(png).metadata();
  assert.equal({ format, width, height }, { format: "png", width: 180, height: 60 });
  assert.ok(png.length <= 4096, `${png.length} bytes`);
});

test("shows dark letters on a light ground", async () => {
  const { channels } = await sharp(await captchaPicture("WWWW")).stats();
  const [grey] = channels;
  assert.ok(grey && grey.min < 120 && grey.max > 240, JSON.stringify(grey));
});

test("looks different each time, so that a kept picture answers nothing", async () => {
  assert.not.equal(await captchaPicture("K7QM"), await captchaPicture("K7QM"));
});

test.run();
