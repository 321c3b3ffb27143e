import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bulletinsOf, readBulletin, unreadBulletins } from "../../../src/models/bulletin/rows.ts";
import { bulletinXml, downloaded, type OnRecord, recorded } from "../../support/bureau-tasks.ts";
import { staffNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

type Shared = { bench: TaskBench; bureauId: number; on: OnRecord };
const test = suite<Shared>("a notice of the bureau");
test.before(async (shared) => {
  shared.bench = await taskBench();
  const { store, people } = shared.bench;
  shared.bureauId = await addBureau(store, people.isps.first);
  shared.on = await recorded(store, people, shared.bureauId);
});
test.after(({ bench }) => bench.close());

const sun = ({ bench }: Shared) => staffNamed(bench.people, "孙七");
const comes = ({ bench, bureauId }: Shared, entry: string) =>
  downloaded(bench.store, bureauId, bulletinXml(entry));
const newest = async (shared: Shared) =>
  (await bulletinsOf(shared.bench.store, sun(shared), { limit: 1 }))[0];

test("leads to the record that its number or id means, and to the filing", async (shared) => {
  const { on } = shared;
  await comes(shared, `<Tzlb>0</Tzlb><Baxh>${on.number}</Baxh><Tznr>请整改主体信息</Tznr><Bz>限期</Bz>`);
  const byNumber = await newest(shared);
  assert.equal(
    [byNumber?.subjectId, byNumber?.words, byNumber?.remark],
    [on.subject, "请整改主体信息", "限期"],
  );
  assert.match(byNumber?.filing ?? "", /^\d{8}-\d{4}$/);
  await comes(shared, `<Tzlb>1</Tzlb><Jlid>${on.website}</Jlid><Tznr>请整改网站</Tznr>`);
  assert.is((await newest(shared))?.subjectId, on.subject);
  // The id of a website is none of a subject.
  await comes(shared, `<Tzlb>0</Tzlb><Jlid>${on.website}</Jlid><Tznr>不知道说谁</Tznr>`);
  assert.is((await newest(shared))?.subjectId, null);
});

test("counts as unread until somebody has read it, and remembers who was first", async (shared) => {
  const { store, people } = shared.bench;
  const before = await unreadBulletins(store.db, sun(shared));
  const one = await newest(shared);
  await readBulletin(store, sun(shared), one?.id ?? 0);
  await readBulletin(store, staffNamed(people, "吴九"), one?.id ?? 0);
  assert.is((await newest(shared))?.readByName, "孙七");
  assert.is(await unreadBulletins(store.db, sun(shared)), before - 1);
  const unread = await bulletinsOf(store, sun(shared), { unread: true });
  assert.not(unread.some(({ id }) => id === one?.id));
});

test("is nobody's at another provider", async (shared) => {
  const { store, people } = shared.bench;
  const far = { ...sun(shared), ispId: people.isps.second };
  assert.equal(await bulletinsOf(store, far, {}), []);
  try {
    await readBulletin(store, far, (await newest(shared))?.id ?? 0);
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).name, "NotFound");
  }
});

test.run();
