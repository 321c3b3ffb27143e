import { suite } from "uvu";
import * as assert from "uvu/assert";
import { identityCard } from "../../../src/documents/recognition/identity-card.ts";
import { cellsOf } from "./cells.ts";

const test = suite("identity card");

/** An invented person; the check character is that of GB 11643. */
const NUMBER = "330106199001152139";

const front = `
姓名 | 陈雨桐
性别 | 女 | 民族 | 汉
1990年1月15日
住址 | 浙江省杭州市西湖区示例路
     | 18号3幢2单元501室
公民身份号码 | ${NUMBER}`;

const back = (term: string): string => `
居民身份证
签发机关 | 示例市公安局
有效期限 | ${term}`;

const termOf = (term: string) => {
  const { from, until } = identityCard(cellsOf(back(term)));
  return { from, until };
};
const numberOf = (text: string) => identityCard(cellsOf(`公民身份号码 | ${text}`)).number;

test("a card that was read well gives name, number, address and both days", () => {
  assert.equal(identityCard(cellsOf(front + back("2019.08.20-2039.08.20"))), {
    kind: "identityCard",
    name: "陈雨桐",
    number: NUMBER,
    address: "浙江省杭州市西湖区示例路18号3幢2单元501室",
    from: "2019-08-20",
    until: "2039-08-20",
  });
});

test("an empty page and a page of something else give nothing but the kind", () => {
  assert.equal(identityCard([]), { kind: "identityCard" });
  assert.equal(identityCard(cellsOf("今天天气很好")), { kind: "identityCard" });
});

test("letters that look like digits become digits where the check character then is right", () => {
  assert.is(numberOf("33O106I9900115213９"), NUMBER);
  assert.is(numberOf("11010819930727822x"), "11010819930727822X");
});

test("of two readings the one whose check character is right is taken", () => {
  assert.is(numberOf(`330106199001152138 ~ ${NUMBER}`), NUMBER);
  assert.is(numberOf(`${NUMBER} ~ 330106199001152138`), NUMBER);
});

test("a number with a stroke read beside it is found in it", () => {
  assert.is(numberOf(`1${NUMBER}`), NUMBER);
});

test("a number that is wrong stays wrong: no digit is guessed", () => {
  assert.is(numberOf("330106199001152138"), "330106199001152138");
  assert.is(numberOf("33010619900115213"), undefined);
});

test("长期 is taken as it stands", () => {
  assert.equal(termOf("2012.06.18-长期"), { from: "2012-06-18", until: "长期" });
});

test("one digit misread on one side of the term is put right by the other side", () => {
  assert.equal(termOf("20182225=2038-12.25"), { from: "2018-12-25", until: "2038-12-25" });
  assert.equal(termOf("2019.08.20-2039.08.26"), { from: "2019-08-20", until: "2039-08-20" });
});

test("a term of ten years is not made one of twenty", () => {
  assert.equal(termOf("2020.09.14-2030.09.14"), { from: "2020-09-14", until: "2030-09-14" });
});

test("the end of a term counts alone where month and day of its beginning bear it out", () => {
  assert.equal(termOf(":04.01-2037.04.01"), { from: undefined, until: "2037-04-01" });
  assert.equal(termOf(":04.11-2037.04.01"), { from: undefined, until: undefined });
});

test("days that do not fit together are left out", () => {
  assert.equal(termOf("2019.08.20-2036.03.20"), { from: undefined, until: undefined });
  assert.equal(termOf("2019.13.20-2039.13.20"), { from: undefined, until: undefined });
});

test("a name is found without its label, above the rows of sex and birth", () => {
  assert.is(identityCard(cellsOf("和口 |\n陈雨桐\n性别 | 女")).name, "陈雨桐");
  assert.is(identityCard(cellsOf("古丽娜尔·买买提\n1990年1月15日")).name, "古丽娜尔·买买提");
});

test("an address is found without its label, and ends before the number", () => {
  const read = identityCard(
    cellsOf(`1968年12月8日\n山东省青岛市市南区无名路\n6号\n公民身份号码 | ${NUMBER}`),
  );
  assert.is(read.address, "山东省青岛市市南区无名路6号");
});

test("what stands on the portrait is no part of the address", () => {
  const read = identityCard(
    cellsOf(`住址 | 北京市海淀区样本街77号\n     | 院12号楼              | 王三\n${NUMBER}`),
  );
  assert.is(read.address, "北京市海淀区样本街77号院12号楼");
});

test.run();
