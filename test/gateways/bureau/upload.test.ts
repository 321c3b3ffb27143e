import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  checkSchema,
  type Operation,
  operationCode,
  type SendProblem,
  Unsendable,
  uploadXml,
} from "../../../src/gateways/bureau/index.ts";
import { child, childrenOf, readXml, type Tree, textAt } from "../../../src/gateways/bureau/xml.ts";
import {
  sampleAdd,
  sampleCancel,
  sampleChange,
  sampleJoin,
  sampleOperations,
  sampleSupplement,
} from "./sample-operations.ts";

const test = suite("the file of an operation");

const HASH = "b326b65027680eff6d7509023e983790";
const xmlOf = (operation: Operation): string => uploadXml({ ispId: 1001, operation });

/** The element below a path such as `BGBA/Bgxx`, from ICP on. */
const at = (operation: Operation, ...path: string[]): Tree => {
  const found = ["ICP", ...path].reduce<Tree | undefined>(child, readXml(xmlOf(operation)));
  if (!found) throw new Error(`nothing at ${path.join("/")}`);
  return found;
};
const namesIn = (tree: Tree): string[] => tree.children.map(({ name }) => name);

const problemsOf = (operation: Operation): SendProblem[] => {
  try {
    xmlOf(operation);
  } catch (error) {
    if (error instanceof Unsendable) return error.problems;
    throw error;
  }
  return [];
};
const told = (operation: Operation): string[] =>
  problemsOf(operation).map(
    ({ owner, path, kind, detail = "" }) => `${owner.kind} ${owner.id} ${path} ${detail || kind}`,
  );

test("has one element of its kind and the number of the provider, and is valid by our schema", () => {
  const elements = {
    first: "XZBA",
    add: "XZWZ",
    join: "XZJR",
    change: "BGBA",
    cancel: "ZXBA",
    supplement: "XZHYD",
    "inquiry-answer": "HSJG",
    "unfiled-site-answer": "WBACLJG",
  };
  for (const operation of Object.values(sampleOperations())) {
    assert.equal(namesIn(at(operation)), [elements[operation.kind], "Qqdwid"], operation.kind);
    assert.equal(checkSchema("upload", xmlOf(operation)), [], operation.kind);
  }
});

test("of a new website names its subject by number or by id", () => {
  assert.equal(namesIn(at(sampleAdd(), "XZWZ", "Xzxx")), ["Zt_xx", "Wz_xx", "Fj", "Fj"]);
  assert.is(textAt(at(sampleAdd(), "XZWZ", "Xzxx"), "Zt_xx/Ztid"), "9000001");
  const named = sampleAdd({ subject: { number: "浙ICP备2019900001号" }, passwordHash: HASH });
  const entry = at(named, "XZWZ", "Xzxx");
  assert.equal(namesIn(entry), ["Zt_xx", "Wz_xx", "Fj", "Fj", "ICPmm"]);
  assert.is(textAt(entry, "Zt_xx/Ztbah"), "浙ICP备2019900001号");
  assert.is(textAt(entry, "ICPmm"), HASH);
  assert.is(textAt(entry, "Wz_xx/IspWzid"), "200");
});

/** Ssdxlx and Jlid or Baxh of each attachment. */
const ownersIn = (entry: Tree): string[] =>
  childrenOf(entry, "Fj").map((one) => {
    const owner = child(child(one, "Fjxx"), "Fjssdx");
    const [named] = child(owner, "Ssdxbs")?.children ?? [];
    return `${textAt(owner, "Ssdxlx")} ${named?.name} ${named?.text}`;
  });

test("names the owner of a picture by what is on record, and a new website by our id", () => {
  assert.equal(ownersIn(at(sampleAdd(), "XZWZ", "Xzxx")), ["2 Jlid 200", "1 Jlid 9000001"]);
  const numbered = sampleAdd({ subject: { number: "浙ICP备2019900001号" } });
  assert.equal(ownersIn(at(numbered, "XZWZ", "Xzxx")), ["2 Jlid 200", "1 Baxh 浙ICP备2019900001号"]);
  const joined = at(sampleJoin(), "XZJR", "Xzxx");
  assert.equal(ownersIn(joined), ["2 Baxh 浙ICP备2019900001号-1", "1 Baxh 浙ICP备2019900001号"]);
  assert.equal(ownersIn(at(sampleChange(), "BGBA", "Bgxx")), ["2 Jlid 9000002", "1 Jlid 9000001"]);
});

test("of a new access carries website, place, addresses and password in this order", () => {
  const entry = at(sampleJoin(), "XZJR", "Xzxx");
  assert.equal(namesIn(entry), ["Wz_xx", "IspJrid", "Wzfb", "Wzjrfs", "Ip_xx", "Fj", "Fj", "ICPmm"]);
  assert.is(textAt(entry, "Wz_xx/Wzbah"), "浙ICP备2019900001号-1");
  assert.equal(namesIn(child(entry, "Ip_xx")!), ["IspIpid", "Qsip", "Zzip"]);
  const { attachments: _, ...byId } = sampleJoin({ website: { bureauId: 9_000_002 } });
  assert.is(textAt(at({ ...byId, attachments: [] }, "XZJR", "Xzxx"), "Wz_xx/Wzid"), "9000002");
});

test("of a change carries the whole image by the ids and numbers of the bureau", () => {
  const entry = at(sampleChange({ passwordHash: HASH }), "BGBA", "Bgxx");
  assert.equal(namesIn(entry), ["Zt_xx", "Wz_xx", "Fj", "Fj", "ICPmm"]);
  const subject = ["Ztid", "Dwmc", "Baxh", "Dwxz", "Tzr", "Txdz", "Zj", "Fzr"];
  assert.equal(namesIn(child(entry, "Zt_xx")!), subject);
  const site = child(entry, "Wz_xx")!;
  const website = ["Wzid", "Wzmc", "Fwnr", "Yylb", "Ym_xx", "Ym_xx", "Jr_xx", "Wz_Fzr", "Baxh", "Syurl"];
  assert.equal(namesIn(site), website);
  const [known, added] = childrenOf(site, "Ym_xx");
  assert.equal(
    [namesIn(known!), namesIn(added!)],
    [
      ["Ymid", "IspYmid", "Ym"],
      ["IspYmid", "Ym"],
    ],
  );
  const access = child(site, "Jr_xx")!;
  assert.equal(namesIn(access), ["Jrid", "Wzfb", "Wzjrfs", "Ip_xx", "Ip_xx"]);
  const [range, newRange] = childrenOf(access, "Ip_xx");
  assert.equal(namesIn(range!), ["Ipid", "IspIpid", "Qsip", "Zzip"]);
  assert.equal(namesIn(newRange!), ["IspIpid", "Qsip", "Zzip"]);
});

test("of a cancellation says what, why and by whom", () => {
  const entry = at(sampleCancel(), "ZXBA", "Zx_xx");
  assert.equal(
    entry.children.map(({ name, text }) => `${name} ${text}`),
    ["Zxlb 1", "Jlid 9000002", "Zxly 1", "Zxlybz 网站不再使用", `ICPmm ${HASH}`],
  );
  const { passwordHash: _, explanation: __, ...bare } = sampleCancel();
  for (const [of, code] of [
    ["subject", "0"],
    ["access", "2"],
  ] as const) {
    const short = at({ ...bare, of }, "ZXBA", "Zx_xx");
    assert.equal(namesIn(short), ["Zxlb", "Jlid", "Zxly"]);
    assert.is(textAt(short, "Zxlb"), code);
  }
});

test("of a supplement carries pictures alone", () => {
  const entry = at(sampleSupplement(), "XZHYD");
  assert.equal(namesIn(entry), ["Fjxx", "Fjxx"]);
  const [form, photo] = childrenOf(entry, "Fjxx");
  assert.is(textAt(form, "Fjssdx/Ssdxbs/Baxh"), "浙ICP备2026000001号-1");
  assert.is(textAt(photo, "Fjssdx/Ssdxbs/Jlid"), "9000001");
});

test("has the code by which the bureau names the operation in its results", () => {
  const codes = Object.values(sampleOperations()).map(operationCode);
  assert.equal(codes, [1, 2, 3, 4, 7, 35, 0, 0]);
  assert.is(operationCode(sampleCancel({ of: "access" })), 5);
  assert.is(operationCode(sampleCancel({ of: "subject" })), 6);
});

test("is refused for characters that GBK lacks, wherever they stand", () => {
  const add = sampleAdd();
  add.websites[0]!.names = ["青山𠮷"];
  assert.equal(told(add), ["website 200 Wzmc not_in_gbk"]);
  const change = sampleChange();
  change.subject.certificate.address = "㐀路1号";
  change.attachments[1]!.remark = "\u0007";
  assert.equal(told(change), ["subject 100 Zj/Zjzs not_in_gbk", "attachment 2 Fjxx/Bz illegal_character"]);
  assert.equal(told(sampleCancel({ explanation: "€" })), ["cancellation 9000002 Zxlybz not_in_gbk"]);
});

test("is refused for addresses that the interface cannot carry", () => {
  const join = sampleJoin();
  join.access.ips.push({ id: 302, from: "2001:db8::1", to: "2001:db8::2" });
  assert.equal(told(join), ["access 300 Ip_xx/Qsip not_ipv4"]);
  const change = sampleChange();
  change.websites[0]!.accesses[0]!.ips = [{ id: 1, from: "10.0.0.9", to: "10.0.0.1" }];
  assert.equal(told(change), ["access 103 Ip_xx/Zzip range_reversed"]);
});

test("tells a breach of the schema by block, id and element, and never a value", () => {
  const change = sampleChange({ passwordHash: "GEHEIM" });
  change.subject.certificate.type = 13;
  change.websites[0]!.number = "";
  change.websites[0]!.accesses[0]!.modes = [99];
  change.attachments[0]!.bytes = Buffer.alloc(0);
  assert.equal(told(change), [
    "subject 100 Zj/Zjlx maxInclusive",
    "access 103 Wzjrfs/Jrfs maxInclusive",
    "website 101 Syurl order: Baxh",
    "attachment 1 Fjxx/Fjssdx order: Fjnr",
    "file 0 /UploadData/ICP/BGBA/Bgxx/ICPmm pattern",
  ]);
  assert.not.match(JSON.stringify(problemsOf(change)), /GEHEIM/);
  assert.equal(told(sampleJoin({ passwordHash: "" })), ["access 300  missing: Fj, ICPmm"]);
  assert.equal(told(sampleAdd({ websites: [] })), ["file 0 /UploadData/ICP/XZWZ/Xzxx/Fj[1] order: Wz_xx"]);
});

test("is refused where the owner of a picture cannot be named", () => {
  const join = sampleJoin({ website: { bureauId: 9_000_002 } });
  assert.equal(told(join), ["attachment 2 Fjxx/Fjssdx/Ssdxbs missing: Jlid, Baxh"]);
  join.attachments[1]!.owner = { kind: "subject", ref: { bureauId: 9_000_001 } };
  assert.equal(told(join), []);
});

test("is refused without anything in it", () => {
  assert.equal(told({ kind: "supplement", attachments: [] }), ["file 0 /UploadData/ICP/XZHYD missing: Fjxx"]);
});

test.run();
