import { suite } from "uvu";
import * as assert from "uvu/assert";
import { maskedRows } from "../../../src/gateways/bureau/masked.ts";
import { readXml } from "../../../src/gateways/bureau/xml.ts";

const test = suite("a file of the bureau as people may read it");

const record = `<Baxx><Zt_xx><Ztid>7</Ztid><Dwmc>示例茶业（杭州）有限公司</Dwmc><Dwxz>4</Dwxz><Tzr>王小明</Tzr>
  <Zj><Zjlx>2</Zjlx><Zjhm>330108199001010019</Zjhm><Zjzs>浙江省杭州市滨江区示例路101号</Zjzs></Zj>
  <Txdz><Shengid>330000</Shengid><Xxdz>浙江省杭州市滨江区示例路102号</Xxdz></Txdz>
  <Fzr><Fzr_xm>张三丰</Fzr_xm><Fzr_dhhm>0571-88885678</Fzr_dhhm><Fzr_sjhm>13800005678</Fzr_sjhm>
  <Fzr_dzyj>zhangsan@example.cn</Fzr_dzyj><Qq>12345678</Qq><Fzr_zjhm>330108199001010019</Fzr_zjhm></Fzr><Bz>找张三13800005678</Bz></Zt_xx>
  <Wz_xx><Wzmc>示例茶业</Wzmc><Nrlx><Nrlx_xx><Spwj>${"QUJD".repeat(3000)}</Spwj></Nrlx_xx></Nrlx><Ym_xx><Ym>tea.cn</Ym></Ym_xx>
  <Jr_xx><Wzfb><Fbdd>34</Fbdd></Wzfb><Ip_xx><Qsip>1778535426</Qsip></Ip_xx></Jr_xx><Fj><Fjxx><Fjnr>QUJDRA==</Fjnr></Fjxx></Fj></Wz_xx>
  <ICPmm>b326b65027680eff6d7509023e983790</ICPmm><Xindizhi>330108199001010019</Xindizhi></Baxx>`;

const { rows, more } = maskedRows(readXml(record));
const shownAt = (name: string) => rows.find((row) => row.name === name)?.value;

test("shows what is no person's, with the words of codes and addresses", () => {
  assert.equal(["Ztid", "Dwmc", "Dwxz", "Wzmc", "Ym", "Qsip", "Shengid", "Fbdd"].map(shownAt), [
    "7",
    "示例茶业（杭州）有限公司",
    "4 企业",
    "示例茶业",
    "tea.cn",
    "106.2.76.2",
    "330000 浙江省",
    "34 浙江省",
  ]);
  assert.is(more, 0);
});

test("masks numbers of documents, phones, mail addresses, names of persons and postal addresses", () => {
  assert.equal(
    ["Zjhm", "Fzr_xm", "Fzr_dhhm", "Fzr_sjhm", "Fzr_dzyj", "Qq", "Zjzs", "Xxdz", "Tzr"].map(shownAt),
    [
      ...["330108********0019", "张*丰", "0571-****5678", "138****5678", "z***n@example.cn", "12****"],
      ...["浙江省杭州市****", "浙江省杭州市****", "王*明"],
    ],
  );
});

test("leaves pictures, passwords, remarks and unknown elements out", () => {
  assert.equal(["Spwj", "Fjnr", "ICPmm", "Bz", "Xindizhi"].map(shownAt), [
    "图片，约9 KB，不显示",
    "图片，约1 KB，不显示",
    "不显示",
    "14个字，不显示",
    "18个字，不显示",
  ]);
});

test("holds no value of a person anywhere", () => {
  const text = JSON.stringify(rows);
  assert.not.match(text, /13800005678|19900101|zhangsan@|张三|示例路|b326b650|QUJD/);
});

for (const [name, nature, shown] of [
  ["张三丰", "<Dwxz>5</Dwxz>", "张*丰"],
  ["买买提·艾力", "", "买****力"],
  ["欧阳小云", "", "欧**云"],
  ["示例茶业有限公司", "", "示例茶业有限公司"],
] as const)
  test(`takes the name ${name} ${nature ? "of a person" : "without a nature"} as ${shown}`, () => {
    const tree = readXml(`<Zt_xx><Dwmc>${name}</Dwmc>${nature}</Zt_xx>`);
    assert.is(maskedRows(tree).rows[1]?.value, shown);
  });

test("gives so many lines and says how many more there are", () => {
  const many = maskedRows(readXml(`<ICP>${"<Ym>a.cn</Ym>".repeat(10)}</ICP>`), { limit: 4 });
  assert.equal([many.rows.length, many.more], [4, 7]);
});

test.run();
