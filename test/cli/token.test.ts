import { suite } from "uvu";
import * as assert from "uvu/assert";
import { maybeToken } from "../../src/models/api-token/tokens.ts";
import type { RootStore } from "../../src/models/store.ts";
import { type CliBench, cliOn } from "../support/cli-bench.ts";
import type { People } from "../support/people.ts";
import { type TaskBench, taskBench } from "../support/task-bench.ts";

const test = suite("openbeian isp token");
let bench: TaskBench;
let store: RootStore;
let people: People;
let cli: CliBench;

test.before(async () => {
  bench = await taskBench();
  ({ store, people } = bench);
  cli = cliOn(bench, "isp", "token");
});
test.after(async () => {
  await bench.close();
  cli.remove();
});

test("makes a token that is shown once, lists it, and ends it", async () => {
  const made = await cli.run(
    "add",
    "yi",
    "--name",
    "crm",
    "--scope",
    "codes:read",
    "--scope",
    "codes:write",
    "--json",
  );
  const { id, token } = JSON.parse(made.out);
  assert.equal(await maybeToken(store, token), {
    ...{ id, ispId: people.isps.first, name: "crm", scopes: ["codes:read", "codes:write"] },
  });
  const listed = await cli.run("ls", "yi");
  assert.match(listed.out, "crm");
  assert.not.match(listed.out, token);
  assert.is((await cli.run("revoke", "er", String(id))).code, 1);
  assert.is((await cli.run("revoke", "yi", String(id))).code, 0);
  assert.is(await maybeToken(store, token), undefined);
  assert.is((await cli.run("revoke", "yi", String(id))).code, 1);
});

test("says in one sentence what is wrong with the scopes", async () => {
  for (const scopes of [[], ["--scope", "everything"]]) {
    const { code, err } = await cli.run("add", "yi", "--name", "crm", ...scopes);
    assert.is(code, 1);
    assert.match(err, /scope/);
    assert.is(err.trim().split("\n").length, 1);
  }
});

test.run();
