import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type DownloadPart, readDownload } from "../../../src/gateways/bureau/index.ts";

const test = suite("what the bureau sends beside answers");

const partsIn = (xml: string): DownloadPart[] =>
  readDownload(`<DownloadData version="V.3.0">${xml}</DownloadData>`).parts;
const inIcp = (xml: string): DownloadPart[] => partsIn(`<ICP>${xml}</ICP>`);

/** The items of the only part. */
function itemsIn(xml: string): unknown[] {
  const [part, ...more] = inIcp(xml);
  assert.equal(more, []);
  assert.is(part?.kind, "lists");
  return part?.kind === "lists" ? part.items.map(({ item }) => item) : [];
}

test("an inquiry is a record by the bureau's ids", () => {
  const [part] = inIcp("<HSRW><Baxx><Zt_xx><Ztid>7</Ztid><Dwmc>甲公司</Dwmc></Zt_xx></Baxx></HSRW>");
  assert.is(part?.kind, "inquiries");
  if (part?.kind === "inquiries") {
    assert.equal(part.records[0]?.subject, { bureauId: 7, name: "甲公司" });
  }
});

test("an inspection names what is wrong, wherever its kind stands", () => {
  const wrong =
    "<Zthc><Ztid>7</Ztid><Dwmc>甲公司</Dwmc><Zjlx>1</Zjlx><Zjhm>9</Zjhm><Cwyy>名称不符</Cwyy></Zthc>";
  const bare = { of: "subject", bureauId: 7, name: "甲公司", certificate: { type: 1, number: "9" } };
  for (const xml of [`<HCJG><Jgxx>${wrong}</Jgxx></HCJG>`, `<HCJG>${wrong}</HCJG>`]) {
    const [{ raw, ...item } = { raw: undefined }] = itemsIn(xml) as { raw?: { name: string } }[];
    assert.equal(item, { ...bare, reason: "名称不符" });
    assert.is(raw?.name, "Zthc");
  }
  const [access] = itemsIn("<HCJG><Jgxx><Jrhc><Jrid>5</Jrid></Jrhc></Jgxx></HCJG>") as { reason: string }[];
  assert.is(access?.reason, "", "no reason is no fault");
});

test("a bulletin has its words, and perhaps a record", () => {
  const about = "<Tzxx><Tzlb>1</Tzlb><Baxh>浙ICP备2026000001号</Baxh><Tznr>请补充资料</Tznr></Tzxx>";
  assert.equal(itemsIn(`<XGTZ>${about}<Tzxx><Tznr>停机</Tznr><Bz>夜间</Bz></Tzxx></XGTZ>`), [
    { category: 1, number: "浙ICP备2026000001号", words: "请补充资料", remark: "" },
    { words: "停机", remark: "夜间" },
  ]);
});

test("a blacklist holds subjects and websites, and says whether they come or go", () => {
  const subject =
    "<Zthmdxxs><Zt_xx><Dwmc>乙公司</Dwmc><Dwxz>4</Dwxz><Zj><Zjlx>1</Zjlx><Zjhm>X1</Zjhm></Zj></Zt_xx><Czlx>0</Czlx></Zthmdxxs>";
  const website =
    "<Wzhmdxxs><Wz_xx><Wzmc>乙站</Wzmc><Ym_xx><Ym>b.example</Ym></Ym_xx><Ym_xx><Ym>c.example</Ym></Ym_xx><Czlx>2</Czlx></Wz_xx></Wzhmdxxs>";
  assert.equal(itemsIn(`<HMDLB>${subject}${website}</HMDLB>`), [
    { of: "subject", change: "add", name: "乙公司", nature: 4, certificate: { type: 1, number: "X1" } },
    { of: "website", change: "delete", name: "乙站", domains: ["b.example", "c.example"] },
  ]);
  const [strange] = itemsIn("<HMDLB><Zthmdxxs><Zt_xx><Czlx>9</Czlx></Zt_xx></Zthmdxxs></HMDLB>");
  assert.equal(strange, { of: "subject", name: "" }, "what nobody has seen has no change");
});

test("addresses are read as numbers and as dotted text, and other words are none", () => {
  const ips = ["1778535426", "106.2.76.2", "106.2.76.256", "4294967296", "::1", ""].map(
    (ip) => `<Ffjrxx><Id>1</Id><Ym>d.example</Ym><Ip>${ip}</Ip></Ffjrxx>`,
  );
  const found = itemsIn(`<FFJRHMD>${ips.join("")}</FFJRHMD>`) as { ip?: string }[];
  assert.equal(
    found.map(({ ip }) => ip),
    ["106.2.76.2", "106.2.76.2", undefined, undefined, undefined, undefined],
  );
});

test("an unfiled site has one language or several", () => {
  const sites = ["<Yylb>1</Yylb>", "<Yylb><Yylb_id>1</Yylb_id><Yylb_id>2</Yylb_id></Yylb>", ""].map(
    (languages) => `<Wbawz_xx><Id>3</Id><Wzym_mc>e.example</Wzym_mc>${languages}<Yys>电信</Yys></Wbawz_xx>`,
  );
  const found = itemsIn(`<WBAWZLB>${sites.join("")}</WBAWZLB>`) as {
    languages: number[];
    operator: string;
  }[];
  assert.equal(
    found.map(({ languages }) => languages),
    [[1], [1, 2], []],
  );
  assert.is(found[0]?.operator, "电信");
});

test("tables of codes are read with what each has beside the usual", () => {
  const xml =
    "<JCDM><Jcdm_xx><Zjlx_dms><Zjlx_dm><Id>1</Id><Mc>营业执照</Mc><Dwflid>2</Dwflid><Sfyx>1</Sfyx></Zjlx_dm>" +
    "<Zjlx_dm><Id>9</Id><Mc>旧证</Mc><Sfyx>0</Sfyx><Bz>停用</Bz></Zjlx_dm></Zjlx_dms></Jcdm_xx></JCDM>";
  const tables = [
    {
      name: "Zjlx_dms",
      rows: [
        { id: "1", label: "营业执照", valid: true, remark: "", extra: { Dwflid: "2" } },
        { id: "9", label: "旧证", valid: false, remark: "停用", extra: {} },
      ],
    },
  ];
  assert.equal(partsIn(xml), [{ kind: "codes", tables }]);
  assert.equal(partsIn(`<SJTB>${xml}</SJTB>`), [{ kind: "codes", tables }]);
});

test("a full synchronisation gives copies, with and without a frame of their own", () => {
  const record = "<Baxx><Zt_xx><Ztid>7</Ztid></Zt_xx></Baxx>";
  for (const xml of [`<ICP>${record}</ICP>`, `<ICP><BASJ>${record}</BASJ></ICP>`]) {
    const kinds = partsIn(`<SJTB>${xml}</SJTB>`).map((part) => [
      part.kind,
      "records" in part ? part.records.length : 0,
    ]);
    assert.equal(
      kinds.filter(([, count]) => count !== 0),
      [["copies", 1]],
    );
  }
});

test("what nobody has seen is given as it is, wherever it stands", () => {
  const names = (parts: DownloadPart[]) => parts.flatMap((part) => (part.kind === "other" ? part.name : []));
  assert.equal(names(partsIn("<YM><A/></YM>")), ["YM"]);
  assert.equal(names(inIcp("<NEU><A/></NEU>")), ["ICP/NEU"]);
  assert.equal(names(inIcp("<HCJG><Jgxx/><Neu/></HCJG>")), ["ICP/HCJG/Neu"]);
  assert.equal(names(partsIn("<SJTB><IP><A/></IP></SJTB>")), ["SJTB/IP"]);
});

test.run();
