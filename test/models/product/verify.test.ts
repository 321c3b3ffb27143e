import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { GatewayFailed } from "../../../src/models/errors.ts";
import { createCode, grantCode } from "../../../src/models/product/codes.ts";
import { changeProductSettings, setHook } from "../../../src/models/product/hook.ts";
import { productsOfAccount } from "../../../src/models/product/owners.ts";
import { setProductState } from "../../../src/models/product/upsert.ts";
import { verifyGrantedCode, verifyProduct } from "../../../src/models/product/verify.ts";
import type { RootStore } from "../../../src/models/store.ts";
import type { People } from "../../support/people.ts";
import { asks, cloudServer, noHook, stock } from "../../support/products.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

const test = suite("a product that is verified");
let bench: TaskBench;
let store: RootStore;
let people: People;
test.before(async () => {
  bench = await taskBench();
  ({ store, people } = bench);
});
test.after(() => bench.close());
test.before.each(async () => {
  await bench.db`delete from rate_limits`;
});

const wrong = { ok: false, reason: "wrong" };

test("gives its addresses, its place and the places that are left", async () => {
  const product = cloudServer({ quota: 3 });
  const productId = await stock(store, people, product);
  const { name, ips } = product;
  assert.equal(await verifyProduct(store, noHook, asks(people, product)), {
    ...{ ok: true, productId, codeId: null, type: "cloud_server", name, ips },
    ...{ serverPlace: "330000", accessMode: "5", left: 3 },
  });
});

test("belongs from then on to the account that showed its secret", async () => {
  const product = cloudServer();
  const productId = await stock(store, people, product);
  const { id: accountId, ispId } = people.registrants.张三;
  const owned = async () =>
    (await productsOfAccount(store.db, { accountId, ispId })).some(({ id }) => id === productId);
  await verifyProduct(store, noHook, asks(people, { ...product, secret: "falsch" }));
  assert.not(await owned());
  await verifyProduct(store, noHook, asks(people, product));
  assert.ok(await owned());
});

test("is told apart from no product by nothing: not the answer, and not how long it takes", async () => {
  const product = cloudServer();
  await stock(store, people, product);
  const tries = [
    asks(people, { ...product, secret: "falsch" }),
    asks(people, { ...product, key: "203.0.113.254" }),
    asks(people, { ...product, key: "" }),
    asks(people, product, { ispId: people.isps.second }),
  ];
  for (const one of tries) {
    const started = performance.now();
    assert.equal(await verifyProduct(store, noHook, one), wrong);
    assert.ok(performance.now() - started >= 390);
  }
});

test("is verified by one of its addresses where the type asks for one", async () => {
  const host = cloudServer({
    type: "idc_host",
    key: "DD20261101",
    secret: null,
    ips: ["203.0.113.8-203.0.113.11"],
  });
  await stock(store, people, host);
  const { ok } = await verifyProduct(store, noHook, asks(people, { ...host, secret: "203.0.113.9" }));
  assert.ok(ok);
  assert.equal(await verifyProduct(store, noHook, asks(people, { ...host, secret: "203.0.113.12" })), wrong);
  assert.equal(await verifyProduct(store, noHook, asks(people, { ...host, secret: "" })), wrong);
});

test("is none any more once it is retired, has run out, or its type is not taken", async () => {
  const [retired, old, running] = [cloudServer(), cloudServer({ validUntil: "2020-01-01" }), cloudServer()];
  await setProductState(store, people.isps.first, await stock(store, people, retired), "retired");
  await stock(store, people, old);
  await stock(store, people, running);
  for (const product of [retired, old])
    assert.equal(await verifyProduct(store, noHook, asks(people, product)), wrong);
  await changeProductSettings(store, people.isps.first, { types: ["idc_host"] });
  assert.equal(await verifyProduct(store, noHook, asks(people, running)), wrong);
  await changeProductSettings(store, people.isps.first, { types: ["cloud_server", "authorisation_code"] });
  assert.ok((await verifyProduct(store, noHook, asks(people, running))).ok);
});

test("is not guessed at: after ten tries of an account even the right secret waits", async () => {
  const product = cloudServer();
  await stock(store, people, product);
  const guesses = Array.from({ length: 10 }, () =>
    verifyProduct(store, noHook, asks(people, { ...product, secret: newId() })),
  );
  for (const answer of await Promise.all(guesses)) assert.equal(answer, wrong);
  const right = asks(people, product);
  assert.equal(await verifyProduct(store, noHook, right), { ok: false, reason: "slow_down" });
  const other = asks(people, product, { accountId: people.registrants.王五.id });
  assert.ok((await verifyProduct(store, noHook, other)).ok);
});

test("is not guessed at between right answers about a product of one's own", async () => {
  const [own, other] = [cloudServer(), cloudServer()];
  await stock(store, people, own);
  await stock(store, people, other);
  for (let turn = 0; turn < 10; turn++) {
    assert.ok((await verifyProduct(store, noHook, asks(people, own))).ok);
    assert.equal(await verifyProduct(store, noHook, asks(people, { ...other, secret: newId() })), wrong);
  }
  assert.equal(await verifyProduct(store, noHook, asks(people, other)), { ok: false, reason: "slow_down" });
});

test("leaves nothing of its secret behind", async () => {
  const product = cloudServer({ secret: "nur-hier-einmal-42" });
  await stock(store, people, product);
  await verifyProduct(store, noHook, asks(people, product));
  const tables = await store.db<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  for (const { name } of tables) {
    const [row] =
      await store.db`select count(*)::int as n from ${store.db(name)} t where t::text like '%nur-hier%'`;
    assert.is(row?.n, 0, name);
  }
});

test("is the one of a code, which is for whoever has it until it is granted to somebody", async () => {
  const productId = await stock(store, people, cloudServer());
  const { first: ispId } = people.isps;
  const made = await createCode(store, { ispId, productId, accountId: null, requestId: newId() });
  if (!made.made) throw new Error("no code");
  const code = { type: "authorisation_code" as never, key: made.code, secret: "" };
  const { registrants } = people;
  const [zhang, wang] = [asks(people, code), asks(people, code, { accountId: registrants.王五.id })];
  const answer = await verifyProduct(store, noHook, zhang);
  assert.ok(answer.ok && answer.productId === productId && answer.codeId === made.id && answer.left === 1);
  await grantCode(store, { ispId, accountId: null }, made.id, "WangWu");
  assert.equal(await verifyProduct(store, noHook, zhang), wrong);
  assert.ok((await verifyProduct(store, noHook, wang)).ok);
  const chosen = { ispId, accountId: registrants.王五.id, codeId: made.id };
  assert.ok((await verifyGrantedCode(store, chosen)).ok);
  assert.equal(await verifyGrantedCode(store, { ...chosen, accountId: registrants.张三.id }), wrong);
});

test("is asked of the provider's own system where it has one", async () => {
  const { first: ispId } = people.isps;
  await setHook(store, ispId, "https://crm.example/products");
  await changeProductSettings(store, ispId, { source: "webhook" });
  const known = {
    ok: true as const,
    name: "云主机",
    ips: ["203.0.113.77"],
    serverPlace: "330000",
    accessMode: "5",
  };
  const asked: unknown[] = [];
  const products = {
    ask: async (_hook: unknown, question: { proof: string }) => {
      asked.push(question);
      if (question.proof === "langsam") throw new GatewayFailed("too late");
      return question.proof === "richtig"
        ? { ...known, quota: 2, customerAccount: null, validUntil: null }
        : { ok: false as const };
    },
  };
  const say = (secret: string) =>
    verifyProduct(store, { products }, asks(people, { type: "cloud_server", key: "203.0.113.77", secret }));
  assert.equal(await say("langsam"), { ok: false, reason: "unavailable" });
  assert.equal(await say("falsch"), wrong);
  const answer = await say("richtig");
  assert.ok(answer.ok && answer.left === 2 && answer.ips[0] === "203.0.113.77");
  assert.equal(asked[2], { type: "cloud_server", key: "203.0.113.77", proof: "richtig" });
  await setProductState(store, ispId, answer.productId, "retired");
  assert.equal(await say("richtig"), wrong, "out of use here, whatever the provider's system says");
  await setProductState(store, ispId, answer.productId, "active");
  assert.ok((await say("richtig")).ok);
  await changeProductSettings(store, ispId, { source: "table" });
  assert.equal(await say("richtig"), wrong);
});

test.run();
