import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createBureauLookups } from "../../../src/gateways/bureau/index.ts";
import { findBureau } from "../../../src/models/bureau/rows.ts";
import { askBureau } from "../../../src/models/reconciliation/ask.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import { recorded } from "../../support/copies.ts";

const test = suite<{ bench: BureauBench }>("two rounds of questions to one bureau");
test.before(async (shared) => {
  shared.bench = await startBureauBench();
});
test.after(({ bench }) => bench.close());

const gate = () => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
};

test("ask it once: the second asks nothing while the first is at it", async ({ bench }) => {
  const { store, people, bureauId } = bench;
  for (let n = 0; n < 2; n++) await recorded(store, people, bureauId);
  const [asking, answers] = [gate(), gate()];
  const real = createBureauLookups();
  let questions = 0;
  const slow: Pick<typeof real, "queryBeianStatus"> = {
    async queryBeianStatus(...question) {
      questions++;
      asking.open();
      await answers.passed;
      return real.queryBeianStatus(...question);
    },
  };
  const bureau = await findBureau(store.db, bureauId);
  const ask = () => askBureau(store, slow, bureau, { pauseMs: 0 });
  const first = ask();
  await asking.passed;
  setTimeout(answers.open, 1500);
  const second = await ask();
  assert.equal([second.asked, second.left, second.stopped], [0, 2, "asked_already"]);
  answers.open();
  assert.is((await first).asked, 2);
  assert.is(questions, 2);
  assert.is((await ask()).stopped, null, "nobody asks it any more");
});

test.run();
