import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bureauAccount } from "../../../src/models/bureau/account.ts";
import { keptPackage } from "../../../src/models/bureau/packages.ts";
import { startBureau } from "../../../src/models/bureau/queue.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import type { BureauParts } from "../../../worker/bureau/parts.ts";
import { uploadKept } from "../../../worker/bureau/resend.ts";
import { type BureauBench, bureauNow, startBureauBench } from "../../support/bureau.ts";
import { act, staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("what a worker asks the bureau before it sends");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

/** A process of its own: its calls in their order, and its memory. */
function startProcess({ parts: { bureau } }: BureauBench): { calls: string[]; as: Partial<BureauParts> } {
  const calls: string[] = [];
  const gateway: BureauParts["bureau"] = {
    ...bureau,
    upload: (account, content, sequence) => {
      calls.push(`upload ${sequence}`);
      return bureau.upload(account, content, sequence);
    },
    queryPreviousUpload: (account) => {
      calls.push("ask");
      return bureau.queryPreviousUpload(account);
    },
  };
  return { calls, as: { bureau: gateway, lastHeard: new Map() } };
}

/** What a backup knows that was made after so many packages. */
async function restoreTo({ store: { db } }: BureauBench, last: number): Promise<void> {
  await db`
    delete from bureau_requests r using bureau_packages p where p.id = r.package_id and p.sequence > ${last}`;
  await db`delete from bureau_packages where sequence > ${last}`;
  await db`update isp_bureaus set last_sequence = ${last}`;
}

async function sentAs(bench: BureauBench, as: Partial<BureauParts>, count = 1): Promise<Filing[]> {
  const filings = [];
  for (let at = 0; at < count; at++) filings.push(await bench.uploading());
  await bench.submit(as);
  return filings;
}

const outcome = async (bench: BureauBench, filing: Filing) => ({
  state: (await bench.now(filing)).state,
  stopped: (await bureauNow(bench)).stoppedReason,
  there: await bench.atBureau(filing),
});

const stopped = { state: "upload_failed", stopped: "sequence", there: 0 };
const sent = { state: "sms_pending", stopped: null, there: 1 };

const goOn = async (bench: BureauBench, filing: Filing, as: Partial<BureauParts>, last?: number) => {
  await startBureau(bench.store.db, bench.bureauId, last);
  await act(bench.store, await bench.now(filing), "retry-upload", staffNamed(bench.people, "孙七"));
  await bench.submit(as);
};

test("is its last number, once in its life, before the very first package too", async ({ bench }) => {
  const first = startProcess(bench);
  await sentAs(bench, first.as, 2);
  await sentAs(bench, first.as);
  assert.equal(first.calls, ["ask", "upload 1", "upload 2", "upload 3"]);
  const second = startProcess(bench);
  await sentAs(bench, second.as);
  assert.equal(second.calls, ["ask", "upload 4"]);
});

test("is asked again when the number is not the one it heard: another process sent meanwhile", async ({
  bench,
}) => {
  const [first, second] = [startProcess(bench), startProcess(bench)];
  await sentAs(bench, first.as);
  await sentAs(bench, second.as);
  await sentAs(bench, first.as);
  assert.equal(first.calls, ["ask", "upload 1", "ask", "upload 3"]);
});

test("is nothing while nothing waits", async ({ bench }) => {
  const { calls, as } = startProcess(bench);
  await bench.submit(as);
  assert.equal(calls, []);
});

for (const who of ["a new process", "the process that sent them"])
  test(`shows to ${who} that a restored backup knows too little: nothing goes under a used number`, async ({
    bench,
  }) => {
    const before = startProcess(bench);
    await sentAs(bench, before.as, 3);
    await restoreTo(bench, 1);
    const { calls, as } = who === "a new process" ? startProcess(bench) : before;
    calls.length = 0;
    const [filing] = await sentAs(bench, as);
    if (!filing) throw new Error("no filing");
    assert.equal([calls, await outcome(bench, filing)], [["ask"], stopped]);
    const told = await bench.store.db`select 1 from notices where template = 'bureau-stopped'`;
    assert.is(told.length, 1);

    await goOn(bench, filing, as, 3);
    assert.equal([calls, await outcome(bench, filing)], [["ask", "upload 4"], sent]);
  });

test("shows that the bureau has one that a backup holds as never sent: it is marked, not sent again", async ({
  bench,
}) => {
  const { db } = bench.store;
  await sentAs(bench, {});
  const upload = () => Promise.reject(new Error("the backup was made here"));
  const filing = await bench.uploading();
  await bench.submit({ bureau: { ...bench.parts.bureau, upload } }).catch(() => undefined);
  await db`update bureau_packages set state = 'prepared', tries = 0, sent_at = null where sequence = 2`;
  const kept = await keptPackage(db, bench.bureauId, 2);
  if (!kept) throw new Error("no package");
  await uploadKept(bench.parts, bureauAccount(bench.parts, await bureauNow(bench)), kept);

  const { calls, as } = startProcess(bench);
  assert.equal(await bench.submit(as), ["the bureau's last number is 2", "package 2 accepted"]);
  assert.equal([calls, await outcome(bench, filing)], [["ask"], sent]);
  assert.is((await bureauNow(bench)).lastSequence, 2);
  await sentAs(bench, as);
  assert.equal(calls, ["ask", "upload 3"]);
});

test("shows another file under our last number: a person looks, once a process", async ({ bench }) => {
  await sentAs(bench, {});
  await bench.store.db`update bureau_packages set content_hash = 'another', file_name = 'Another.xml'`;
  const { calls, as } = startProcess(bench);
  const [filing] = await sentAs(bench, as);
  if (!filing) throw new Error("no filing");
  assert.equal([calls, await outcome(bench, filing)], [["ask"], stopped]);
  const [, failed] = await bench.store.db<{ message: string }[]>`
    select message from bureau_packages order by sequence`;
  assert.match(failed?.message ?? "", /序号1下收到的不是本系统保存的报文/);
  await goOn(bench, filing, as);
  assert.equal([calls, await outcome(bench, filing)], [["ask", "upload 2"], sent]);
});

test("is answered with our last file in another zip, or without any: that is fine", async ({ bench }) => {
  await sentAs(bench, {});
  await bench.store.db`update bureau_packages set content_hash = 'zipped anew'`;
  const zipped = startProcess(bench);
  await sentAs(bench, zipped.as);
  assert.equal(zipped.calls, ["ask", "upload 2"]);
  const bare = startProcess(bench);
  const queryPreviousUpload = async () => ({ code: 0, message: "", sequence: 2, hash: "" });
  await sentAs(bench, {
    ...bare.as,
    bureau: { ...bench.parts.bureau, ...bare.as.bureau, queryPreviousUpload },
  });
  assert.equal(bare.calls, ["upload 3"]);
});

for (const fault of ["down", "busy"] as const)
  test(`is not answered (${fault}): nothing is sent, it rests and asks again`, async ({ bench }) => {
    const { calls, as } = startProcess(bench);
    bench.set({ fault, faultMethods: ["isp_querypreviousupload"] });
    const [filing] = await sentAs(bench, as);
    if (!filing) throw new Error("no filing");
    assert.equal([calls, (await bureauNow(bench)).resting], [["ask"], true]);
    assert.equal(await outcome(bench, filing), { state: "uploading", stopped: null, there: 0 });
    bench.set({ fault: "none", faultMethods: [] });
    await bench.letRestEnd();
    await bench.submit(as);
    assert.equal([calls, await outcome(bench, filing)], [["ask", "ask", "upload 1"], sent]);
  });

test.run();
