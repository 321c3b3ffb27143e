import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { BureauRecord, Operation } from "../../src/gateways/bureau/index.ts";
import { sampleInquiryAnswer, sampleUnfiledSiteAnswer } from "../gateways/bureau/sample-operations.ts";
import { changeOf, startFiled } from "./filed.ts";

const test = suite("the answer to a task of the simulated bureau");

const filed = await startFiled();
const { bench, refusals, file } = filed;
test.after(() => bench.end());
const record = await file(10);

/** 核实结果 on a record as it came back. */
function answerOn(
  of: BureauRecord,
  change: Partial<Extract<Operation, { kind: "inquiry-answer" }>> = {},
): Extract<Operation, { kind: "inquiry-answer" }> {
  const { subject, websites } = changeOf(of);
  return sampleInquiryAnswer({ subject, websites, ...change });
}
const answers = () => bench.simulator.view().filings.filter(({ operation }) => operation === 0);

test("to an inquiry is taken and shown at the desk, without numbers of persons", async () => {
  const faults = "电话13800000011已停用";
  assert.equal(await refusals(answerOn(record, { correct: false, opinion: 2, faults })), []);
  const [answer] = answers();
  assert.is(answer?.state, "approved");
  assert.equal(answer?.answer, { kind: "inquiry", correct: false, opinion: "2", faults: "电话…已停用" });
  const page = await (await fetch(bench.simulator.url)).text();
  assert.match(page, "任务答复");
  assert.not.match(page, "13800000011");
});

test("to an inquiry is about a record, a website and an access that are there, and of this unit", async () => {
  const strange = (how: (answer: ReturnType<typeof answerOn>) => void) => {
    const answer = answerOn(record);
    how(answer);
    return refusals(answer);
  };
  assert.equal(await strange(({ subject }) => Object.assign(subject, { bureauId: 1 })), [1058]);
  assert.equal(await strange(({ websites }) => Object.assign(websites[0]!, { bureauId: 1 })), [1059, 1005]);
  assert.equal(await strange((answer) => Object.assign(answer, { unit: 1002 })), [5003]);
  assert.equal(
    await strange(({ websites }) => Object.assign(websites[0]!.accesses[0]!, { bureauId: 1 })),
    [1016],
  );
});

test("to an unfiled site is taken once, for a site that this provider was told of", async () => {
  const answer = (change = {}) => refusals(sampleUnfiledSiteAnswer({ domain: "unfiled.cn", ...change }));
  assert.equal(await answer(), [5005]);
  bench.simulator.order({ action: "unfiled", domain: "unfiled.cn", ip: "106.2.76.9", ispId: 1001 });
  bench.simulator.order({ action: "unfiled", domain: "others.cn", ip: "106.2.76.9", ispId: 1002 });
  await bench.fetchAll();
  assert.equal(await answer({ result: 99 }), [5007]);
  assert.equal(await answer({ domain: "others.cn" }), [5005]);
  assert.equal(await answer(), []);
  assert.equal(await answer(), [5006]);
  assert.is(bench.simulator.view().unfiled.find(({ domain }) => domain === "unfiled.cn")?.answered, true);
});

test("that is refused names no operation, only what it is about", async () => {
  await filed.ask(sampleUnfiledSiteAnswer({ domain: "nobody.cn" }));
  const [part] = await bench.fetchAll();
  const [result] = part?.kind === "results" ? part.machine : [];
  assert.equal([result?.operation, result?.about, result?.codes[0]?.code], [0, "nobody.cn", 5005]);
});

test.run();
