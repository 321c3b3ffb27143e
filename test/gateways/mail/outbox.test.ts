import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createMail } from "../../../src/gateways/mail/index.ts";
import { readOutbox } from "../../../src/gateways/outbox.ts";
import { createSms } from "../../../src/gateways/sms/index.ts";

const test = suite("the demo's outbox");
const dataDir = mkdtempSync(join(tmpdir(), "openbeian-outbox-"));
test.after(() => rmSync(dataDir, { recursive: true }));

const config = {
  smtpUrl: undefined,
  smsUrl: undefined,
  demo: true,
  dataDir,
  publicUrl: "http://localhost:3000",
};

test("is empty before anything was sent", async () => {
  assert.equal(await readOutbox(dataDir), []);
});

test("keeps mails and short messages, newest first, for the owner of the folder alone", async () => {
  const mail = {
    id: "a",
    to: "a@example.cn",
    from: "示例云",
    subject: "题",
    text: "文",
    html: "<p>文",
    messageId: "<a@b>",
  };
  await createMail(config).send(mail);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await createSms(config).send({ id: "b", to: "13800001234", text: "【示例云】文" });
  const [first, second] = await readOutbox(dataDir);
  assert.is(first?.channel, "sms");
  assert.is(first?.text, "【示例云】文");
  assert.is(second?.channel === "mail" && second.subject, "题");
  for (const name of readdirSync(join(dataDir, "outbox"))) {
    assert.match(name, /^\d{8}T\d{9}Z-[ab]\.json$/);
    assert.is(statSync(join(dataDir, "outbox", name)).mode & 0o077, 0);
  }
});

test.run();
