import { setTimeout as wait } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { lockedSubjectKey } from "../../../src/models/record/writing.ts";
import { inTransaction } from "../../../src/models/store.ts";
import { tellAccount } from "../../../src/models/transfer/tell.ts";
import { testWorld, type World } from "../../support/app.ts";
import { registrantNamed } from "../../support/filings.ts";
import { openChange, recordOf } from "../../support/moves.ts";
import { addBureau } from "../../support/records.ts";

const test = suite("the locks of a record and its account");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());

test("writing a record and opening a filing on it never wait for each other in a circle", async () => {
  const record = await recordOf(world, await addBureau(world.store, world.people.isps.first));
  const { accountId } = registrantNamed(world.people, "张三");
  const written = inTransaction(world.store, async (store) => {
    await lockedSubjectKey(store, record.subjectId);
    await wait(300);
    const variables = { outcome: "received", number: record.number, other: "" } as const;
    await tellAccount(store, accountId, "record-settled", variables, newId());
  });
  await wait(100);
  const opened = openChange(world, record.subjectId);
  const done = await Promise.allSettled([written, opened]);
  assert.equal(
    done.map((one) => (one.status === "rejected" ? String(one.reason) : "done")),
    ["done", "done"],
  );
});
test.run();
