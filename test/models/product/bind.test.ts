import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { addWebsite, dropSection } from "../../../src/models/filing/change-sections.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import { sectionsOf } from "../../../src/models/filing/sections.ts";
import { bindProduct, type Verified } from "../../../src/models/product/bind.ts";
import { codesOfIsp, createCode, revokeCode } from "../../../src/models/product/codes.ts";
import { productLine, productOf } from "../../../src/models/product/of-filing.ts";
import { findProduct } from "../../../src/models/product/rows.ts";
import { numberByHand } from "../../../src/models/record/by-hand.ts";
import { inTransaction, type RootStore } from "../../../src/models/store.ts";
import {
  act,
  bringTo,
  complete,
  draft,
  freshParts,
  registrantNamed,
  staffNamed,
} from "../../support/filings.ts";
import type { People } from "../../support/people.ts";
import { cloudServer, stock } from "../../support/products.ts";
import { addBureau } from "../../support/records.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

const test = suite("a filing on a product");
let bench: TaskBench;
let store: RootStore;
let people: People;
test.before(async () => {
  bench = await taskBench();
  ({ store, people } = bench);
});
test.after(() => bench.close());

const 张三 = () => registrantNamed(people, "张三");
const drafted = (): Promise<Filing> => draft(store, 张三(), freshParts());
const bind = (filing: Filing, verified: Verified) =>
  inTransaction(store, (inside) => bindProduct(inside, filing, verified));
const used = async (id: number) => (await findProduct(store.db, people.isps.first, id)).used;
const direct = (productId: number): Verified => ({ productId, codeId: null });
const full = { bound: false, reason: "quota" };

async function codeFor(productId: number): Promise<number> {
  const made = await createCode(store, {
    ispId: people.isps.first,
    productId,
    accountId: null,
    requestId: newId(),
  });
  if (!made.made) throw new Error(made.reason);
  return made.id;
}

const stateOf = async (id: number) =>
  (await codesOfIsp(store.db, people.isps.first, {})).find((code) => code.id === id)?.state;

test("takes a place and the addresses of the product", async () => {
  const product = cloudServer();
  const id = await stock(store, people, product);
  const filing = await drafted();
  assert.equal(await bind(filing, direct(id)), { bound: true });
  assert.is(await used(id), 1);
  const access = (await sectionsOf(store, filing)).find(({ kind }) => kind === "access");
  assert.equal(access?.values.ips, product.ips);
  assert.equal(access?.values.serverPlaces, ["330000"]);
  assert.equal(access?.values.accessModes, ["5"]);
  const bound = await productOf(store.db, filing);
  assert.ok(bound);
  assert.match(
    productLine(bound),
    new RegExp(`^云服务器 ${product.name}（${product.key}），浙江省，云接入$`),
  );
});

test("takes one place however often the same is asked", async () => {
  const id = await stock(store, people, cloudServer());
  const filing = await drafted();
  await bind(filing, direct(id));
  assert.equal(await bind(filing, direct(id)), { bound: true });
  assert.is(await used(id), 1);
});

test("gets the last place against another filing that asks at the same moment", async () => {
  for (let round = 0; round < 5; round++) {
    const id = await stock(store, people, cloudServer());
    const filings = [await drafted(), await drafted(), await drafted()];
    const answers = await Promise.all(filings.map((filing) => bind(filing, direct(id))));
    assert.is(answers.filter(({ bound }) => bound).length, 1);
    assert.equal(
      answers.find(({ bound }) => !bound),
      full,
    );
    assert.is(await used(id), 1);
  }
});

test("gets the last place or a code does, never both", async () => {
  for (let round = 0; round < 5; round++) {
    const productId = await stock(store, people, cloudServer());
    const filing = await drafted();
    const wanted = { ispId: people.isps.first, productId, accountId: null, requestId: newId() };
    const [bound, made] = await Promise.all([bind(filing, direct(productId)), createCode(store, wanted)]);
    assert.is(Number(bound.bound) + Number(made.made), 1);
    assert.is(await used(productId), 1);
  }
});

test("gives its place back when it is cancelled", async () => {
  const id = await stock(store, people, cloudServer());
  const filing = await drafted();
  await bind(filing, direct(id));
  await act(store, filing, "cancel", 张三());
  assert.is(await used(id), 0);
  assert.equal(await bind(await drafted(), direct(id)), { bound: true });
});

test("keeps its place for good once it has its number, and spends its code", async () => {
  const bureauId = await addBureau(store, people.isps.first);
  const productId = await stock(store, people, cloudServer());
  const codeId = await codeFor(productId);
  const filing = await complete(store, 张三(), freshParts());
  await bind(filing, { productId, codeId });
  assert.is(await stateOf(codeId), "bound");
  assert.equal(await productOf(store.db, filing).then((bound) => bound?.state), "open");
  await bringTo(store, people, filing, "initial_review");
  await store.db`update filings set state = 'approved', bureau_id = ${bureauId} where id = ${filing.id}`;
  const website = (await sectionsOf(store, filing)).find(({ kind }) => kind === "website");
  await numberByHand(store, await findFiling(store.db, filing.number, 张三()), staffNamed(people, "孙七"), {
    subjectNumber: "浙ICP备2026000009号",
    websites: new Map([[website?.id ?? 0, "浙ICP备2026000009号-1"]]),
    evidence: "管局电话告知",
    requestId: newId(),
  });
  assert.is(await stateOf(codeId), "spent");
  assert.is(await productOf(store.db, filing).then((bound) => bound?.state), "spent");
  assert.is(await used(productId), 1);
});

test("gives its code back when it is abandoned, to be used by another or taken back", async () => {
  const productId = await stock(store, people, cloudServer());
  const codeId = await codeFor(productId);
  const holder = { ispId: people.isps.first, accountId: null };
  const filing = await drafted();
  await bind(filing, { productId, codeId });
  assert.not(await revokeCode(store, holder, codeId));
  await act(store, filing, "cancel", 张三());
  assert.is(await stateOf(codeId), "open");
  assert.equal(await bind(await drafted(), { productId, codeId }), { bound: true });
});

test("gets a code against another filing that uses it at the same moment", async () => {
  const productId = await stock(store, people, cloudServer({ quota: 9 }));
  for (let round = 0; round < 5; round++) {
    const codeId = await codeFor(productId);
    const filings = [await drafted(), await drafted()];
    const answers = await Promise.all(filings.map((filing) => bind(filing, { productId, codeId })));
    assert.is(answers.filter(({ bound }) => bound).length, 1);
  }
});

test("stands on no product of another provider and on none that is retired", async () => {
  const filing = await drafted();
  const foreign = await stock(
    store,
    { ...people, isps: { ...people.isps, first: people.isps.second } },
    cloudServer(),
  );
  const retired = await stock(store, people, cloudServer({ state: "retired" }));
  for (const id of [foreign, retired])
    assert.equal(await bind(filing, direct(id)), { bound: false, reason: "wrong" });
});

test("takes a place for each of its websites, and none beyond those of the product", async () => {
  const product = cloudServer({ quota: 2 });
  const id = await stock(store, people, product);
  const filing = await drafted();
  await bind(filing, direct(id));
  const add = (seen: number) => addWebsite(store, 张三(), { filingId: filing.id, seen });
  await add(1);
  assert.is(await used(id), 2);
  const sections = await sectionsOf(store, filing);
  assert.equal(
    sections.filter(({ kind }) => kind === "access").map(({ values }) => values.ips),
    [product.ips, product.ips],
  );
  const refused = await add(2).catch((error: Error) => error.name);
  assert.is(refused, "ProductFull");
  assert.is((await sectionsOf(store, filing)).length, sections.length);
  const website = sections.filter(({ kind }) => kind === "website").at(-1);
  await dropSection(store, 张三(), { filingId: filing.id, sectionId: website?.id ?? 0 });
  assert.is(await used(id), 1);
});

test.run();
