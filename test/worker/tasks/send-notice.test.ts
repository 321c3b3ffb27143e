import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SendingFailed } from "../../../src/gateways/sending.ts";
import type { ShortMessage, SmsGateway } from "../../../src/gateways/sms/index.ts";
import { createLog } from "../../../src/log.ts";
import { checkCode, requestCode } from "../../../src/models/code/codes.ts";
import { queueNotice } from "../../../src/models/notice/queue.ts";
import { inTransaction } from "../../../src/models/store.ts";
import { openDeps, type WorkerDeps } from "../../../worker/deps.ts";
import { sendNotice } from "../../../worker/tasks/send-notice.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { fateOf, type NoticeWorld, noticeWorld, queueActivated } from "../../support/notices.ts";
import { type Mailbox, openMailbox } from "../../support/smtp.ts";
import { workerConfig } from "../../support/worker.ts";

const test = suite("sending a notice");
let database: TestDatabase;
let world: NoticeWorld;
let mailbox: Mailbox;
let deps: WorkerDeps;
let close: () => Promise<void>;
const messages: ShortMessage[] = [];
const sms: SmsGateway = { send: async (message) => void messages.push(message) };

const send = (noticeId: string, changed: Partial<WorkerDeps> = {}): Promise<void> =>
  sendNotice({ ...deps, sms, ...changed })(
    { noticeId },
    { progress: () => undefined, attempt: 1, signal: undefined },
  );

const failing = (fate: "again" | "refused" | "unclear"): SmsGateway => ({
  send: () => Promise.reject(new SendingFailed(fate, `the gateway said ${fate}`)),
});

/** The state in which a worker that died between sending and recording leaves a notice. */
const leaveSending = (id: string) =>
  world.store.db`update notices set state = 'sending', tries = 1, tried_at = now() where id = ${id}`;

test.before(async () => {
  database = await testDatabase();
  world = await noticeWorld(database.db);
  mailbox = await openMailbox();
  const settings = { databaseUrl: database.url, secretKeys: world.secretKeys, smtpUrl: mailbox.url };
  ({ deps, close } = openDeps(workerConfig(settings), createLog({ level: "silent", name: "test" })));
});
test.before.each(() => {
  mailbox.accept();
  mailbox.received.length = 0;
  messages.length = 0;
});
test.after(async () => {
  await close();
  await mailbox.close();
  await database.close();
});

test("goes out once, however often its job runs", async () => {
  const id = await queueActivated(world);
  await send(id);
  await send(id);
  assert.is(mailbox.received.length, 1);
  assert.is(mailbox.received[0]?.mail.messageId, `<${id}@localhost>`);
  assert.match(mailbox.received[0]?.mail.text ?? "", "张三，您好：");
  assert.equal(await fateOf(world, id), { state: "sent", tries: 1, problem: null });
});

test("goes out under the same Message-ID when a worker died before it wrote the outcome down", async () => {
  const id = await queueActivated(world);
  await send(id);
  await leaveSending(id);
  await send(id);
  assert.equal(
    mailbox.received.map(({ mail }) => mail.messageId),
    [`<${id}@localhost>`, `<${id}@localhost>`],
  );
  assert.is((await fateOf(world, id)).state, "sent");
});

test("is marked unclear and never repeated by itself when it is a short message", async () => {
  const id = await queueActivated(world, "sms");
  await leaveSending(id);
  await send(id);
  await send(id);
  assert.is(messages.length, 0);
  assert.equal(await fateOf(world, id), {
    state: "unclear",
    tries: 1,
    problem: "the worker died while it was sending",
  });
});

test("fails for good when the addressee is refused, without another try", async () => {
  mailbox.refuse(550, "rcpt", "5.1.1 <zhangsan@example.cn> unknown");
  const id = await queueActivated(world);
  await send(id);
  assert.equal(await fateOf(world, id), {
    state: "failed",
    tries: 1,
    problem: "the mail server refused the mail (550 5.1.1)",
  });
});

test("fails for now when the server is busy, and goes out at the next try", async () => {
  mailbox.refuse(451);
  const id = await queueActivated(world);
  const error = await send(id).then(
    () => undefined,
    (reason) => reason,
  );
  assert.instance(error, SendingFailed);
  assert.is((await fateOf(world, id)).state, "failed");
  mailbox.accept();
  await send(id);
  assert.equal(await fateOf(world, id), { state: "sent", tries: 2, problem: null });
});

test("tells a short message that may go again from one nobody knows about", async () => {
  const [again, refused, unclear] = [
    await queueActivated(world, "sms"),
    await queueActivated(world, "sms"),
    await queueActivated(world, "sms"),
  ];
  const error = await send(again, { sms: failing("again") }).then(
    () => undefined,
    (reason) => reason,
  );
  assert.instance(error, SendingFailed);
  await send(refused, { sms: failing("refused") });
  await send(unclear, { sms: failing("unclear") });
  assert.is((await fateOf(world, again)).state, "failed");
  assert.is((await fateOf(world, refused)).state, "failed");
  assert.is((await fateOf(world, unclear)).state, "unclear");
  await send(again);
  assert.equal(
    messages.map(({ id }) => id),
    [again],
  );
});

test("takes the word of the worker that sent it over that of one which gave it up", async () => {
  const id = await queueActivated(world, "sms");
  const slow: SmsGateway = { send: () => send(id) };
  await send(id, { sms: slow });
  assert.equal(await fateOf(world, id), { state: "sent", tries: 1, problem: null });
});

test("stays queued by name when mail is not configured", async () => {
  const id = await queueActivated(world);
  const bare = openDeps(
    workerConfig({ databaseUrl: database.url, secretKeys: world.secretKeys }),
    createLog({ level: "silent", name: "test" }),
  );
  const error = await send(id, { mail: bare.deps.mail }).catch((reason) => reason);
  await bare.close();
  assert.is((error as Error).message, "mail is not configured");
  assert.equal(await fateOf(world, id), { state: "failed", tries: 1, problem: "mail is not configured" });
});

const ask = (holder: string) =>
  inTransaction(world.store, (inside) =>
    requestCode(inside, {
      ...{
        purpose: "activation",
        holder,
        target: world.email,
        ispId: world.ispId,
        accountId: world.accountId,
      },
      ...{ channel: "mail", page: "/register/activation" },
    }),
  );

const noticeOf = async (codeId: number): Promise<string> => {
  const [row] = await world.store.db<{ id: string }[]>`select id from notices where code_id = ${codeId}`;
  return row?.id ?? "";
};

test("carries a code that works, which stands nowhere but in the mail", async () => {
  const asked = await ask("account:901");
  assert.is(asked.state, "requested");
  await send(await noticeOf(asked.state === "requested" ? asked.codeId : 0));
  const code = mailbox.received[0]?.mail.text?.match(/验证码：(\d{6})/)?.[1] ?? "";
  assert.match(code, /^\d{6}$/);
  assert.not.match(mailbox.received[0]?.mail.subject ?? "", code);
  const subject = { purpose: "activation" as const, holder: "account:901", target: world.email };
  assert.equal(await checkCode(world.store, subject, code), { result: "ok" });
});

test("does not go out when its code was used meanwhile", async () => {
  const asked = await ask("account:902");
  const codeId = asked.state === "requested" ? asked.codeId : 0;
  await world.store.db`update codes set used_at = now() where id = ${codeId}`;
  const id = await noticeOf(codeId);
  await send(id);
  assert.is(mailbox.received.length, 0);
  assert.is((await fateOf(world, id)).problem, "the code is wanted no more");
});

test("is told once for one cause", async () => {
  const { ispId, accountId, email: address } = world;
  const tell = () =>
    queueNotice<"password-changed">(world.store, {
      ...{ ispId, accountId, address, channel: "mail", template: "password-changed" },
      ...{ variables: {}, cause: "password:1:mail" },
    });
  assert.type(await tell(), "string");
  assert.is(await tell(), undefined);
});

test.run();
