import { suite } from "uvu";
import * as assert from "uvu/assert";
import { signature } from "../../src/gateways/signed-post.ts";
import { keepCodeTable } from "../../src/models/code-table/keep.ts";
import type { RootStore } from "../../src/models/store.ts";
import { type CliBench, cliOn } from "../support/cli-bench.ts";
import type { People } from "../support/people.ts";
import { hookServer } from "../support/products.ts";
import { addBureau } from "../support/records.ts";
import { type TaskBench, taskBench } from "../support/task-bench.ts";

const test = suite("openbeian hook and openbeian bureau codes");
let bench: TaskBench;
let store: RootStore;
let people: People;
let cli: CliBench;

test.before(async () => {
  bench = await taskBench();
  ({ store, people } = bench);
  cli = cliOn(bench);
});
test.after(async () => {
  await bench.close();
  cli.remove();
});

test("sets a hook whose secret signs what is sent, shows it without, and takes it away", async () => {
  const sent: { header: string; expected: string }[] = [];
  let secret = "";
  const server = await hookServer((body, { headers }, response) => {
    const expected = signature(secret, String(headers["x-timestamp"]), body);
    sent.push({ header: String(headers["x-signature"]), expected });
    response.writeHead(204).end();
  });
  try {
    const set = await cli.run("hook", "set", server.url, "--isp", "yi", "--json");
    assert.is(set.code, 0, set.err);
    secret = JSON.parse(set.out).secret;
    const tried = await cli.run("hook", "test", "--isp", "yi", "--json");
    assert.is(JSON.parse(tried.out).status, 204);
    assert.is(sent[0]?.header, sent[0]?.expected);
    const shown = await cli.run("hook", "show", "--isp", "yi", "--json");
    assert.not.match(shown.out, secret);
    assert.match(shown.out, "access.cut");
    const removed = await cli.run("hook", "remove", "--isp", "yi", "--json");
    assert.is(JSON.parse(removed.out).removed, true);
    assert.is((await cli.run("hook", "test", "--isp", "yi")).code, 1);
    const acts = await store.db<{ action: string }[]>`
      select action from audit_log where action like '%-hook' order by id`;
    assert.equal(
      acts.map(({ action }) => action),
      ["set-hook", "test-hook", "remove-hook"],
    );
  } finally {
    await server.close();
  }
});

test("sets none at an address that is not allowed or for an event that is none", async () => {
  for (const args of [
    ["http://crm.example.cn/"],
    ["https://169.254.169.254/"],
    ["https://crm.example.cn/", "--event", "nonsense"],
  ])
    assert.is((await cli.run("hook", "set", ...args, "--isp", "yi")).code, 2, args.join(" "));
});

test("lists, shows, adopts and dismisses tables of codes", async () => {
  const bureauId = await addBureau(store, people.isps.first);
  const rows = [{ id: "1", label: "属实", valid: true, remark: "", extra: {} }];
  await store.db.begin((db) =>
    keepCodeTable(
      { db },
      { ispId: people.isps.first, bureauId, answerId: null, table: { name: "Hsyj_dms", rows } },
    ),
  );
  const codes = async (...args: string[]) => cli.run("bureau", "codes", ...args, "--isp", "yi", "--json");
  const [table] = JSON.parse((await codes("ls")).out);
  assert.equal([table.name, table.state], ["Hsyj_dms", "proposed"]);
  assert.match((await codes("show", String(table.id))).out, "属实");
  assert.is((await codes("adopt", String(table.id))).code, 0);
  assert.is((await codes("dismiss", String(table.id))).code, 1);
  assert.is((await codes("show", "999")).code, 1);
});

test.run();
