import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  BureauCallFailed,
  createBureauGateway,
  GatewayTimeout,
  GatewayUnavailable,
} from "../../../src/gateways/bureau/index.ts";
import { withDefaults } from "../../../src/simulator/options.ts";
import { descriptionOf } from "../../../src/simulator/services.ts";
import { untrustedServer } from "../../support/untrusted.ts";
import { accountAt } from "./sample.ts";

const test = suite("a call to a bureau that misbehaves");

const PATH = "/ISPWebService/upDownLoad";
const gateway = createBureauGateway();
const open: Server[] = [];

type Reply = { status?: number; body?: string; type?: string } | "drop" | "silence";

/** A server that describes the service well and then answers as told; it counts what it was asked. */
async function bureau(reply: Reply, description?: string): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    const options = withDefaults({ dataDir: "unused" });
    if (request.method === "GET")
      return response.end(description ?? descriptionOf(PATH, "http://elsewhere.invalid", options));
    if (reply === "drop") return request.socket.destroy();
    if (reply === "silence") return;
    response.writeHead(reply.status ?? 200, { "content-type": reply.type ?? "text/xml" }).end(reply.body);
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test.after(() => {
  for (const server of open) {
    server.close();
    server.closeAllConnections();
  }
});

const envelope = (inside: string): string =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${inside}</e:Body></e:Envelope>`;
const answer = (text: string): string =>
  envelope(
    `<n:isp_downloadResponse xmlns:n="urn:bureau-simulator"><return>${text.replace(/</g, "&lt;")}</return></n:isp_downloadResponse>`,
  );

async function failureOf(url: string, timeoutMs = 2000): Promise<BureauCallFailed> {
  try {
    await gateway.download(accountAt(url, { timeoutMs }));
  } catch (error) {
    if (error instanceof BureauCallFailed) return error;
    throw error;
  }
  throw new Error("the call went well");
}

test("goes well when the bureau does", async () => {
  const { url } = await bureau({ body: answer("<return><msg_code>2</msg_code><msg>没有</msg></return>") });
  assert.equal(await gateway.download(accountAt(url)), { code: 2, message: "没有" });
});

test("is unavailable when nobody listens, so it was surely not sent", async () => {
  const failure = await failureOf("http://127.0.0.1:9");
  assert.instance(failure, GatewayUnavailable);
  assert.is(failure.reason, "not_connected");
});

test("is unavailable where nobody vouches for the certificate, and nothing was sent", async () => {
  const { url, asked, close } = await untrustedServer();
  const failure = await failureOf(url).finally(close);
  assert.instance(failure, GatewayUnavailable);
  assert.equal([failure.reason, asked()], ["not_connected", 0]);
});

test("is unavailable when the service description is missing, broken, or of another service", async () => {
  for (const description of ["", "<html>", "garbage", "<definitions/>", "{}"]) {
    const { url, asked } = await bureau({}, description);
    assert.instance(await failureOf(url), GatewayUnavailable, description);
    assert.equal(asked, [`GET ${PATH}?wsdl`]);
  }
  assert.instance(await failureOf("file:///etc/passwd"), GatewayUnavailable);
});

test("is unknown when the connection breaks after it was sent", async () => {
  const { url, asked } = await bureau("drop");
  const failure = await failureOf(url);
  assert.instance(failure, GatewayTimeout);
  assert.is(failure.reason, "connection_lost");
  assert.is(asked.filter((one) => one.startsWith("POST")).length, 1);
});

test("is unknown when no answer comes in time", async () => {
  const { url } = await bureau("silence");
  const failure = await failureOf(url, 300);
  assert.instance(failure, GatewayTimeout);
  assert.is(failure.reason, "time_ran_out");
});

test("is unknown after any status but 200, and a redirect is not followed", async () => {
  for (const status of [302, 404, 500, 502, 503]) {
    const { url, asked } = await bureau({ status, body: "no" });
    const failure = await failureOf(url);
    assert.instance(failure, GatewayTimeout, String(status));
    assert.is(failure.status, status);
    assert.is(asked.length, 2);
  }
});

test("never falls over garbage", async () => {
  const bodies = [
    "",
    "garbage",
    "{}",
    "<html><body>502 Bad Gateway</body></html>",
    "<a",
    envelope(""),
    envelope("<e:Fault><faultcode>x</faultcode><faultstring>y</faultstring></e:Fault>"),
    envelope("<other/>"),
    answer(""),
    answer("null"),
    answer("<return><msg>no code</msg></return>"),
    answer("<return><msg_code>0</msg_"),
    answer('<!DOCTYPE r [<!ENTITY a "b">]><return><msg_code>&a;</msg_code></return>'),
  ];
  for (const body of bodies) {
    const { url } = await bureau({ body });
    const failure = await failureOf(url);
    assert.instance(failure, GatewayTimeout, body);
    assert.is(failure.reason, "answer_unreadable", body);
  }
});

test("takes neither an answer nor a description with a document type", async () => {
  const good = answer("<return><msg_code>2</msg_code></return>");
  for (const type of ["<!DOCTYPE e [<!ENTITY a 'b'>]>", "<!doctype e SYSTEM 'http://127.0.0.1:9/e.dtd'>"]) {
    const one = await bureau({ body: `${type}${good}` });
    assert.is((await failureOf(one.url)).reason, "answer_unreadable", type);
    const described = descriptionOf(PATH, "http://elsewhere.invalid", withDefaults({ dataDir: "unused" }));
    const other = await bureau({ body: good }, described.replace(/(<\?xml[^>]*>)?/, `$1${type}`));
    assert.instance(await failureOf(other.url), GatewayUnavailable, type);
    assert.is(other.asked.length, 1);
  }
});

test("loads the description once, and again after a failure", async () => {
  const good = await bureau({ body: answer("<return><msg_code>2</msg_code></return>") });
  const bad = await bureau("drop");
  await gateway.download(accountAt(good.url));
  await gateway.download(accountAt(good.url));
  await failureOf(bad.url);
  await failureOf(bad.url);
  const described = (asked: string[]) => asked.filter((one) => one.startsWith("GET")).length;
  assert.equal([described(good.asked), described(bad.asked)], [1, 2]);
});

test("goes to the configured address, whatever the description says", async () => {
  const { url, asked } = await bureau({ body: answer("<return><msg_code>2</msg_code></return>") });
  await gateway.download(accountAt(url));
  assert.ok(asked.includes(`POST ${PATH}`));
});

test("loads what the description imports from the configured host alone", async () => {
  const other = await bureau({});
  const places = [`${other.url}/types.xsd?n=1`, "file:///types.xsd?n=2", `${other.url}//127.0.0.1/types.xsd`];
  for (const place of places) {
    const imported = `<types><xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:import schemaLocation="${place}"/></xsd:schema></types>`;
    const { url, asked } = await bureau({}, `<definitions>${imported}</definitions>`);
    assert.instance(await failureOf(url), GatewayUnavailable);
    assert.is(asked[1], `GET ${place.replace(/^\w+:\/\/[^/]*/, "")}`);
  }
  assert.equal(other.asked, []);
});

test("tells no secret in its error", async () => {
  const { url } = await bureau({ status: 500, body: "演示Bureau1" });
  const failure = await failureOf(url);
  const told = `${failure.stack} ${JSON.stringify(failure)} ${String(failure.cause)}`;
  assert.not.match(told, /演示Bureau1|0123456789ABCDEF|openbeian\b.*pwdHash/);
});

test.run();
