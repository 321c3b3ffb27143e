import { suite } from "uvu";
import * as assert from "uvu/assert";
import { firstFilingXml, GatewayTimeout, GatewayUnavailable, pack } from "../../src/gateways/bureau/index.ts";
import type { Fault } from "../../src/simulator/index.ts";
import { sampleFiling, startBench } from "./bench.ts";

const test = suite("the faults of the simulated bureau");

const bench = await startBench({ decisions: "hold" });
test.after(() => bench.end());
test.before.each(() => bench.set({ fault: "none", faultMethods: [], faultTimes: null, answerDelayMs: 0 }));

let id = 0;
const packed = () => {
  id += 10;
  const filing = sampleFiling({ id, domain: `site${id}.cn`, certificate: `C${id}` });
  return pack(firstFilingXml(filing), bench.account, `F${id}.xml`);
};
const last = () => bench.simulator.view().accounts[0]?.lastSequence ?? 0;
const upload = (timeoutMs = 5000) =>
  bench.gateway.upload({ ...bench.account, timeoutMs }, packed(), last() + 1);
const download = () => bench.gateway.download(bench.account);

const thrown = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test("answer with their code and do nothing", async () => {
  const codes: [Fault, number][] = [
    ["busy", 15],
    ["hours", 20],
    ["wrong_password", 5],
    ["maintenance", 901],
  ];
  for (const [fault, code] of codes) {
    bench.set({ fault });
    assert.is((await upload()).code, code, fault);
    assert.is(last(), 0, fault);
  }
  assert.is((await download()).code, 902);
  bench.set({ fault: "hours" });
  assert.match((await upload()).message, /8:30至17:30/);
});

test("leave a call unknown when the answer is garbage, and take nothing in", async () => {
  for (const fault of ["garbage", "garbage_http", "drop_before"] as const) {
    bench.set({ fault });
    assert.instance(await thrown(upload()), GatewayTimeout, fault);
    assert.is(last(), 0, fault);
  }
});

test("accept a file and close the connection: the previous upload tells that it is there", async () => {
  bench.set({ fault: "timeout_after_accept", faultMethods: ["isp_upload"] });
  const content = packed();
  const number = last() + 1;
  assert.instance(await thrown(bench.gateway.upload(bench.account, content, number)), GatewayTimeout);
  const previous = await bench.gateway.queryPreviousUpload(bench.account);
  assert.equal([previous.sequence, previous.hash], [number, content.beianInfoHash]);
  bench.set({ fault: "none" });
  assert.is((await bench.gateway.upload(bench.account, content, number)).code, 0);
  assert.is(bench.simulator.view().filings.filter(({ sequence }) => sequence === number).length, 1);
});

test("accept a file and never answer", async () => {
  bench.set({ fault: "hang_after_accept" });
  const before = last();
  const failure = await thrown(upload(1500));
  assert.instance(failure, GatewayTimeout);
  assert.is(last(), before + 1);
});

test("shut the bureau: without a description nothing is sent", async () => {
  bench.set({ fault: "down" });
  const { createBureauGateway } = await import("../../src/gateways/bureau/index.ts");
  const fresh = await thrown(createBureauGateway().download(bench.account));
  assert.instance(fresh, GatewayUnavailable);
  const desk = await fetch(`${bench.simulator.url}/desk.json`);
  assert.is(desk.status, 200, "the desk stays open");
});

test("hit the methods that are named, as often as was said", async () => {
  bench.set({ fault: "busy", faultMethods: ["isp_upload"], faultTimes: 2 });
  assert.is((await download()).code, 2);
  assert.equal([(await upload()).code, (await upload()).code, (await upload()).code], [15, 15, 0]);
  assert.is(bench.simulator.view().settings.fault, "none");
});

test("delay an answer without changing it", async () => {
  bench.set({ answerDelayMs: 50 });
  assert.is((await upload()).code, 0);
  bench.set({ answerDelayMs: 60_000 });
  assert.instance(await thrown(bench.gateway.download({ ...bench.account, timeoutMs: 200 })), GatewayTimeout);
});

test.run();
