import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkSchema, type DownloadPart, unpack } from "../../src/gateways/bureau/index.ts";
import { BASE_TABLES, type DeskOrder } from "../../src/simulator/index.ts";
import { startFiled } from "./filed.ts";

const test = suite("what the simulated bureau sends by itself");

const filed = await startFiled();
const { bench } = filed;
test.after(() => bench.end());
const record = await filed.file(10);
const other = await filed.file(20);
const { bureauId: subjectId = 0 } = record.subject;
const [site] = record.websites;
const { bureauId: siteId = 0 } = site ?? {};

/** Carries an order out and gives what can be fetched then; every file fits the schema. */
async function sent(order: DeskOrder): Promise<DownloadPart[]> {
  bench.simulator.order(order);
  const files: string[] = [];
  for (;;) {
    const { file } = await bench.gateway.download(bench.account);
    if (!file) break;
    files.push(unpack(file, bench.account).xml);
    await bench.gateway.acknowledge(bench.account, file.fileName);
  }
  for (const xml of files) assert.equal(checkSchema("download", xml), []);
  const { readDownload } = await import("../../src/gateways/bureau/index.ts");
  return files.flatMap((xml) => readDownload(xml).parts);
}

const itemsIn = (parts: DownloadPart[]) =>
  parts.flatMap((part) => (part.kind === "lists" ? part.items.map(({ item }) => item) : []));

test("an inquiry shows the record by the bureau's ids, without ours and without numbers", async () => {
  const [part] = await sent({ action: "inquire", bureauId: subjectId });
  const [asked] = part?.kind === "inquiries" ? part.records : [];
  assert.equal(
    [asked?.subject.bureauId, asked?.subject.ourId, asked?.subject.number],
    [subjectId, undefined, undefined],
  );
  assert.equal([asked?.websites[0]?.bureauId, asked?.websites[0]?.ourId], [siteId, undefined]);
  assert.is(asked?.websites[0]?.accesses[0]?.ips[0]?.bureauId, site?.accesses[0]?.ips[0]?.bureauId);
});

test("without an id the newest record of a provider that has an account is taken", async () => {
  const [part] = await sent({ action: "inquire" });
  assert.is(part?.kind === "inquiries" && part.records[0]?.subject.bureauId, other.subject.bureauId);
});

test("an inspection is of a subject, of an access, of a website or of its being reached", async () => {
  const [subject] = itemsIn(
    await sent({ action: "inspect", of: "subject", bureauId: subjectId, reason: "名称不符" }),
  );
  const { raw: _, ...found } = subject as { raw: unknown };
  assert.equal(found, {
    ...{ of: "subject", bureauId: subjectId, name: "杭州青山茶业有限公司" },
    ...{ certificate: { type: 1, number: "C10" }, reason: "名称不符" },
  });
  const jrid = site?.accesses[0]?.bureauId ?? 0;
  const [more] = itemsIn(await sent({ action: "inspect", of: "access", bureauId: jrid })) as {
    bureauId?: number;
  }[];
  assert.is(more?.bureauId, jrid);
  const [less] = itemsIn(await sent({ action: "inspect", of: "access", bureauId: jrid, result: 2 })) as {
    domain?: string;
  }[];
  assert.is(less?.domain, "s10.cn");
  for (const of of ["website", "liveness"] as const) {
    const [item] = itemsIn(await sent({ action: "inspect", of, bureauId: siteId })) as {
      of: string;
      bureauId?: number;
      number?: string;
    }[];
    assert.equal([item?.of, item?.bureauId, item?.number], [of, siteId, site?.number]);
  }
});

test("a bulletin is about a subject, a website or nothing in particular", async () => {
  const categories: unknown[] = [];
  for (const bureauId of [subjectId, siteId, undefined]) {
    const [item] = itemsIn(await sent({ action: "bulletin", words: "请按期整改。", bureauId })) as {
      category?: number;
      bureauId?: number;
      number?: string;
    }[];
    categories.push([item?.category, item?.bureauId, item?.number]);
  }
  assert.equal(categories, [
    [0, subjectId, record.subject.number],
    [1, siteId, site?.number],
    [0, undefined, undefined],
  ]);
});

test("the blacklist takes subjects and websites in, changes them and lets them go", async () => {
  const added = await sent({
    action: "blacklist",
    name: "坏公司",
    certType: 1,
    certNumber: "BAD1",
    nature: 4,
  });
  assert.equal(itemsIn(added), [
    { of: "subject", change: "add", name: "坏公司", nature: 4, certificate: { type: 1, number: "BAD1" } },
  ]);
  const website = { action: "blacklist", name: "坏网站", domains: ["bad.cn", "worse.cn"] } as const;
  await sent(website);
  assert.equal(itemsIn(await sent({ ...website, change: "change", name: "更坏的网站" })), [
    { of: "website", change: "change", name: "更坏的网站", domains: ["bad.cn", "worse.cn"] },
  ]);
  assert.equal(
    bench.simulator.view().blacklist.map(({ name }) => name),
    ["坏公司", "更坏的网站"],
  );
  await sent({ ...website, change: "delete" });
  assert.equal(
    bench.simulator.view().blacklist.map(({ of }) => of),
    ["subject"],
  );
  assert.throws(() => bench.simulator.order({ action: "blacklist", name: "谁" }), /证件号码/);
});

test("illegal access and unfiled sites have a domain, an address and an id of their own", async () => {
  const place = { domain: "illegal.cn", ip: "106.2.76.9" };
  const [illegal] = itemsIn(await sent({ action: "illegal", ...place })) as { id?: number; ip?: string }[];
  const [unfiled] = itemsIn(await sent({ action: "unfiled", ...place, checks: 3 })) as {
    id?: number;
    checks?: number;
    accessProvider?: string;
  }[];
  assert.is(illegal?.ip, "106.2.76.9");
  assert.equal([unfiled?.checks, unfiled?.accessProvider], [3, "1001"]);
  assert.is.not(illegal?.id, unfiled?.id);
  assert.equal(
    bench.simulator.view().unfiled.map(({ id, domain }) => [id, domain]),
    [[unfiled?.id, "illegal.cn"]],
  );
});

test("the codes are all the tables of the specification, or those that are named, with changes", async () => {
  const [all] = await sent({ action: "codes" });
  const tables = all?.kind === "codes" ? all.tables : [];
  assert.equal(
    tables.map(({ name }) => name),
    ["Bbdwlb", ...BASE_TABLES.map(({ name }) => name)],
  );
  assert.is(BASE_TABLES.length, 18);
  const nature = tables.find(({ name }) => name === "Dwxz_dms");
  assert.equal(nature?.rows.find(({ id }) => id === "4")?.label, "企业");
  const change = [
    { table: "Dwxz_dms", id: "4", label: "企业法人" },
    { table: "Dwxz_dms", id: "3", valid: false },
    { table: "Dwxz_dms", id: "99", label: "新性质" },
  ];
  const [some] = await sent({ action: "codes", tables: ["Dwxz_dms"], change });
  const [changed, ...others] = some?.kind === "codes" ? some.tables : [];
  assert.equal(others, []);
  assert.equal(
    ["4", "3", "99"]
      .map((id) => changed?.rows.find((row) => row.id === id))
      .map((row) => [row?.label, row?.valid]),
    [
      ["企业法人", true],
      ["事业单位", false],
      ["新性质", true],
    ],
  );
});

test("a full copy comes in as many files as it takes, and holds what the provider has alone", async () => {
  bench.simulator.order({
    action: "seed",
    record: { name: "别家公司", certNumber: "E1", websites: [{ name: "别家", domains: ["elsewhere.cn"] }] },
  });
  const parts = await sent({ action: "copy", perFile: 1 });
  assert.equal(
    parts.map((part) => (part.kind === "copies" ? part.records.map(({ subject }) => subject.bureauId) : [])),
    [[subjectId], [other.subject.bureauId]],
  );
  const [codes] = await sent({ action: "copy", of: "codes" });
  assert.is(codes?.kind, "codes");
  assert.throws(() => bench.simulator.order({ action: "copy", ispId: 1002 }), /没有备案信息/);
});

test("what is altered or cancelled in silence is told to nobody and stands in the next copy", async () => {
  assert.equal(await sent({ action: "alter", bureauId: siteId, path: "Wzmc", text: "改过的名称" }), []);
  const { bureauId: lost = 0 } = other.subject;
  assert.equal(await sent({ action: "cancel", of: "subject", bureauId: lost, silent: true }), []);
  const [part] = await sent({ action: "copy" });
  const records = part?.kind === "copies" ? part.records : [];
  assert.equal(
    records.map(({ websites }) => websites[0]?.name),
    ["改过的名称"],
  );
  assert.throws(
    () => bench.simulator.order({ action: "alter", bureauId: siteId, path: "Neu", text: "x" }),
    /没有这一项/,
  );
});

test("nobody is told who has no account, and nothing that is not there", () => {
  assert.throws(() => bench.simulator.order({ action: "inquire", ispId: 9999 }), /没有这个接入商/);
  assert.throws(() => bench.simulator.order({ action: "inquire", bureauId: 1 }), /没有这条备案信息/);
  assert.throws(() => bench.simulator.order({ action: "unfiled", domain: "x.cn", ip: "::1" }));
});

test.run();
