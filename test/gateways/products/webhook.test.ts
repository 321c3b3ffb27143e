import { suite } from "uvu";
import * as assert from "uvu/assert";
import { answerSignature, productHook, questionSignature } from "../../../src/gateways/products/webhook.ts";
import { GatewayFailed } from "../../../src/lib/gateway-failed.ts";
import { hookServer } from "../../support/products.ts";

const test = suite("the web hook for products");

const secret = "geheim-0123456789";
const question = { type: "cloud_server", key: "203.0.113.18", proof: "mima" };
const product = { ok: true, name: "示例主机", ips: ["203.0.113.18"], serverPlace: "330000", quota: 3 };

type Answer = { text?: string; status?: number; key?: string; id?: string };

/** A provider's system that signs its answer, with `key` instead of the secret and about `id` where they are given. */
async function asking(
  { text = JSON.stringify(product), status = 200, key = secret, id }: Answer,
  timeout = 2_000,
) {
  const genuine: boolean[] = [];
  const server = await hookServer((body, { headers }, response) => {
    const stamp = String(headers["x-timestamp"]);
    genuine.push(headers["x-signature"] === questionSignature(secret, stamp, body));
    const signature = answerSignature(key, stamp, id ?? String(headers["x-request-id"]), text);
    response.writeHead(status, { "x-signature": signature, location: "/elsewhere" }).end(text);
  });
  try {
    const answer = await productHook(timeout).ask({ url: server.url, secret }, question);
    return { answer, genuine };
  } finally {
    await server.close();
  }
}

/** What is thrown, which must be a failure of the gateway and repeat nothing that was asked. */
async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.instance(error, GatewayFailed);
    assert.not.match((error as Error).message, /mima|geheim/);
    return (error as Error).message;
  }
  throw new Error("it answered");
}

test("signs what it asks and reads a signed answer", async () => {
  const { answer, genuine } = await asking({});
  assert.equal(genuine, [true]);
  assert.equal(answer, { ...product, accessMode: null, customerAccount: null, validUntil: null });
});

test("takes a plain no for no", async () => {
  assert.equal((await asking({ text: '{"ok":false}' })).answer, { ok: false });
});

test("believes no answer that somebody else signed", async () => {
  assert.match(await failure(asking({ key: "another" })), /not signed/);
});

test("believes no answer to another question", async () => {
  assert.match(await failure(asking({ id: "0f8fad5b-d9cb-469f-a165-70867728950e" })), /not signed/);
});

test("does not follow a system that sends it elsewhere", async () => {
  assert.match(await failure(asking({ status: 302 })), /302/);
});

for (const text of ["", "null", '{"ok":true}', JSON.stringify({ ...product, ips: ["10.0.0.1"] })])
  test(`takes an answer that says too little or too much for none: ${text || "nothing"}`, async () => {
    assert.match(await failure(asking({ text })), /no shape/);
  });

test("waits no longer than its limit", async () => {
  const server = await hookServer(() => undefined);
  const started = Date.now();
  assert.match(await failure(productHook(50).ask({ url: server.url, secret }, question)), /TimeoutError/);
  assert.ok(Date.now() - started < 10_000);
  await server.close();
});

test("says so when nobody listens", async () => {
  assert.match(
    await failure(productHook().ask({ url: "http://127.0.0.1:1/", secret }, question)),
    /no answer/,
  );
});

test.run();
