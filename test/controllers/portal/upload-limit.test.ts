import { suite } from "uvu";
import * as assert from "uvu/assert";
import { countHit } from "../../../src/models/rate-limit/rate-limit.ts";
import { testWorld, type World } from "../../support/app.ts";
import { draft, registrantNamed } from "../../support/filings.ts";

const test = suite("the limit of uploads");

let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());

test("holds back an account that uploads without end, and no other", async () => {
  const { store, people } = world;
  const limit = { name: "uploads", most: 400, seconds: 3600 };
  const own = `account:${people.registrants.张三.id}`;
  for (let hit = 0; hit < limit.most; hit++) await countHit(store, limit, own);
  const statuses = [];
  for (const [name, certNo] of [
    ["张三", "91330108MA27XL1Q75"],
    ["王五", "91330108MA27WX0016"],
  ] as const) {
    const filing = await draft(store, registrantNamed(people, name), {
      domain: `${certNo.toLowerCase()}.cn`,
      certNo,
    });
    const path = `/filings/${filing.number}/materials/certificate`;
    statuses.push((await (await world.signInAs(name)).post(`${path}?section=1`, {})).status);
    const kept = await world.db`select 1 from materials`;
    assert.is(kept.length, 0);
  }
  assert.equal(statuses, [429, 422]);
});

test.run();
