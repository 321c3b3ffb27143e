import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bureauWordsOf } from "../../../src/models/bureau/words.ts";
import { TransitionRefused } from "../../../src/models/errors.ts";
import { keptPassword, passwordHash } from "../../../src/models/filing/icp-password.ts";
import { blankPackage } from "../../../worker/bureau/blank.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import { approve, joining, packageOf, send, textOf } from "../../support/bureau-kinds.ts";
import { act, staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("the filing password of an upload");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

test("blanks the kept file when the package is over, killed in between or run twice", async ({ bench }) => {
  const { filing } = await joining(bench);
  await send(bench, filing);
  const hash = (await keptPassword(bench.store, filing)) ?? "none";
  const { id } = await packageOf(bench, filing);
  assert.is(await blankPackage(bench.parts, id), "nothing to do");
  approve(bench);
  await bench.downloadSome();
  const db = new Proxy(bench.store.db, {
    apply: (target, self, [strings, ...values]: [TemplateStringsArray, ...unknown[]]) => {
      if (strings.raw?.[0]?.includes("update bureau_packages")) throw new Error("died");
      return Reflect.apply(target as never, self, [strings, ...values]);
    },
  });
  const died = await blankPackage({ ...bench.parts, db }, id).then(
    () => false,
    () => true,
  );
  assert.ok(died);
  assert.ok((await textOf(bench, filing)).includes(hash));
  const before = (await packageOf(bench, filing)).file;
  assert.is(await blankPackage(bench.parts, id), "done");
  assert.is(await blankPackage(bench.parts, id), "nothing to do");
  const text = await textOf(bench, filing);
  assert.not.ok(text.includes(hash));
  assert.match(text, /<ICPmm><\/ICPmm>/);
  assert.not.ok(bench.kept.has(before));
});

test("returned for a wrong password asks for it again", async ({ bench }) => {
  const { filing } = await joining(bench, passwordHash("wrong1"));
  await send(bench, filing);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "bureau_returned");
  assert.equal((await bureauWordsOf(bench.store, filing))[0]?.codes, [1018]);
  assert.is(await keptPassword(bench.store, filing), undefined);
  await bench.store.db`update filings set state = 'ready' where id = ${filing.id}`;
  try {
    await act(bench.store, filing, "upload", staffNamed(bench.people, "孙七"));
    assert.unreachable("it went without a password");
  } catch (error) {
    assert.is(error instanceof TransitionRefused && error.refusal, "password_missing");
  }
});

test.run();
