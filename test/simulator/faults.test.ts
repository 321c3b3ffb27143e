import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  createBureauGateway,
  type DownloadAnswer,
  GatewayTimeout,
  GatewayUnavailable,
  PackagingFailed,
  readDownload,
  unpack,
  XmlUnreadable,
} from "../../src/gateways/bureau/index.ts";
import { FAULTS, type Fault } from "../../src/simulator/index.ts";
import { sampleFiling, startBench } from "./bench.ts";

const test = suite("a script of faults at the simulated bureau");

const bench = await startBench({ decisions: "hold" });
test.after(() => bench.end());
const { gateway } = bench;
const account = () => bench.account;

const download = () => gateway.download(account());
/** Something waits to be fetched, and nothing else. */
async function only(words: string): Promise<void> {
  bench.set({ script: [] });
  await bench.fetchAll();
  bench.simulator.order({ action: "bulletin", words, ispId: 1001 });
}
const failure = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
};
const opened = (answer: DownloadAnswer): unknown =>
  answer.file && readDownload(unpack(answer.file, account()).xml);
const script = (...faults: Fault[]) => bench.simulator.script(...faults.map((fault) => ({ fault })));

test("hits one call after the other, each method by itself, and then is over", async () => {
  await only("一");
  bench.simulator.script(
    { fault: "busy", methods: ["isp_upload"], times: 2 },
    { fault: "none", methods: ["isp_download"] },
    { fault: "maintenance", methods: ["isp_download"] },
  );
  const codes = [(await download()).code, (await download()).code, (await download()).code];
  assert.equal(codes, [1, 902, 1]);
  const send = () => bench.send(sampleFiling({ id: 10 }), 1);
  assert.equal([(await send()).code, (await send()).code, (await send()).code], [15, 15, 0]);
  assert.equal(bench.simulator.view().settings.script, []);
});

test("can be ordered by a program over HTTP, without the name of an action", async () => {
  const body = JSON.stringify({ script: [{ fault: "other", times: 1 }] });
  const answer = await fetch(`${bench.simulator.url}/desk.json`, { method: "POST", body });
  assert.is(answer.status, 200);
  assert.is((await download()).code, 999);
  const wrong = JSON.stringify({ script: [{ fault: "earthquake" }] });
  assert.is((await fetch(`${bench.simulator.url}/desk.json`, { method: "POST", body: wrong })).status, 422);
});

test("spoils a file in each of its layers, and gives it whole the next time", async () => {
  const reasons: [Fault, string][] = [
    ["wrong_hash", "hash"],
    ["wrong_padding", "decryption"],
    ["truncated", "zip"],
    ["huge", "too_large"],
  ];
  for (const [fault, reason] of reasons) {
    await only(fault);
    script(fault);
    const error = await failure(async () => opened(await download()));
    assert.instance(error, PackagingFailed, fault);
    assert.is((error as PackagingFailed).reason, reason, fault);
    assert.ok(opened(await download()), fault);
  }
  for (const fault of ["garbage_file", "xml_bomb_file", "external_entity_file"] as const) {
    await only(fault);
    script(fault);
    assert.instance(await failure(async () => opened(await download())), XmlUnreadable, fault);
    assert.ok(opened(await download()), fault);
  }
});

test("never gets more memory out of a zip that lies about its size than it says", async () => {
  await only("谎");
  script("lying");
  const before = process.memoryUsage().rss;
  assert.instance(await failure(async () => opened(await download())), Error);
  assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024);
});

test("waits for a file before it spoils one", async () => {
  bench.set({ script: [] });
  await bench.fetchAll();
  script("wrong_hash");
  assert.is((await download()).code, 2);
  assert.is(bench.simulator.view().settings.script.length, 1);
});

test("puts entities into a text and into the envelope: none is fetched, none grows", async () => {
  for (const fault of ["xml_bomb", "external_entity", "xml_bomb_soap"] as const) {
    bench.set({ script: [] });
    script(fault);
    const before = process.memoryUsage().rss;
    assert.instance(await failure(download), GatewayTimeout, fault);
    assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024, fault);
  }
  assert.is(bench.simulator.view().entityFetches, 0);
});

test("answers without an end, or so slowly that nobody waits for it", async () => {
  for (const fault of ["endless", "slow"] as const) {
    await only(fault);
    bench.simulator.script({ fault, methods: ["isp_download"] });
    const impatient = { ...account(), timeoutMs: 1000 };
    assert.instance(await failure(() => gateway.download(impatient)), GatewayTimeout, fault);
    assert.is((await download()).code, 1, fault);
  }
});

test("gives the same result twice under two names, and again after it was acknowledged", async () => {
  await only("两次");
  script("answer_twice");
  const names: string[] = [];
  for (;;) {
    const { file } = await download();
    if (!file) break;
    names.push(file.fileName);
    await gateway.acknowledge(account(), file.fileName);
  }
  const [first = "", second, third] = names;
  assert.is(names.length, 3);
  assert.equal([second, third], [first, first.replace(".xml", "b.xml")]);
});

test("gives the numbers before the approval, the last file first", async () => {
  bench.set({ script: [] });
  await bench.fetchAll();
  bench.simulator.order({ action: "approveAll" });
  bench.simulator.script({ fault: "reordered", times: 2 });
  assert.equal(
    (await bench.fetchAll()).map(({ kind }) => kind),
    ["records", "results"],
  );
});

test("shuts the door for a while, and is there again with everything it knew", async () => {
  const before = bench.simulator.view();
  await bench.simulator.down(0.3);
  const shut = createBureauGateway();
  assert.instance(await failure(() => shut.download(account())), GatewayUnavailable);
  await new Promise((resolve) => setTimeout(resolve, 600));
  assert.is((await shut.queryPreviousUpload(account())).sequence, 1);
  assert.equal(bench.simulator.view(), before);
});

test("starts again from its journal under the same address, by the handle or by an order of the desk", async () => {
  const before = bench.simulator.view();
  await bench.simulator.restart();
  assert.equal(bench.simulator.view(), before);
  assert.is((await gateway.queryPreviousUpload(account())).sequence, 1);
  const order = { method: "POST", body: JSON.stringify({ action: "restart" }) };
  assert.is((await fetch(`${bench.simulator.url}/desk.json`, order)).status, 200);
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.equal(bench.simulator.view(), before);
  assert.is((await gateway.queryPreviousUpload(account())).sequence, 1);
});

test("has words at the desk for every fault", async () => {
  const page = await (await fetch(bench.simulator.url)).text();
  for (const fault of FAULTS) assert.match(page, `<option value="${fault}"`);
});

test.run();
