import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type ProductRow, productColumnNames, readProduct } from "../../src/forms/product.ts";
import { readProductCheck } from "../../src/forms/product-check.ts";
import { cleanCode, productType, productTypeNames, spacedCode } from "../../src/vocabulary/product-types.ts";

const test = suite("a row of a table of products");

const row = (values: Partial<ProductRow>): ProductRow => ({
  ...(Object.fromEntries(productColumnNames.map((name) => [name, ""])) as ProductRow),
  ...{ type: "云服务器", key: "203.0.113.18", secret: "mima", name: "示例主机" },
  ...values,
});

const wrongColumns = (values: Partial<ProductRow>) =>
  readProduct(row(values)).problems.map(({ column }) => column);

test("is read in the words that people write", () => {
  const { product, problems } = readProduct(
    row({
      ...{ type: " 云服务器 ", key: "２０３.０.１１３.18", secret: " mima ", place: "浙江", mode: "云接入" },
      ...{ ips: "203.0.113.18；203.0.113.20-203.0.113.23", quota: "3", until: "2027/2/1", state: "停用" },
    }),
  );
  assert.equal(problems, []);
  assert.equal(product, {
    ...{
      type: "cloud_server",
      key: "203.0.113.18",
      secret: " mima ",
      name: "示例主机",
      customerAccount: null,
    },
    ...{
      owner: null,
      ips: ["203.0.113.18", "203.0.113.20-203.0.113.23"],
      serverPlace: "330000",
      accessMode: "5",
    },
    ...{ quota: 3, validUntil: "2027-02-01", state: "retired" },
  });
});

test("has the address of a cloud server from its key, and one website, unless it says otherwise", () => {
  const { product } = readProduct(row({}));
  assert.equal([product?.ips, product?.quota, product?.state], [["203.0.113.18"], 1, "active"]);
});

const bad: [string, Partial<ProductRow>, string[]][] = [
  ["no type", { type: "" }, ["type"]],
  ["a type that is none", { type: "飞船" }, ["type"]],
  ["a code for a product", { type: "authorisation_code" }, ["type"]],
  ["no account", { key: "" }, ["key"]],
  ["a private address", { key: "10.0.0.1" }, ["key"]],
  ["no name", { name: " " }, ["name"]],
  ["a name without end", { name: "长".repeat(101) }, ["name"]],
  ["an address that is none", { ips: "203.0.113.1;haus" }, ["ips"]],
  ["a place abroad", { place: "东京" }, ["place"]],
  ["an unknown access method", { mode: "飞鸽" }, ["mode"]],
  ["half a website", { quota: "1.5" }, ["quota"]],
  ["too many websites", { quota: "10001" }, ["quota"]],
  ["a day that is none", { until: "2027-02-30" }, ["until"]],
  ["an unknown state", { state: "constructor" }, ["state"]],
  ["a host without an address", { type: "IDC主机", key: "dd1", secret: "" }, ["ips"]],
  ["several of these", { name: "", quota: "x", until: "bald" }, ["name", "quota", "until"]],
];
for (const [what, values, columns] of bad)
  test(`with ${what} is told by its column`, () => assert.equal(wrongColumns(values), columns));

test("never has what was typed in what is said of it", () => {
  const values = {
    type: "geheimA",
    key: "geheimB",
    secret: "geheimC".repeat(50),
    ips: "geheimD",
    quota: "geheimE",
  };
  assert.not.match(JSON.stringify(readProduct(row(values)).problems), /geheim/);
});

test("of each type asks for what its adapter says", () => {
  const asked = Object.fromEntries(
    productTypeNames.map((name) => {
      const { key, proof } = productType(name);
      return [name, [key.label, proof && `${proof.label}${proof.secret ? "*" : ""}`]];
    }),
  );
  assert.equal(asked, {
    cloud_server: ["公网IP", "登录密码*"],
    virtual_host: ["FTP用户名", "FTP密码*"],
    site_builder: ["后台账户", "后台密码*"],
    idc_host: ["订单号", "主机IP"],
    agent_platform: ["代理平台域名", "域名的IP"],
    authorisation_code: ["备案授权码", null],
  });
});

test("of a check is read by its type, and a secret keeps its blanks", () => {
  const read = (productType: string, productKey: string, productProof = "") =>
    readProductCheck({ productType, productKey, productProof }, productTypeNames);
  assert.equal(read("agent_platform", "HTTP://Daili.Example.cn/x", " 203.0.113.9 ").form.credentials, {
    key: "daili.example.cn",
    proof: "203.0.113.9",
  });
  assert.is(read("virtual_host", " ftp01 ", " mi ma ").form.credentials.proof, " mi ma ");
  assert.equal(
    read("cloud_server", "", "").problems.map(({ field }) => field),
    ["productKey", "productProof"],
  );
  assert.equal(
    read("constructor", "x").problems.map(({ field }) => field),
    ["productType"],
  );
});

test("shows no name of an account that may be somebody's telephone", () => {
  assert.is(productType("virtual_host").shown("13800005678"), "13****8");
  assert.is(productType("site_builder").shown("abc"), "****");
});

test("takes a code however it is written", () => {
  const code = "0123456789ABCDEF";
  for (const typed of [spacedCode(code), " o123 4567-89ab cdef", "Ol23456789abcdef", "０1２3456789ABCDEF"])
    assert.is(cleanCode(typed), code);
  assert.is(cleanCode("0123456789ABCDEU"), "");
});

test.run();
