import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createMail, senderAddress } from "../../../src/gateways/mail/index.ts";
import { smtpOptions } from "../../../src/gateways/mail/smtp.ts";
import { SendingFailed } from "../../../src/gateways/sending.ts";
import { type Mailbox, openMailbox } from "../../support/smtp.ts";

const test = suite("mail over SMTP");
let mailbox: Mailbox;

const mail = {
  id: "3f0e6a52-6d3e-4a44-9f5c-1f5a8d1f0c11",
  to: "zhangsan@example.cn",
  from: "示例云网站备案",
  subject: "备案单退回，有2处要改：示例茶叶商城",
  text: "张三，您好：",
  html: "<!doctype html><p>张三，您好：</p>",
  messageId: "<3f0e6a52-6d3e-4a44-9f5c-1f5a8d1f0c11@beian.example.cn>",
};

const gateway = (smtpUrl: string) =>
  createMail({ smtpUrl, demo: false, dataDir: "/nowhere", publicUrl: "https://beian.example.cn" });

const failure = async (work: Promise<unknown>): Promise<SendingFailed> => {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  assert.instance(error, SendingFailed);
  return error;
};

test.before(async () => {
  mailbox = await openMailbox();
});
test.before.each(() => mailbox.accept());
test.after(() => mailbox.close());

test("carries Chinese, both forms and the fixed Message-ID", async () => {
  const smtp = gateway(mailbox.url);
  await smtp.send(mail);
  smtp.close();
  const got = await mailbox.waitFor(mail.to);
  assert.is(got.from, "noreply@beian.example.cn");
  assert.is(got.mail.subject, mail.subject);
  assert.is(got.mail.from?.name, "示例云网站备案");
  assert.match(got.mail.text ?? "", "张三，您好：");
  assert.match(got.mail.html ?? "", "<p>张三，您好：</p>");
  assert.is(got.mail.messageId, mail.messageId);
  assert.match(got.raw, /^Auto-Submitted: auto-generated/m);
});

test("takes a 5xx to the addressee as final and keeps the address out of the reason", async () => {
  mailbox.refuse(550, "rcpt", "5.1.1 <zhangsan@example.cn> no such user");
  const smtp = gateway(mailbox.url);
  const error = await failure(smtp.send(mail));
  smtp.close();
  assert.is(error.fate, "refused");
  assert.is(error.message, "the mail server refused the mail (550 5.1.1)");
});

test("takes a 4xx as a reason to try again", async () => {
  mailbox.refuse(451, "data", "4.3.0 later");
  const smtp = gateway(mailbox.url);
  const error = await failure(smtp.send(mail));
  smtp.close();
  assert.is(error.fate, "again");
  assert.match(error.message, "451 4.3.0");
});

test("takes a server that is down as a reason to try again", async () => {
  const gone = await openMailbox();
  await gone.close();
  const smtp = gateway(gone.url);
  const error = await failure(smtp.send(mail));
  smtp.close();
  assert.is(error.fate, "again");
  assert.match(error.message, "could not be reached");
});

test("gives up at once on an address that is none", async () => {
  const smtp = gateway(mailbox.url);
  const error = await failure(smtp.send({ ...mail, to: "" }));
  smtp.close();
  assert.is(error.fate, "refused");
});

test("adds no second addressee through a line break", async () => {
  const smtp = gateway(mailbox.url);
  await smtp.send({
    ...mail,
    to: "lisi@example.cn",
    subject: "一\r\nBcc: c@example.cn",
    from: "示例\r\nBcc: d@example.cn",
  });
  smtp.close();
  const got = await mailbox.waitFor("lisi@example.cn");
  assert.equal(got.to, ["lisi@example.cn"]);
  assert.not.match(got.raw, /^Bcc:/im);
});

test("says that mail is not configured outside the demo", async () => {
  const config = {
    smtpUrl: undefined,
    demo: false,
    dataDir: "/nowhere",
    publicUrl: "https://beian.example.cn",
  };
  const error = await failure(createMail(config).send(mail));
  assert.is(error.message, "mail is not configured");
});

test("reads name, password, port and TLS from SMTP_URL", () => {
  const open = smtpOptions(
    "smtp://beian%40example.cn:p%2Fw@mail.example.cn?tls=required&from=icp@example.cn",
  );
  assert.equal(open.auth, { user: "beian@example.cn", pass: "p/w" });
  assert.is(open.port, 587);
  assert.is(open.secure, false);
  assert.is(open.requireTLS, true);
  assert.is(smtpOptions("smtps://mail.example.cn").port, 465);
  const sender = {
    smtpUrl: "smtp://mail.example.cn?from=icp@example.cn",
    publicUrl: "https://beian.example.cn",
  };
  assert.is(senderAddress(sender), "icp@example.cn");
});

test.run();
