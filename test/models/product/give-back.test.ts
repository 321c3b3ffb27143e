import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { TransitionRefused } from "../../../src/models/errors.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import { bindProduct } from "../../../src/models/product/bind.ts";
import { codesOfIsp, createCode } from "../../../src/models/product/codes.ts";
import { giveProduct } from "../../../src/models/product/give-product.ts";
import { releaseProduct, spendProduct } from "../../../src/models/product/places.ts";
import { findProduct } from "../../../src/models/product/rows.ts";
import { cancelRecord } from "../../../src/models/record/cancel.ts";
import type { RecordTree } from "../../../src/models/record/tree.ts";
import { inTransaction } from "../../../src/models/store.ts";
import { acceptMove } from "../../../src/models/transfer/accept.ts";
import { testWorld, type World } from "../../support/app.ts";
import { act, complete, draft, freshParts, registrantNamed } from "../../support/filings.ts";
import { beginFiling, recordOf } from "../../support/kinds.ts";
import { offered } from "../../support/moves.ts";
import { cloudServer, stock } from "../../support/products.ts";

const test = suite<World>("a place of a product");
test.before(async (context) => {
  Object.assign(context, await testWorld());
});
test.after((context) => context.close());

const isp = ({ people }: World) => people.isps.first;
const used = async (scene: World, id: number) => (await findProduct(scene.db, isp(scene), id)).used;
const direct = (productId: number) => ({ productId, codeId: null });

/** Spends places for the filing that brought a record, as if it had stood on the product from its beginning. */
async function carry(
  { store, db }: World,
  record: RecordTree,
  verified: { productId: number; codeId: number | null },
) {
  const [row] = await db<{ filingId: number }[]>`select filing_id from subjects where id = ${record.id}`;
  const filing = { id: row?.filingId ?? 0 };
  await inTransaction(store, async (inside) => {
    assert.equal(await bindProduct(inside, filing, verified), { bound: true });
    await spendProduct(inside, { ...filing, kind: "first", targetId: null });
  });
}

const cancel = ({ store, people }: World, kind: "website" | "access", id: number) =>
  inTransaction(store, (inside) => cancelRecord(inside.db, { ispId: people.isps.first, kind, id }, null));

const siteOf = ({ websites: [site] }: RecordTree) => site?.id ?? 0;
const accessOf = ({ websites: [site] }: RecordTree) => site?.accesses[0]?.id ?? 0;

test("is free again when its website is cancelled, once", async (scene) => {
  const productId = await stock(scene.store, scene.people, cloudServer({ quota: 2 }));
  const [one, other] = [await recordOf(scene), await recordOf(scene)];
  await carry(scene, one, direct(productId));
  await carry(scene, other, direct(productId));
  assert.is(await used(scene, productId), 2);
  await cancel(scene, "website", siteOf(one));
  await cancel(scene, "website", siteOf(one));
  assert.is(await used(scene, productId), 1);
});

test("is free again when the last access of its website is ended", async (scene) => {
  const productId = await stock(scene.store, scene.people, cloudServer());
  const record = await recordOf(scene);
  await carry(scene, record, direct(productId));
  await cancel(scene, "access", accessOf(record));
  assert.is(await used(scene, productId), 0);
});

test("is free again when the code that held it has carried its website to the end", async (scene) => {
  const productId = await stock(scene.store, scene.people, cloudServer());
  const made = await createCode(scene.store, {
    ...{ ispId: isp(scene), productId, accountId: null, requestId: newId() },
  });
  assert.ok(made.made);
  const record = await recordOf(scene);
  await carry(scene, record, { productId, codeId: made.made ? made.id : 0 });
  await cancel(scene, "website", siteOf(record));
  assert.is(await used(scene, productId), 0);
  assert.is((await codesOfIsp(scene.db, isp(scene), {}))[0]?.state, "revoked");
});

test("stays the giver's only until the website is another account's", async (scene) => {
  const productId = await stock(scene.store, scene.people, cloudServer());
  const record = await recordOf(scene);
  await carry(scene, record, direct(productId));
  const receiver = registrantNamed(scene.people, "王五");
  const [to] = await scene.db<{ userName: string }[]>`
    select user_name from accounts where id = ${receiver.accountId}`;
  const move = await offered(scene, record.id, to?.userName ?? "");
  assert.equal(await acceptMove(scene.store, receiver, move), { accepted: true });
  assert.is(await used(scene, productId), 0);
});

const changeOfAccess = (scene: World, record: RecordTree): Promise<Filing> =>
  beginFiling(scene, { kind: "change", scope: "access", subjectId: record.id, targetId: accessOf(record) });

test("is not taken twice by a change that stays on the product", async (scene) => {
  const productId = await stock(scene.store, scene.people, cloudServer());
  const record = await recordOf(scene);
  await carry(scene, record, direct(productId));
  const change = await changeOfAccess(scene, record);
  const owner = registrantNamed(scene.people, "张三");
  assert.equal(await giveProduct(scene.store, owner, change.id, direct(productId)), { bound: true });
  assert.is(await used(scene, productId), 1);
});

test("goes over to the product of a change once that has succeeded", async (scene) => {
  const [from, to] = [
    await stock(scene.store, scene.people, cloudServer()),
    await stock(scene.store, scene.people, cloudServer()),
  ];
  const record = await recordOf(scene);
  await carry(scene, record, direct(from));
  const change = await changeOfAccess(scene, record);
  await giveProduct(scene.store, registrantNamed(scene.people, "张三"), change.id, direct(to));
  assert.equal([await used(scene, from), await used(scene, to)], [1, 1]);
  await inTransaction(scene.store, (inside) => spendProduct(inside, change));
  assert.equal([await used(scene, from), await used(scene, to)], [0, 1]);
  await cancel(scene, "website", siteOf(record));
  assert.is(await used(scene, to), 0);
});

test("of another product is left when a draft is put on a second one", async (scene) => {
  const [from, to] = [
    await stock(scene.store, scene.people, cloudServer()),
    await stock(scene.store, scene.people, cloudServer({ quota: 0 })),
  ];
  const owner = registrantNamed(scene.people, "张三");
  const filing = await draft(scene.store, owner, freshParts());
  await giveProduct(scene.store, owner, filing.id, direct(from));
  assert.equal(await giveProduct(scene.store, owner, filing.id, direct(to)), {
    bound: false,
    reason: "quota",
  });
  assert.is(await used(scene, from), 1);
});

test("is wanted before a filing is sent in, where the provider asks for a product", async (scene) => {
  const { store, people, db } = scene;
  const owner = registrantNamed(people, "张三");
  const filing = await complete(store, owner, freshParts());
  await db`update isps set settings = settings || '{"products": {"required": true}}' where id = ${isp(scene)}`;
  const send = async () =>
    act(store, await findFiling(db, filing.number, owner), "submit", owner, { declared: true });
  try {
    await send();
    assert.unreachable();
  } catch (error) {
    assert.instance(error, TransitionRefused);
    assert.is((error as TransitionRefused).refusal, "product_missing");
  }
  await giveProduct(store, owner, filing.id, direct(await stock(store, people, cloudServer())));
  assert.is((await send()).state, "initial_review");
  await inTransaction(store, (inside) => releaseProduct(inside, filing));
  await db`update isps set settings = settings - 'products' where id = ${isp(scene)}`;
});

test.run();
