import { suite } from "uvu";
import * as assert from "uvu/assert";
import { testWorld, type World } from "./support/app.ts";

const test = suite("the application");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());

test("greets a visitor with the provider of the host", async () => {
  const answer = await world.visitor().get("/");
  assert.is(answer.status, 200);
  assert.match(answer.text, "一号云");
  assert.not.match(answer.text, "二号云");
  const other = await world.visitor("er.example").get("/");
  assert.match(other.text, "二号云");
});

test("knows who is signed in", async () => {
  const zhang = await world.signInAs("张三");
  assert.match((await zhang.get("/")).text, "张三");
});

test.run();
