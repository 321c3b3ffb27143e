import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { findingsOf } from "../../../src/models/filing/findings.ts";
import { relatedFilings } from "../../../src/models/filing/lookups.ts";
import { uploadMaterial } from "../../../src/models/material/change.ts";
import { alikeByPrint } from "../../../src/models/material/likeness.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { testWorld, type World } from "../../support/app.ts";
import { registrantNamed, staffNamed } from "../../support/filings.ts";
import { draftWithPlaces, prepareAll } from "../../support/materials.ts";
import { explaining } from "../../support/plans.ts";
import { cardShot, copiesOf, li, zhang } from "../../support/shots.ts";

/** `OPENBEIAN_PLAN_ROWS=1000000 npm test -- material/likeness` shows the plan on a million. */
const ROWS = Number(process.env.OPENBEIAN_PLAN_ROWS ?? 100_000);

const test = suite<{ world: World }>("the same photo in another filing");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after(({ world }) => world.close());

type Name = "张三" | "王五";

/** A draft of somebody with a card in it, prepared; the filing and what the rules find. */
async function withCard(world: World, who: Name, bytes: Buffer) {
  const actor = registrantNamed(world.people, who);
  const { filing, subject } = await draftWithPlaces(world, actor);
  await uploadMaterial(world.store, world.files, actor, {
    ...{ filingId: filing.id, slot: "leader", sectionId: subject },
    ...{ bytes, requestId: newId() },
  });
  await prepareAll(world, filing);
  const found = async () =>
    (await findingsOf(world.store, filing)).findings.filter(({ rule }) => rule === "picture-seen-elsewhere");
  return { filing, found };
}

test("is a finding for the reviewer of both, who sees which one it is, and for nobody else", async ({
  world,
}) => {
  const first = await withCard(world, "张三", await cardShot(zhang));
  assert.equal(await first.found(), []);
  const turned = await copiesOf["turned to the left"]?.(await cardShot(zhang));
  const second = await withCard(world, "王五", turned ?? Buffer.alloc(0));
  for (const { found } of [first, second]) {
    const [finding] = await found();
    assert.is(finding?.severity, "check");
    assert.is(finding?.slot, "leader");
  }
  const related = await relatedFilings(world.db, staffNamed(world.people, "李四"), second.filing);
  assert.equal(
    related.map(({ number, shares }) => [number, shares]),
    [[first.filing.number, ["picture"]]],
  );
  const other = await withCard(world, "王五", await cardShot(li));
  assert.equal(await other.found(), [], "another person's card is another");
});

test("of the same subject, or of a person whom both filings name, is none", async ({ world }) => {
  await world.db`delete from picture_prints`;
  const [one, two] = [
    await withCard(world, "张三", await cardShot(li)),
    await withCard(world, "张三", await cardShot(li)),
  ];
  assert.equal([...(await one.found()), ...(await two.found())], [], "one account, one subject");
  const third = await withCard(world, "王五", await cardShot(li));
  assert.is((await third.found()).length, 1);
  for (const { filing } of [one, two, third])
    await world.db`insert into filing_lookups (isp_id, kind, key, filing_id)
      values (${filing.ispId}, 'document', 'same', ${filing.id})`;
  assert.equal(await third.found(), []);
});

test("is found by its indexes, however many pictures there are", async ({ world }) => {
  const { filing } = await withCard(world, "张三", await cardShot(zhang));
  const [material] = await currentMaterials(world.db, filing.id);
  assert.ok(material);
  await world.db`
    insert into materials (filing_id, isp_id, slot, state, original_bytes, digest, retired_at)
    select ${filing.id}, ${filing.ispId}, 'leader', 'ready', 1, '\\x00', now() from generate_series(1, ${ROWS})`;
  await world.db`
    insert into picture_prints (material_id, isp_id, kind, print)
    select id, isp_id, 'card', (('x' || md5(id::text))::bit(64)) from materials
    where digest = '\\x00' on conflict do nothing`;
  await world.db`analyze picture_prints`;
  const { db, plans } = explaining(world.db);
  await alikeByPrint({ ...world.store, db }, material, "01".repeat(32));
  const nodes = plans
    .flatMap(({ nodes }) => nodes)
    .filter((node) => node["Relation Name"] === "picture_prints");
  assert.ok(nodes.length > 0);
  for (const node of nodes) {
    assert.not.match(node["Node Type"], /Seq Scan/);
    const read = node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0);
    assert.ok(read < ROWS / 100, `${read} of ${ROWS} rows were read`);
  }
});

test.run();
