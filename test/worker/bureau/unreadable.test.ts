import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MAX_UNREADABLE } from "../../../src/models/bureau/received.ts";
import { skipAnswer } from "../../../src/models/bureau/skip.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import { bajg, brokenFile, bureauWith, fileOf } from "../../support/downloads.ts";
import { staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("a file of the bureau that cannot be read");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

const rows = (bench: BureauBench) =>
  bench.store.db<
    {
      id: number;
      fileName: string;
      state: string;
      problem: string | null;
      times: number;
      appliedAt: Date | null;
    }[]
  >`select id, file_name, state, problem, times, applied_at from bureau_answers order by id`;

const skip = (bench: BureauBench, id: number) =>
  skipAnswer(bench.store, staffNamed(bench.people, "孙七"), { id, reason: "管局已经重发" });

test("is stored before it is looked at, once however often it comes", async ({ bench }) => {
  const { bureau, acknowledged } = bureauWith(bench, brokenFile());
  for (let turn = 0; turn < 5; turn++) await bench.download({ bureau });
  const [row, ...more] = await rows(bench);
  assert.equal(
    [row?.state, row?.problem, more.length, acknowledged.length],
    ["unreadable", "file_hash", 0, 0],
  );
  assert.ok((row?.times ?? 0) >= 5);
  assert.is(bench.kept.size, 1);
});

test("is acknowledged and not applied once a person had it skipped, and the next file comes", async ({
  bench,
}) => {
  const next = fileOf(bajg(""), "next.xml");
  const { bureau, acknowledged } = bureauWith(bench, brokenFile("bad.xml"), next);
  assert.is((await bench.download({ bureau })).problem, "file_hash");
  const [bad] = await rows(bench);
  await skip(bench, bad?.id ?? 0);
  assert.is((await bench.download({ bureau })).problem, null);
  assert.equal(acknowledged, ["bad.xml", "next.xml"]);
  assert.equal(
    (await rows(bench)).map(({ state, appliedAt }) => [state, appliedAt !== null]),
    [
      ["acknowledged", false],
      ["acknowledged", true],
    ],
  );
});

test("is skipped by its name where its bytes change each time", async ({ bench }) => {
  const served = { count: 0 };
  const { bureau, acknowledged, waiting } = bureauWith(bench, brokenFile("bad.xml"));
  const download = async () =>
    waiting[0]
      ? { code: 3, message: "", file: brokenFile("bad.xml", `<!--${served.count++}-->`) }
      : { code: 2, message: "" };
  await bench.download({ bureau: { ...bureau, download } });
  const [bad] = await rows(bench);
  await skip(bench, bad?.id ?? 0);
  assert.is((await bench.download({ bureau: { ...bureau, download } })).problem, null);
  assert.equal(acknowledged, ["bad.xml"]);
  const states = (await rows(bench)).map(({ state }) => state);
  assert.ok(states.length > 1);
  assert.equal([...new Set(states)], ["acknowledged"], "the bureau sends none of them again");
});

test("is applied and not skipped where the bureau sends it again in order", async ({ bench }) => {
  const broken = bureauWith(bench, brokenFile("bad.xml"));
  await bench.download({ bureau: broken.bureau });
  const [bad] = await rows(bench);
  await skip(bench, bad?.id ?? 0);
  const whole = bajg("<Jg_xx><Jgxx><Jgdm>1001</Jgdm></Jgxx><Bs>987654321</Bs></Jg_xx>");
  const { bureau } = bureauWith(bench, fileOf(whole, "bad.xml"));
  assert.equal([(await bench.download({ bureau })).parked], [1]);
});

test("holds up nothing at a bureau that goes on with the next", async ({ bench }) => {
  const files = [brokenFile("bad.xml"), fileOf(bajg(""), "good.xml")];
  const { bureau, acknowledged } = bureauWith(bench);
  let turn = 0;
  const download = async () => {
    const file = acknowledged.length > 0 ? files[0] : files[turn++ % 2];
    return file ? { code: 3, message: "", file } : { code: 2, message: "" };
  };
  assert.is((await bench.download({ bureau: { ...bureau, download } })).problem, "file_hash");
  assert.equal(acknowledged, ["good.xml"]);
});

test("is read after all when the right key was entered", async ({ bench }) => {
  const file = { ...fileOf(bajg("")), encryptAlgorithm: 1 };
  await bench.download({ bureau: bureauWith(bench, file).bureau });
  assert.is((await rows(bench))[0]?.state, "unreadable");
  const clear = { ...file, encryptAlgorithm: 0 };
  await bench.download({ bureau: bureauWith(bench, clear).bureau });
  assert.equal(
    (await rows(bench)).map(({ state }) => state),
    ["acknowledged", "acknowledged"],
    "what could not be read under this name is over",
  );
});

test("stays to be seen to when another file of the bureau was read", async ({ bench }) => {
  await bench.download({ bureau: bureauWith(bench, brokenFile("bad.xml")).bureau });
  await bench.download({ bureau: bureauWith(bench, fileOf(bajg(""), "good.xml")).bureau });
  assert.equal(
    (await rows(bench)).map(({ state }) => state),
    ["unreadable", "acknowledged"],
  );
});

test("never fills the disk, whatever a bureau sends under whatever names", async ({ bench }) => {
  let served = 0;
  const download = async () => ({ code: 3, message: "", file: brokenFile(`bad${served++}.xml`) });
  const bureau = { ...bench.parts.bureau, download };
  let problem: string | null = null;
  for (let turn = 0; turn < MAX_UNREADABLE && problem !== "too_many_unreadable"; turn++)
    problem = (await bench.download({ bureau })).problem;
  for (let turn = 0; turn < 3; turn++)
    assert.is((await bench.download({ bureau })).problem, "too_many_unreadable");
  assert.equal([bench.kept.size, (await rows(bench)).length], [MAX_UNREADABLE, MAX_UNREADABLE]);
});

test("may have a name of any length, or none", async ({ bench }) => {
  for (const fileName of ["", "长".repeat(5000), "a".repeat(100_000)]) {
    const { bureau, acknowledged } = bureauWith(bench, { ...fileOf(bajg("")), fileName });
    assert.is((await bench.download({ bureau })).problem, null);
    assert.equal(acknowledged, [fileName || "20261118120000_zj_1.xml"]);
  }
});

test.run();
