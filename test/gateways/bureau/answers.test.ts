import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  readAnswer,
  readBeianStatus,
  readDownloadAnswer,
  readPreviousUpload,
  readUploadAnswer,
  readVerification,
} from "../../../src/gateways/bureau/answers.ts";
import { readDownload, XmlUnreadable } from "../../../src/gateways/bureau/index.ts";

const test = suite("what the bureau answers");

const HEAD = '<?xml version="1.0" encoding="GBK"?>';

test("is read although it declares GBK in a text that is decoded already, with and without a version", () => {
  assert.equal(readAnswer(`${HEAD}<return><msg_code>0</msg_code><msg>操作成功</msg></return>`), {
    code: 0,
    message: "操作成功",
  });
  assert.equal(
    readAnswer(`\n${HEAD}\n<return version="V.3.0"><msg>好</msg><msg_code> 20 </msg_code></return>`),
    {
      code: 20,
      message: "好",
    },
  );
});

test("is no answer without a code, and no XML is told as such", () => {
  assert.is(readAnswer("<return><msg>操作成功</msg></return>"), undefined);
  assert.is(readAnswer("<return><msg_code>null</msg_code></return>"), undefined);
  for (const garbage of [
    "",
    "null",
    "<return>",
    "<html><br></html>",
    "\u0000",
    "<return><msg_code>0</msg_code>",
  ]) {
    assert.throws(
      () => readAnswer(garbage),
      (error: unknown) => error instanceof XmlUnreadable,
    );
  }
});

test("lists the numbers that are missing", () => {
  const text = `<return><msg_code>14</msg_code><msg>有漏报数据</msg><dataSequences><dataSequence>501</dataSequence>
    <dataSequence>502</dataSequence><dataSequence>x</dataSequence></dataSequences></return>`;
  assert.equal(readUploadAnswer(text), { code: 14, message: "有漏报数据", missing: [501, 502] });
});

const INFOS = `<fileInfos><hashAlgorithm>0</hashAlgorithm><compressionFormat>0</compressionFormat>
  <encryptAlgorithm>1</encryptAlgorithm><return_FileName>20160302103000_ZJ_7.xml</return_FileName>
  <beianInfo>AAAA
BBBB</beianInfo><beianInfoHash>CC
CC</beianInfoHash></fileInfos>`;

test("carries a file whatever the code is", () => {
  for (const code of [0, 1, 3]) {
    const answer = readDownloadAnswer(`<return><msg_code>${code}</msg_code><msg/>${INFOS}</return>`);
    assert.is(answer?.file?.fileName, "20160302103000_ZJ_7.xml");
    assert.is(answer?.file?.encryptAlgorithm, 1);
    assert.is(answer?.file?.beianInfoHash, "CCCC");
  }
  const empty = readDownloadAnswer("<return><msg_code>2</msg_code><msg>没有</msg><fileInfos/></return>");
  assert.equal(empty, { code: 2, message: "没有" });
});

test("gives the number and hash of the previous upload, or zero when there was none", () => {
  const infos = INFOS.replace("<return_", "<dataSequence>41</dataSequence><return_");
  const found = readPreviousUpload(`<return><msg_code>0</msg_code>${infos}</return>`);
  assert.is(found?.sequence, 41);
  assert.is(found?.hash, "CCCC");
  const none = readPreviousUpload(
    "<return><msg_code>0</msg_code><fileInfos><dataSequence>0</dataSequence><beianInfo/></fileInfos></return>",
  );
  assert.equal(none, { code: 0, message: "", sequence: 0, hash: "" });
});

test("reads results of the machine and of a person", () => {
  const xml = `${HEAD}<DownloadData version="V.3.0"><ICP><BAJG>
    <Jg_xx><Jgxx><Jgdm>1005</Jgdm><Dmms>域名冲突</Dmms></Jgxx><Jgxx><Jgdm>1041</Jgdm></Jgxx><Czlx>1</Czlx><Bs>100</Bs></Jg_xx>
    <Jg_xx><Jgxx><Jgdm>5001</Jgdm><Dmms>A1.xml</Dmms></Jgxx><Czlx>35</Czlx></Jg_xx>
    <GJSHS><Gjsh><Shsj>2026-11-21</Shsj><Shyj>照片不清楚</Shyj><Shjg>0</Shjg><Czlx>1</Czlx><Jlid>100</Jlid></Gjsh>
    <Gjsh><Shsj>2026-11-22</Shsj><Shjg>1</Shjg></Gjsh></GJSHS></BAJG></ICP></DownloadData>`;
  assert.equal(readDownload(xml).parts, [
    {
      kind: "results",
      machine: [
        {
          codes: [
            { code: 1005, words: "域名冲突" },
            { code: 1041, words: "" },
          ],
          operation: 1,
          about: "100",
          remark: "",
        },
        { codes: [{ code: 5001, words: "A1.xml" }], operation: 35, about: "", remark: "" },
      ],
      reviews: [
        { approved: false, words: "照片不清楚", at: "2026-11-21", operation: 1, about: "100" },
        { approved: true, words: "", at: "2026-11-22", operation: undefined, about: "" },
      ],
    },
  ]);
});

test("reads what the bureau cancelled, also of a kind that its own schema forgot", () => {
  const xml = `<DownloadData><ICP><ZXSJ><Zxxx><Zxlb>0</Zxlb><Jlid>7</Jlid></Zxxx>
    <Zxxx><Zxlb>1</Zxlb><Jlid>8</Jlid><Bz>主办者已注销</Bz></Zxxx><Zxxx><Zxlb>2</Zxlb><Jlid>9</Jlid></Zxxx>
    <Zxxx><Zxlb>5</Zxlb><Jlid>x</Jlid></Zxxx></ZXSJ></ICP></DownloadData>`;
  const [part] = readDownload(xml).parts;
  assert.equal(part?.kind === "cancellations" ? part.items : [], [
    { of: "subject", bureauId: 7, remark: "" },
    { of: "website", bureauId: 8, remark: "主办者已注销" },
    { of: "access", bureauId: 9, remark: "" },
    { of: undefined, bureauId: undefined, remark: "" },
  ]);
});

test("says whether something is filed, and whether a password is right", () => {
  const status = readBeianStatus(`${HEAD}<return><msg_code>0</msg_code><msg/><StatusInfo><Cxtjlx>0</Cxtjlx>
    <Cxtj>a.cn</Cxtj><Wzmc>某站</Wzmc><Ztbah>京ICP备09031924号</Ztbah><Wzbah> 京ICP备09031924号-3 </Wzbah><Bazt>0</Bazt></StatusInfo></return>`);
  assert.equal(status?.status, {
    filed: true,
    subjectNumber: "京ICP备09031924号",
    websiteNumber: "京ICP备09031924号-3",
    websiteName: "某站",
  });
  const none = "<return><msg_code>0</msg_code><StatusInfo><Bazt>1</Bazt></StatusInfo></return>";
  assert.equal(readBeianStatus(none)?.status, { filed: false });
  assert.is(readBeianStatus(none.replace("<Bazt>1</Bazt>", "<Bazt/>"))?.status, undefined);
  const verified = (result: string) =>
    readVerification(`<return><msg_code>0</msg_code><VerifyRes>${result}</VerifyRes></return>`)?.right;
  assert.equal([verified("\n 0 "), verified("1"), verified("2")], [true, false, undefined]);
  assert.equal(readVerification("<return><msg_code>22</msg_code><msg>超过次数</msg></return>"), {
    code: 22,
    message: "超过次数",
  });
});

test("keeps what nobody has seen, by name", () => {
  const names = (xml: string) =>
    readDownload(xml).parts.map((part) => (part.kind === "other" ? part.name : part.kind));
  const icp = "<ICP><XGTZ><Tzxx/></XGTZ><BASJ/><ZXSJ><Zxxx><Zxlb>2</Zxlb></Zxxx></ZXSJ><NEU/></ICP>";
  assert.equal(names(`<DownloadData>${icp}</DownloadData>`), [
    "lists",
    "records",
    "cancellations",
    "ICP/NEU",
  ]);
  assert.equal(names("<DownloadData><JCDM/></DownloadData>"), ["codes"]);
  assert.equal(names("<DownloadData><IP><BAJG/></IP></DownloadData>"), ["IP"]);
  assert.equal(names("<DownloadData/>"), []);
});

test("reads a record without our ids, as the bureau sends those of other systems", () => {
  const xml = `<DownloadData><ICP><BASJ><Baxx><Zt_xx><Ztid>7</Ztid><Dwmc>某公司</Dwmc><Baxh>京ICP备09031924号</Baxh></Zt_xx>
    <Wz_xx><Wzid>8</Wzid><Wzmc>某站</Wzmc><Ym_xx><Ymid>9</Ymid><Ym>a.cn</Ym></Ym_xx>
    <Jr_xx><Jrid>10</Jrid><Ispid>1001</Ispid><Wzfb><Fbdd>2</Fbdd></Wzfb><Wzjrfs/><Ip_xx><Qsip>1778535426</Qsip><Zzip>-5</Zzip></Ip_xx></Jr_xx>
    <Baxh>京ICP备09031924号-3</Baxh></Wz_xx></Baxx></BASJ></ICP></DownloadData>`;
  const [part] = readDownload(xml).parts;
  const [record] = part?.kind === "records" ? part.records : [];
  assert.equal(record?.subject, { bureauId: 7, name: "某公司", number: "京ICP备09031924号" });
  assert.equal(record?.websites, [
    {
      bureauId: 8,
      name: "某站",
      number: "京ICP备09031924号-3",
      domains: [{ bureauId: 9, name: "a.cn" }],
      accesses: [{ bureauId: 10, ispId: 1001, places: [2], modes: [], ips: [{ from: "106.2.76.2" }] }],
    },
  ]);
});

test.run();
