import { suite } from "uvu";
import * as assert from "uvu/assert";
import { testWorld, type World } from "../../support/app.ts";
import { draft, freshParts, registrantNamed } from "../../support/filings.ts";

const test = suite<{ world: World }>("a page left at the address of a form");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after(({ world }) => world.close());

test("leads back to its form when it is loaded again", async ({ world }) => {
  const filing = await draft(world.store, registrantNamed(world.people, "张三"), freshParts());
  const zhang = await world.signInAs("张三");
  const base = `/filings/${filing.number}`;
  const refused = await zhang.post(`${base}/submission`, { requestId: "1" });
  assert.is(refused.status, 422);
  for (const [form, page] of [
    ["/submission", "/check"],
    ["/sms-check", ""],
    ["/materials/certificate?section=1", "/materials"],
  ] as const)
    assert.is((await zhang.get(base + form)).location, base + page);
});

test.run();
