import { suite } from "uvu";
import * as assert from "uvu/assert";
import { businessLicence } from "../../../src/documents/recognition/business-licence.ts";
import { cellsOf } from "./cells.ts";

const test = suite("business licence");

/** An invented company; the check character is that of GB 32100. */
const CODE = "91330106MA2001234H";

const licence = `
统一社会信用代码
${CODE}
照
(演示样本)
名 | 称 | 杭州示例网络科技有限公司 | 注册资本 | 壹佰万元整
类 | 型 | 有限责任公司(自然人投资或控股) | 成立目期 | 2019年03月12目
法定代表人“陈雨桐
                    住 | 所 | 浙江省杭州市西湖区示例路
                            18号3幢501室
经营范围 | 软件开发；技术服务，为某某公司
登记机关
2019年03月12日`;

test("a licence that was read well gives all that it says", () => {
  assert.equal(businessLicence(cellsOf(licence)), {
    kind: "businessLicence",
    name: "杭州示例网络科技有限公司",
    number: CODE,
    person: "陈雨桐",
    from: "2019-03-12",
    address: "浙江省杭州市西湖区示例路18号3幢501室",
  });
});

test("an empty page gives nothing but the kind", () => {
  assert.equal(businessLicence([]), { kind: "businessLicence" });
});

test("a code with O and I for digits is read as one, since these letters do not occur in it", () => {
  assert.is(businessLicence(cellsOf("9I33O1O6MA2001234H")).number, CODE);
  assert.is(businessLicence(cellsOf("91330106MA200I234H ~ 91330106MA2001234H")).number, CODE);
});

test("a code whose check character is wrong is given as it was read", () => {
  assert.is(businessLicence(cellsOf("91330106MA2001235H")).number, "91330106MA2001235H");
  assert.is(businessLicence(cellsOf("91330106MA200123")).number, undefined);
});

test("a name without its label is known by how it ends", () => {
  assert.is(businessLicence(cellsOf("杭州示例（中国）有限公司\n类型")).name, "杭州示例（中国）有限公司");
  assert.is(businessLicence(cellsOf("经营范围 | 日用百货销售")).name, undefined);
});

test("the legal form below a name that could not be read is no name", () => {
  for (const form of ["有限责任公司", "股份有限公司", "其他有限责任公司", "个人独资企业", "普通合伙企业"])
    assert.is(businessLicence(cellsOf(form)).name, undefined, form);
  assert.is(businessLicence(cellsOf("示例有限责任公司")).name, "示例有限责任公司");
});

test("a name that fell apart is put together again, or left out where its beginning is lost", () => {
  const read = (text: string) => businessLicence(cellsOf(text)).name;
  assert.is(read("名称 | 第四号茶业 | (杭州)有限公司 | 注册资本 | 壹佰万元"), "第四号茶业（杭州）有限公司");
  assert.is(read("名称 | 示例小店 | 注册资本 | 壹佰万元整公司"), "示例小店");
  for (const rest of ["(杭州)有限公司", "杭州）有限公司", "州)茶业有限公司"])
    assert.is(read(rest), undefined, rest);
  assert.is(read("名称 | 示例茶社"), "示例茶社");
});

test("half-width brackets of a name become those of a name", () => {
  assert.is(businessLicence(cellsOf("名称 | 示例茶业(杭州)有限公司")).name, "示例茶业（杭州）有限公司");
});

test("个体工商户 name 经营者 and 经营场所", () => {
  const read = businessLicence(cellsOf("经营者 | 张三\n经营场所 | 青岛市市南区无名路6号"));
  assert.is(read.person, "张三");
  assert.is(read.address, "青岛市市南区无名路6号");
});

test("without 成立日期 a day counts only where the licence bears no other", () => {
  assert.is(businessLicence(cellsOf("2019年03月12日")).from, "2019-03-12");
  assert.is(businessLicence(cellsOf("2019年03月12日\n2020年01月01日")).from, undefined);
  assert.is(businessLicence(cellsOf("成立日期 | 2019年02月30日")).from, undefined);
});

test("营业期限 gives the end, or 长期", () => {
  assert.is(businessLicence(cellsOf("营业期限 | 2019年03月12日至2039年03月11日")).until, "2039-03-11");
  assert.is(businessLicence(cellsOf("营业期限 | 2019年03月12日至长期")).until, "长期");
});

test.run();
