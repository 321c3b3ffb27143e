import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createHookGateway, hookAddress } from "../../../src/gateways/hooks/index.ts";
import { isSameSignature, signature } from "../../../src/gateways/signed-post.ts";
import { GatewayFailed } from "../../../src/lib/gateway-failed.ts";
import { untrustedServer } from "../../support/untrusted.ts";

const test = suite("the web hook of a provider");

const id = "0b7e9c1a-3d52-4f6e-8a90-1c2d3e4f5a6b";
const body =
  '{"id":"0b7e9c1a-3d52-4f6e-8a90-1c2d3e4f5a6b","event":"access.cut","at":"2026-11-22T02:00:00.000Z","ips":["203.0.113.7"],"cut":12,"cause":"bureau","access":345,"number":"京ICP备2021012345号-1","domains":["shili.example.cn"]}';

test("signs as its description says by an example", () => {
  assert.is(
    signature("sample-secret", "1790000000", body),
    "sha256=061e90dee9415d5367bda36aea104add41ac89226439f804c0af273f1516c60a",
  );
  assert.is(
    signature("sample-secret", "1790000000", id, '{"done":true}'),
    "sha256=88a0dea0b9c68ef0e4d659a33e350a6e6d704c4d8f6c8bbf6b367dc785b2ff70",
  );
});

test("takes no signature but its own, whatever characters stand in it", () => {
  const right = signature("sample-secret", "1790000000", body);
  assert.ok(isSameSignature(right, right));
  // As many characters, but not as many bytes.
  for (const given of ["", right.slice(1), `${right.slice(0, -1)}é`, "é".repeat(right.length), `${right}0`])
    assert.not(isSameSignature(given, right), given);
});

for (const [address, kept] of [
  ["https://crm.example.cn/beian/events", "https://crm.example.cn/beian/events"],
  ["https://10.1.2.3/hook", "https://10.1.2.3/hook"],
  ["http://127.0.0.1:8080/hook", "http://127.0.0.1:8080/hook"],
  ["http://localhost:8080/hook", "http://localhost:8080/hook"],
  ["http://crm.example.cn/hook", undefined],
  ["https://user:secret@crm.example.cn/hook", undefined],
  ["https://169.254.169.254/latest/meta-data", undefined],
  ["https://2852039166/latest", undefined],
  ["https://[::ffff:169.254.169.254]/", undefined],
  ["https://[fe80::1]/", undefined],
  ["https://100.100.100.200/latest", undefined],
  ["https://0.0.0.0/", undefined],
  ["https://[::]/", undefined],
  ["https://[fd00:ec2::254]/latest", undefined],
  ["ftp://crm.example.cn/", undefined],
  ["crm.example.cn", undefined],
] as const)
  test(`${kept ? "takes" : "refuses"} ${address}`, () => {
    assert.is(hookAddress(address), kept);
  });

test("sends nothing to an address that is not allowed, whatever leads there", async () => {
  const target = { url: "https://169.254.169.254/", secret: "x" };
  const error = await createHookGateway(200)
    .deliver(target, { id, body })
    .catch((thrown) => thrown);
  assert.instance(error, GatewayFailed);
  assert.match(error.message, /not allowed/);
});

test("sends nothing where nobody vouches for the certificate", async () => {
  const { url, asked, close } = await untrustedServer();
  const error = await createHookGateway()
    .deliver({ url, secret: "x" }, { id, body })
    .catch((thrown) => thrown)
    .finally(close);
  assert.instance(error, GatewayFailed);
  assert.is(asked(), 0);
});

test.run();
