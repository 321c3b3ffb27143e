import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createBureauGateway, firstFilingXml, pack } from "../../src/gateways/bureau/index.ts";
import { program } from "../../src/lib/project.ts";
import { startSimulator } from "../../src/simulator/index.ts";
import { accountAt } from "../gateways/bureau/sample.ts";
import { codesOf, numbersOf, sampleFiling, startBench } from "./bench.ts";

const test = suite("the state of the simulated bureau");

test("is the same after a restart: numbers, filings, waiting files and settings", async () => {
  const bench = await startBench({ decisions: "hold", returnWords: "请重新上传。" });
  await bench.send(sampleFiling({ id: 10 }), 1);
  await bench.send(sampleFiling({ id: 20, domain: "second.cn", certificate: "C2" }), 2);
  bench.simulator.order({ action: "approve", filing: 1 });
  const { file } = await bench.gateway.download(bench.account);
  await bench.gateway.acknowledge(bench.account, file!.fileName);
  const before = bench.simulator.view();
  await bench.restart();
  assert.equal(bench.simulator.view(), before);
  assert.equal(numbersOf(await bench.fetchAll()).length, 2);
  bench.simulator.order({ action: "return", filing: 2, words: "请重新上传。" });
  assert.equal(codesOf(await bench.fetchAll()), [1002]);
  assert.is((await bench.send(sampleFiling({ id: 30, domain: "third.cn", certificate: "C3" }), 3)).code, 0);
  await bench.end();
});

test("goes on deciding what waited while it was away", async () => {
  const bench = await startBench({ decisions: "approve", decisionDelayMs: 60_000 });
  await bench.send(sampleFiling(), 1);
  await bench.restart();
  bench.set({ decisionDelayMs: 0 });
  assert.equal(codesOf(await bench.fetchSome()), [1001]);
  await bench.end();
});

test("forgets a line that was cut while it was written, and nothing else", async () => {
  const bench = await startBench({ decisions: "hold" });
  await bench.send(sampleFiling(), 1);
  await bench.simulator.stop();
  appendFileSync(join(bench.dataDir, "journal.jsonl"), '{"type":"acknowledged","fileNa');
  const again = await startSimulator({ dataDir: bench.dataDir });
  assert.is(again.view().filings.length, 1);
  again.order({ action: "approve", filing: 1 });
  await again.stop();
  const third = await startSimulator({ dataDir: bench.dataDir });
  assert.is(third.view().filings[0]?.state, "approved");
  await third.stop();
  rmSync(bench.dataDir, { recursive: true });
});

/** A bureau in a process of its own, so that it can be killed. */
async function process(dataDir: string) {
  const { execArgv, file } = program("test/simulator/process.ts");
  const child = spawn(globalThis.process.execPath, [...execArgv, file, dataDir]);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (text: Buffer) => resolve(text.toString().trim()));
    child.once("exit", () => reject(new Error("the bureau did not start")));
  });
  return { url, kill: () => new Promise((resolve) => child.once("exit", resolve) && child.kill("SIGKILL")) };
}

test("keeps after kill -9 whatever it had answered", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bureau-"));
  const gateway = createBureauGateway();
  const first = await process(dataDir);
  const account = accountAt(first.url);
  const send = (endpoint: string, sequence: number) => {
    const filing = sampleFiling({
      id: sequence * 10,
      domain: `k${sequence}.cn`,
      certificate: `K${sequence}`,
    });
    return gateway.upload(
      { ...account, endpoint },
      pack(firstFilingXml(filing), account, `K${sequence}.xml`),
      sequence,
    );
  };
  assert.is((await send(first.url, 1)).code, 0);
  assert.is((await send(first.url, 2)).code, 0);
  await first.kill();
  const second = await process(dataDir);
  const previous = await gateway.queryPreviousUpload({ ...account, endpoint: second.url });
  assert.is(previous.sequence, 2);
  assert.ok(previous.file);
  assert.is((await send(second.url, 4)).code, 14);
  assert.is((await send(second.url, 3)).code, 0);
  await second.kill();
  rmSync(dataDir, { recursive: true });
});

test("holds no identity number and no telephone outside the kept files, which are ours alone to read", async () => {
  const bench = await startBench({ decisions: "hold" });
  await bench.send(sampleFiling(), 1);
  const journal = readFileSync(join(bench.dataDir, "journal.jsonl"), "utf8");
  assert.not.match(journal, /330106199001011234|13800000011|91330106MA2XXXXX0A|柳青山/);
  const modes = [join(bench.dataDir, "journal.jsonl"), join(bench.dataDir, "files")].map(
    (path) => statSync(path).mode & 0o077,
  );
  assert.equal(modes, [0, 0]);
  const parts = readdirSync(join(bench.dataDir, "files")).filter((name) => name.endsWith(".part"));
  assert.equal(parts, []);
  await bench.end();
});

test.run();
