import { suite } from "uvu";
import * as assert from "uvu/assert";
import { seal } from "../../../src/crypto/seal.ts";
import { accessesAt, productsAt } from "../../../src/models/reported-site/around.ts";
import { sitesWaiting } from "../../../src/models/reported-site/list.ts";
import { staffContext } from "../../../src/models/staff/staff.ts";
import type { World } from "../../support/app.ts";
import { illegalList, listsCome, ownRange, unfiledList } from "../../support/bureau-lists.ts";
import { complete, freshParts, registrantNamed, staffNamed } from "../../support/filings.ts";
import { cloudServer, stock } from "../../support/products.ts";
import { addBureau, numberFiling } from "../../support/records.ts";
import { reportedSites } from "../../support/reported-sites.ts";

const test = suite("what bureaus report");

let world: World;
let bureauId: number;
const { submitter, come, sites, names, only } = reportedSites(test, (scene) => {
  ({ world, bureauId } = scene);
});

test("is matched with our ranges as they are now, also after an import", async () => {
  await come(
    unfiledList(
      { id: 1, domain: "li.cn", ip: "203.0.113.9" },
      { id: 2, domain: "wai.cn", ip: "198.51.100.9" },
    ),
  );
  assert.equal([await names(), await names("unfiled", "outside")], [[], ["wai.cn", "li.cn"]]);
  await ownRange(world.store, world.people.isps.first, "203.0.113.0", "203.0.113.255");
  await ownRange(world.store, world.people.isps.first, "203.0.113.8", "203.0.113.15");
  assert.equal([await names(), await names("unfiled", "outside")], [["li.cn"], ["wai.cn"]]);
  assert.is(await sitesWaiting(world.db, submitter()), 1);
  await world.db`delete from isp_ip_ranges`;
  assert.is(await sitesWaiting(world.db, submitter()), 0);
});

test("an address on the edge of a range is inside, the next one is not", async () => {
  await ownRange(world.store, world.people.isps.first, "203.0.113.10", "203.0.113.20");
  const at = (id: number, last: number) => ({ id, domain: `d${last}.cn`, ip: `203.0.113.${last}` });
  await come(unfiledList(at(1, 9), at(2, 10), at(3, 20), at(4, 21), { id: 5, domain: "meiyou.cn" }));
  assert.equal(await names(), ["d20.cn", "d10.cn"]);
});

test("the same Id is one row: counted when it says nothing new, read anew when the bureau looked again", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn", at: "2026-11-10 08:00:00", checks: 1 }));
  const before = await only();
  assert.equal(await come(unfiledList({ id: 1, domain: "a.cn", at: "2026-11-10 08:00:00", checks: 1 })), {
    ...{ applied: 0, repeated: 1, parked: 0 },
  });
  await come(unfiledList({ id: 1, domain: "b.cn", at: "2026-11-12 08:00:00", checks: 2 }));
  await come(unfiledList({ id: 1, domain: "c.cn", at: "2026-11-11 08:00:00", checks: 3 }));
  const now = await only();
  assert.equal([now.id, now.domain, now.checks, now.received], [before.id, "b.cn", 2, 4]);
  assert.is(now.checkedAt.toISOString(), "2026-11-12T00:00:00.000Z");
});

test("without an Id it is known by domain and address, and of each bureau for itself", async () => {
  await come(unfiledList({ domain: "a.cn", ip: "203.0.113.9" }, { domain: "a.cn", ip: "203.0.113.9" }));
  await come(unfiledList({ domain: "a.cn", ip: "203.0.113.10" }, { domain: "a.cn" }, { domain: "a.cn" }));
  assert.is((await sites("unfiled", "outside")).length, 3);
  const other = await addBureau(world.store, world.people.isps.second);
  await listsCome(world.store, other, unfiledList({ id: 1, domain: "bieren.cn", ip: "203.0.113.9" }));
  await come(unfiledList({ id: 1, domain: "women.cn" }, { id: 1, domain: "women.cn" }));
  const counted = await world.db<{ received: number }[]>`
    select received from reported_sites where number = 1 order by bureau_id`;
  assert.equal(
    counted.map(({ received }) => received),
    [2, 1],
  );
  assert.is((await sites("unfiled", "outside")).length, 4);
  assert.is((await come(unfiledList({ id: 9, domain: "" }))).parked, 1);
});

test("says what is on record or under way by now", async () => {
  const parts = freshParts();
  const filing = await complete(world.store, registrantNamed(world.people, "张三"), parts);
  await come(unfiledList({ id: 1, domain: `www.${parts.domain}`, ip: "203.0.113.18" }));
  assert.is((await only()).filing, filing.number);
  const id = await numberFiling(world.store, filing, bureauId, "浙ICP备2026777777号");
  const site = await only();
  assert.equal([site.filing, site.recordId, site.recordNumber], [null, id, "浙ICP备2026777777号-1"]);
});

test("an access of ours with this domain and address is a difference", async () => {
  const parts = freshParts();
  const filing = await complete(world.store, registrantNamed(world.people, "张三"), parts);
  await numberFiling(world.store, filing, bureauId, "浙ICP备2026777778号");
  const [access] = await world.db<{ id: number }[]>`
    select a.id from accesses a join domains d on d.website_id = a.website_id where d.domain = ${parts.domain}`;
  await world.db`delete from access_ips where access_id = ${access?.id ?? 0}`;
  await world.db`
    insert into access_ips (id, isp_id, access_id, first_ip, last_ip)
    values (nextval('object_ids'), ${world.people.isps.first}, ${access?.id ?? 0}, '203.0.113.40', '203.0.113.50')`;
  await come(illegalList({ id: 1, domain: parts.domain, ip: "203.0.113.50" }));
  assert.is((await only("illegal")).accessId, access?.id);
  assert.is((await accessesAt(world.db, submitter(), { ip: "203.0.113.40" })).length, 1);
  await come(illegalList({ id: 1, domain: parts.domain, ip: "203.0.113.51", at: "2027-01-01" }));
  assert.is((await only("illegal")).accessId, null);
});

test("says nothing of what is under way, on record or in the ranges of another provider", async () => {
  const { store, db, people } = world;
  const ispId = people.isps.second;
  const [known] = await db<{ id: number }[]>`select id from isp_bureaus where isp_id = ${ispId}`;
  const parts = freshParts();
  const filing = await complete(store, registrantNamed(people, "钱一"), parts);
  await ownRange(store, ispId, "203.0.113.0", "203.0.113.255");
  await come(unfiledList({ id: 1, domain: parts.domain, ip: "203.0.113.77" }));
  const draft = await only();
  assert.equal([draft.filing, draft.inside], [null, false]);
  await numberFiling(store, filing, known?.id ?? (await addBureau(store, ispId)), "闽ICP备2026000777号");
  await db`
    insert into access_ips (id, isp_id, access_id, first_ip, last_ip)
    select nextval('object_ids'), isp_id, id, '203.0.113.77', '203.0.113.77' from accesses where isp_id = ${ispId}`;
  const { recordId, recordNumber, accessId } = await only();
  assert.equal([recordId, recordNumber, accessId], [null, null, null]);
  assert.is((await accessesAt(db, submitter(), { ip: "203.0.113.77" })).length, 0);
  assert.is((await accessesAt(db, staffNamed(people, "冯二"), { ip: "203.0.113.77" })).length, 1);
});

test("names the product whose addresses hold it", async () => {
  await stock(world.store, world.people, cloudServer({ ips: ["203.0.113.60", "203.0.113.64-203.0.113.71"] }));
  const at = async (ip: string | null) => (await productsAt(world.db, submitter(), { ip })).length;
  assert.equal(
    await Promise.all(["203.0.113.60", "203.0.113.71", "203.0.113.72", null].map(at)),
    [1, 1, 0, 0],
  );
  const { ispId } = staffNamed(world.people, "冯二");
  assert.is((await productsAt(world.db, { ...submitter(), ispId }, { ip: "203.0.113.60" })).length, 0);
});

/** A staff member gets mail from now on. */
async function giveMail(name: "孙七" | "吴九"): Promise<void> {
  const { staffId } = staffNamed(world.people, name);
  const [row] = await world.db<{ dataKey: Buffer }[]>`select data_key from staff where id = ${staffId}`;
  const key = world.store.vault.unwrap(row?.dataKey ?? Buffer.alloc(0));
  const sealed = seal(key, `${staffId}@example.cn`, staffContext(staffId, "email"));
  await world.db`update staff set email_sealed = ${sealed} where id = ${staffId}`;
}

test("who is on duty hears once a file of what lies in our ranges, and of nothing else", async () => {
  const told = async () => {
    const rows = await world.db<{ staffId: number }[]>`
      select staff_id from notices where template = 'sites-reported' order by created_at`;
    return rows.map(({ staffId }) => staffId);
  };
  const [duty, chief] = [submitter().staffId, staffNamed(world.people, "吴九").staffId];
  await ownRange(world.store, world.people.isps.first, "203.0.113.0", "203.0.113.255");
  await giveMail("吴九");
  const inside = (id: number) => ({ id, domain: `d${id}.cn`, ip: `203.0.113.${id}` });
  await come(unfiledList({ id: 90, domain: "wai.cn", ip: "198.51.100.9" }));
  assert.equal(await told(), []);
  await come(unfiledList(inside(1), inside(2), inside(3)), "1.xml");
  assert.equal(await told(), [chief]);
  await giveMail("孙七");
  await come(unfiledList(inside(1)), "2.xml");
  await come(illegalList(inside(4), inside(5)), "3.xml");
  assert.equal(await told(), [chief, duty]);
});

test.run();
