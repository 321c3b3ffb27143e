import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SendingFailed } from "../../../src/gateways/sending.ts";
import { httpSms, smsSignature } from "../../../src/gateways/sms/http.ts";
import { createSms } from "../../../src/gateways/sms/index.ts";

const test = suite("short messages over HTTP");
const message = { id: "0d6f", to: "13800001234", text: "【示例云】您的备案单已退回" };

type Seen = { headers: IncomingMessage["headers"]; path: string | undefined; body: string };
let server: Server;
let url: string;
let status = 200;
const seen: Seen[] = [];

test.before(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({ headers: request.headers, path: request.url, body });
    if (status === 0) request.socket.destroy();
    else if (status > 0) response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://key-7:s3cret@127.0.0.1:${(server.address() as AddressInfo).port}/send`;
});
test.after(() => {
  server.closeAllConnections();
  server.close();
});

const fateOf = async (given: number, timeout?: number): Promise<string> => {
  status = given;
  const error = await httpSms(url, timeout)
    .send(message)
    .then(
      () => "sent",
      (reason) => reason,
    );
  if (error === "sent") return error;
  assert.instance(error, SendingFailed);
  assert.not.match((error as Error).message, message.to);
  return (error as SendingFailed).fate;
};

test("sends the notice's id as key and signs the body", async () => {
  assert.is(await fateOf(200), "sent");
  const { headers, path, body } = seen.at(-1) as Seen;
  assert.is(path, "/send");
  assert.equal(JSON.parse(body), message);
  assert.is(headers["idempotency-key"], "0d6f");
  assert.is(headers["x-key-id"], "key-7");
  const timestamp = String(headers["x-timestamp"]);
  assert.is(headers["x-signature"], `sha256=${smsSignature("s3cret", timestamp, body)}`);
});

test("tells what was refused from what may go again and what nobody knows", async () => {
  assert.is(await fateOf(202), "sent");
  assert.is(await fateOf(400), "refused");
  assert.is(await fateOf(429), "again");
  assert.is(await fateOf(503), "again");
  assert.is(await fateOf(500), "unclear");
  assert.is(await fateOf(302), "unclear");
});

test("does not know the fate of a message when the connection breaks or nothing comes back", async () => {
  assert.is(await fateOf(0), "unclear");
  assert.is(await fateOf(-1, 100), "unclear");
});

test("knows that nothing went out where nobody listens", async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const error = await httpSms(`http://127.0.0.1:${port}/send`)
    .send(message)
    .catch((reason) => reason);
  assert.is((error as SendingFailed).fate, "again");
});

test("says that short messages are not configured outside the demo", async () => {
  const error = await createSms({ smsUrl: undefined, demo: false, dataDir: "/nowhere" })
    .send(message)
    .catch((reason) => reason);
  assert.is((error as Error).message, "short messages are not configured");
});

test("signs timestamp and body so that a receiver can check both", () => {
  // printf 'what do ya want for nothing?.' | openssl dgst -sha256 -hmac Jefe
  assert.is(
    smsSignature("Jefe", "what do ya want for nothing?", ""),
    "38c6c848e5a2f57451f5095df6370d5c9b83175b99df46422b34960c28def6ae",
  );
});

test.run();
