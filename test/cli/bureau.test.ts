import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createBureau } from "../../src/models/bureau/account.ts";
import { type BureauBench, bureauNow, startBureauBench } from "../support/bureau.ts";
import { type CliBench, cliOn } from "../support/cli-bench.ts";
import { act, staffNamed } from "../support/filings.ts";

const test = suite<CliBench & { bench: BureauBench }>("openbeian for the bureau and the history");

test.before(async (context) => {
  const bench = await startBureauBench();
  Object.assign(context, { bench, ...cliOn(bench) });
});
test.after(async ({ bench, remove }) => {
  await bench.close();
  remove();
});

const auditLog = ({ store }: BureauBench) => store.db<{ action: string; actorKind: string }[]>`
  select action, actor_kind from audit_log order by id desc limit 1`;

test("pulls what the bureau has and shows how it stands", async ({ bench, run }) => {
  const filing = await bench.uploading();
  await bench.submit();
  const [waiting] = bench.simulator.view().filings;
  bench.simulator.order({ action: "approve", filing: waiting?.id ?? 0 });
  const pulled = await run("bureau", "pull");
  assert.is(pulled.code, 0, pulled.err);
  assert.match(pulled.out, /: approved\n.*: numbers\n/);
  assert.is((await bench.now(filing)).state, "numbered");
  assert.equal([...(await auditLog(bench))], [{ action: "pull-bureau", actorKind: "operator" }]);
  const [status] = JSON.parse((await run("bureau", "status", "--json")).out);
  assert.equal([status.lastSequence, status.waiting, status.stopped, status.parked], [1, 0, "", 0]);
});

test("shows a filing with persons masked, and records the look", async ({ bench, run }) => {
  const filing = await bench.uploading();
  const shown = await run("filing", "show", filing.number);
  assert.is(shown.code, 0, shown.err);
  assert.match(shown.out, /示例茶业（杭州）有限公司/);
  assert.match(shown.out, /提交管局/);
  assert.not.match(shown.out, /13800005678|330108199001010010|zhangsan@|张三/);
  assert.equal([...(await auditLog(bench))], [{ action: "show-filing", actorKind: "operator" }]);
  const missing = await run("filing", "show", "20200101-0001");
  assert.equal([missing.code, missing.err], [1, "openbeian: there is no filing 20200101-0001\n"]);
});

test("starts a stopped bureau only when its last number is ours", async ({ bench, run }) => {
  const { db } = bench.store;
  bench.set({ fault: "wrong_password" });
  await bench.submit();
  assert.is((await bureauNow(bench)).stoppedReason, "5");
  const refused = await run("bureau", "start", String(bench.bureauId));
  assert.equal([refused.code, /the bureau answers 5/.test(refused.err)], [1, true]);
  bench.set({ fault: "none" });
  await db`update isp_bureaus set last_sequence = 40`;
  const astray = await run("bureau", "start", String(bench.bureauId));
  assert.match(astray.err, /the bureau's last number is 1, ours is 40.*--sequence 1/);
  const started = await run("bureau", "start", String(bench.bureauId), "--sequence", "1");
  assert.is(started.code, 0, started.err);
  const { stoppedAt, lastSequence } = await bureauNow(bench);
  assert.equal([stoppedAt, lastSequence], [null, 1]);
});

test("lets a failed filing go on after the start of its bureau", async ({ bench }) => {
  const [failed] = await bench.store.db<
    { id: number }[]
  >`select id from filings where state = 'upload_failed'`;
  const filing = await bench.now({ id: failed?.id } as never);
  await act(bench.store, filing, "retry-upload", staffNamed(bench.people, "孙七"));
  await bench.submit();
  assert.is((await bench.now(filing)).state, "sms_pending");
});

test("adds a provider, its staff and its bureau, each once", async ({ bench, run, dataDir }) => {
  const isp = [
    "isp",
    "add",
    "san",
    "--name",
    "三号云",
    "--legal-name",
    "三号云有限公司",
    "--phone",
    "400-000-0003",
  ];
  const places = ["--host", "San.Example", "--region", "330000", "--range", "203.0.113.0-203.0.113.255"];
  const added = await run(...isp, ...places, "--json");
  assert.is(added.code, 0, added.err);
  assert.is((await run(...isp)).code, 1);
  const person = [
    "staff",
    "add",
    "san-admin",
    "--isp",
    "san",
    "--name",
    "王一",
    "--role",
    "supervisor",
    "--generate",
  ];
  assert.match((await run(...person)).out, /added san-admin \(supervisor\); password: \S{24}/);
  const file = join(dataDir, "bureau.json");
  writeFileSync(
    file,
    JSON.stringify({ password: "x", aesKey: "0123456789ABCDEF", aesIv: "0102030405060708" }),
  );
  const bureau = [
    "bureau",
    "add",
    "--isp",
    "san",
    "--province",
    "330000",
    "--name",
    "浙江",
    "--endpoint",
    bench.simulator.url,
  ];
  const account = ["--isp-id", "1009", "--user", "openbeian", "--secrets", file];
  const shared = ["--isp-id", "1001", "--user", "openbeian", "--secrets", file];
  assert.match(
    (await run(...bureau, ...shared)).err,
    /the number 1001 at .* is the account of the bureau 浙江/,
  );
  assert.is((await run(...bureau, ...account)).code, 0);
  assert.match((await run(...bureau, ...account)).err, /has a bureau for this province/);
  const [row] = await bench.store
    .db`select i.id from isps i join isp_hosts h on h.isp_id = i.id where h.host = 'san.example'`;
  assert.ok(row);
});

test("moves no bureau to the account of another, nor to an address with a password in it", async ({
  bench,
  run,
}) => {
  const { ispId } = await bureauNow(bench);
  const other = await createBureau(bench.store, {
    ...{ ispId, province: "110000", name: "北京市通信管理局", endpoint: "http://127.0.0.1:9" },
    ...{ bureauIspId: 1001, userName: "openbeian", secrets: { password: "x" } },
  });
  const move = (endpoint: string) => run("bureau", "change", String(other), "--endpoint", endpoint);
  assert.match((await move(`${bench.simulator.url}/`)).err, /the number 1001 at .* is the account of/);
  for (const address of ["http://yi:er@127.0.0.1:9", "http://127.0.0.1:9/?key=x", "ftp://127.0.0.1"])
    assert.match((await move(address)).err, /is no address/, address);
  assert.is((await move("http://127.0.0.1:9/beian/")).code, 0);
  await bench.store.db`delete from isp_bureaus where id = ${other}`;
});

test("changes how a bureau takes files, and refuses what cannot be", async ({ bench, run }) => {
  const change = (...options: string[]) => run("bureau", "change", String(bench.bureauId), ...options);
  const terms = ["--records-per-file", "100", "--hours", "08:30-12:00,13:00-17:30", "--workdays"];
  const changed = await change(...terms, "--timeout", "30", "--stuck-after", "90");
  assert.is(changed.code, 0, changed.err);
  assert.equal((await bureauNow(bench)).settings, {
    ...{ timeoutMs: 30_000, recordsPerFile: 100, workdaysOnly: true, stuckAfterMinutes: 90 },
    hours: [
      ["08:30", "12:00"],
      ["13:00", "17:30"],
    ],
  });
  assert.match((await change("--records-per-file", "1001")).err, /must be 1 to 1000/);
  assert.match((await change("--records-per-file", "0")).err, /must be 1 to 1000/);
  assert.match((await change("--hours", "17:30-08:30")).err, /--hours must be such as/);
  assert.match((await change("--hours", "08:30-12:00,11:00-17:30")).err, /must not overlap/);
  const version = await change("--version-of-interface", "V.9");
  assert.match(version.err, /the version V.9 of the interface is not known; there are: V.3.0/);
  assert.is((await change("--hours", "always", "--no-workdays", "--records-per-file", "1")).code, 0);
  const { settings } = await bureauNow(bench);
  assert.equal([settings.hours, settings.workdaysOnly, settings.recordsPerFile], [[], false, 1]);
});

test("says what is wrong with what was typed", async ({ run }) => {
  const wrong = await run("isp", "add", "Bad!", "--name", "a", "--legal-name", "b", "--phone", "1");
  assert.equal([wrong.code, /short name must be/.test(wrong.err)], [1, true]);
  const role = await run(
    "staff",
    "add",
    "lisi2",
    "--isp",
    "yi",
    "--name",
    "a",
    "--role",
    "boss",
    "--generate",
  );
  assert.match(role.err, /there is no role boss; there are: initial_reviewer/);
  assert.is((await run("bureau", "start")).code, 2);
  const number = await run("bureau", "pull", "one");
  assert.equal([number.code, /must be a whole number, not one/.test(number.err)], [2, true]);
  const nothing = await run("bureau", "change", "1");
  assert.equal([nothing.code, /name what to change/.test(nothing.err)], [2, true]);
});

test("finds the history whole, and finds what was changed", async ({ bench, run }) => {
  const whole = await run("audit", "verify");
  assert.equal([whole.code, /^the history is whole: \d+ events of \d+ filings/.test(whole.out)], [0, true]);

  const { db } = bench.store;
  const [event] = await db<{ id: number; seq: number; number: string }[]>`
    select e.id, e.seq, f.number from filing_events e join filings f on f.id = e.filing_id
    where e.action = 'approve' order by e.id limit 1`;
  await db`alter table filing_events disable trigger filing_events_append_only`;
  await db`update filing_events set actor_id = actor_id + 1 where id = ${event?.id ?? 0}`;
  const broken = await run("audit", "verify");
  assert.is(broken.code, 1);
  assert.match(
    broken.out,
    new RegExp(`${event?.number}: event ${event?.seq} was changed after it was written`),
  );

  await db`update filing_events set actor_id = actor_id - 1 where id = ${event?.id ?? 0}`;
  await db`delete from filing_events where id = (select max(id) from filing_events where action = 'accept-upload')`;
  const cut = JSON.parse((await run("audit", "verify", "--json")).out);
  assert.equal([cut.whole, cut.faults.map(({ fault }: { fault: string }) => fault)], [false, ["state"]]);
  await db`alter table filing_events enable trigger filing_events_append_only`;
});

test.run();
