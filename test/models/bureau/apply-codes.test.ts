import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Answer } from "../../../src/models/bureau/answers.ts";
import { applyCodes } from "../../../src/models/bureau/apply-codes.ts";
import { createStaff } from "../../../src/models/staff/staff.ts";
import { inTransaction } from "../../../src/models/store.ts";
import { testWorld, type World } from "../../support/app.ts";
import { password } from "../../support/people.ts";
import { addBureau } from "../../support/records.ts";

const test = suite<{ world: World; answer: Answer }>("基础代码 in a downloaded file");
test.before(async (shared) => {
  shared.world = await testWorld();
  const { store, db, people } = shared.world;
  const ispId = people.isps.first;
  const bureauId = await addBureau(store, ispId);
  const person = { ispId, password, roles: ["administrator"] as const };
  await createStaff(store, {
    ...person,
    ...{ userName: "admin2", name: "郑二", email: "admin2@example.cn" },
  });
  const [answer] = await db<Answer[]>`
    insert into bureau_answers (isp_id, bureau_id, file_name, data_key, file, content_hash)
    values (${ispId}, ${bureauId}, 'codes.xml', '\\x00', gen_random_uuid(), 'h') returning *`;
  if (!answer) throw new Error("no answer");
  shared.answer = answer;
});
test.after(({ world }) => world.close());

const said = (
  { world, answer }: { world: World; answer: Answer },
  position: number,
  name: string,
  ids: string[],
) =>
  inTransaction(world.store, (store) =>
    applyCodes(store, {
      ...{ answer, position },
      result: {
        kind: "codes",
        table: { name, rows: ids.map((id) => ({ id, label: id, valid: true, remark: "", extra: {} })) },
      },
    }),
  );

test("waits for a look, and tells 管理员 once for a file", async (shared) => {
  assert.is((await said(shared, 0, "Hsyj_dms", ["1"])).outcome, "applied");
  assert.is((await said(shared, 1, "Wbacl_dms", ["1"])).outcome, "applied");
  assert.is((await said(shared, 2, "Hsyj_dms", ["1"])).outcome, "repeated");
  const told = await shared.world.db`select 1 from notices where template = 'code-tables-arrived'`;
  assert.is(told.length, 1);
});

test("without a code in a row is for a person", async (shared) => {
  assert.is((await said(shared, 3, "Hsyj_dms", ["1", ""])).outcome, "parked");
});

test("of a name that nobody knows is kept all the same", async (shared) => {
  assert.is((await said(shared, 4, "Xinde_dms", ["1"])).outcome, "applied");
});

test.run();
