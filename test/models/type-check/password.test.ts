import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LookupFailed } from "../../../src/gateways/bureau/lookups.ts";
import { newId } from "../../../src/lib/ids.ts";
import { claimRecord } from "../../../src/models/record-claim/claim.ts";
import { checkPassword } from "../../../src/models/type-check/password.ts";
import { testWorld, type World } from "../../support/app.ts";
import { registrantNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";

const test = suite("the 备案密码 of a filing");
let world: World;
test.before(async () => {
  world = await testWorld();
  await addBureau(world.store, world.people.isps.first);
});
test.before.each(async () => {
  await world.db`truncate rate_limits`;
});
test.after(() => world.close());

const zhang = () => registrantNamed(world.people, "张三");
const wang = () => registrantNamed(world.people, "王五");

const bySight = {
  verifyBamm: async (_: unknown, { password }: { password: string }) =>
    password === "Example1" ? ("right" as const) : ("wrong" as const),
};

const check = (number: string, password: string, actor = zhang()) =>
  checkPassword(world.store, bySight, actor, { number, password });

const OWN = "浙ICP备2026000201号";
const OTHER = "浙ICP备2026000202号";

test("may be right as often as it is asked for", async () => {
  for (let turn = 0; turn < 15; turn++) assert.is(await check(OWN, "Example1"), "right");
});

test("is not guessed at between right answers about a number of one's own", async () => {
  for (let turn = 0; turn < 5; turn++) {
    assert.is(await check(OTHER, "x"), "wrong");
    assert.is(await check(OWN, "Example1"), "right");
  }
  assert.is(await check(OTHER, "Example1"), "too_many_tries");
});

test("is not counted as guessed while the bureau is silent, but for the network", async () => {
  const silent = {
    verifyBamm: (): never => {
      throw new LookupFailed("isp_verifybamm", "timeout");
    },
  };
  const ask = () =>
    checkPassword(world.store, silent, zhang(), { number: OWN, password: "x", source: "198.51.100.9" });
  for (let turn = 0; turn < 60; turn++) assert.is(await ask(), "unchecked");
  assert.is(await check(OWN, "Example1"), "right");
  assert.is(await ask(), "too_many_tries");
});

test("is guessed at by several accounts and by 认领 no more often than by one", async () => {
  for (const actor of [zhang(), wang(), zhang()]) assert.is(await check(OTHER, "x", actor), "wrong");
  const claim = { number: OTHER, password: "x", certNo: "1", source: "198.51.100.9", requestId: newId() };
  for (let turn = 0; turn < 2; turn++)
    assert.is(await claimRecord(world.store, bySight, wang(), claim), "wrong");
  assert.is(await check(OTHER, "Example1"), "too_many_tries");
});

test.run();
