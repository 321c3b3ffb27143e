import { suite } from "uvu";
import * as assert from "uvu/assert";
import { seedProducts } from "../../src/demo/products.ts";
import { productsOfAccount } from "../../src/models/product/owners.ts";
import { verifyProduct } from "../../src/models/product/verify.ts";
import type { RootStore } from "../../src/models/store.ts";
import { demoCredentials, demoHint } from "../../src/vocabulary/demo-products.ts";
import { storedTypeNames } from "../../src/vocabulary/product-types.ts";
import type { People } from "../support/people.ts";
import { asks, noHook } from "../support/products.ts";
import { type TaskBench, taskBench } from "../support/task-bench.ts";

const test = suite("the products of the demo");
let bench: TaskBench;
let store: RootStore;
let people: People;
test.before(async () => {
  bench = await taskBench();
  ({ store, people } = bench);
  const { first: ispId } = people.isps;
  await seedProducts(store, { ispId, slug: "shili", owner: "wangwu", province: "330000" });
});
test.after(() => bench.close());

test("are verified by what the pages say", async () => {
  for (const type of storedTypeNames) {
    const { key = "", proof = "" } = demoCredentials(type, "shili") ?? {};
    assert.ok((await verifyProduct(store, noHook, asks(people, { type, key, secret: proof }))).ok, type);
    assert.match(demoHint(type, "shili") ?? "", key);
  }
});

test("are no more than what the demo says: codes are made, and other providers have none", () => {
  assert.is(demoCredentials("authorisation_code", "shili"), undefined);
  assert.is(demoHint("cloud_server", "constructor-of-nothing"), undefined);
});

test("belong as far as the first goes to the registrant whom the provider names", async () => {
  const { id: accountId, ispId } = people.registrants.王五;
  const owned = await productsOfAccount(store.db, { accountId, ispId });
  assert.equal(
    owned.map(({ type }) => type),
    ["cloud_server"],
  );
});

test.run();
