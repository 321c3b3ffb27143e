import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isUnder, parseDomain, toAscii, toUnicode } from "../../src/vocabulary/domain.ts";
import { cleanEmail, isEmail, sameEmail } from "../../src/vocabulary/email.ts";
import { cleanHomePage, parseHomePage } from "../../src/vocabulary/home-page.ts";

const test = suite("domains, home pages, mail addresses");

const faultOf = (text: string) => {
  const domain = parseDomain(text);
  return domain.ok ? "" : domain.fault;
};

test("registrable domains are taken, also under com.cn and gov.cn", () => {
  for (const text of [
    "example.cn",
    "EXAMPLE.CN",
    "example.com.cn",
    "example.gov.cn",
    "示例.中国",
    "示例.cn",
  ]) {
    assert.is(faultOf(text), "", text);
  }
});

test("a sub-domain names the domain to file instead", () => {
  assert.equal(parseDomain("www.example.com.cn"), {
    ok: false,
    fault: "subdomain",
    registrable: "example.com.cn",
  });
  assert.equal(parseDomain("商城.示例.中国"), { ok: false, fault: "subdomain", registrable: "示例.中国" });
});

test("what is not a domain is told apart", () => {
  assert.is(faultOf("http://example.cn"), "url");
  assert.is(faultOf("example.cn/index.html"), "url");
  assert.is(faultOf("203.0.113.18"), "ip");
  assert.is(faultOf("2001:db8::1"), "ip");
  assert.is(faultOf("*.example.cn"), "wildcard");
  assert.is(faultOf("com.cn"), "suffix");
  assert.is(faultOf("example.invalidsuffix"), "suffix");
  assert.is(faultOf("example"), "shape");
  assert.is(faultOf("a_b.cn"), "shape");
  assert.is(faultOf("-a.cn"), "shape");
});

// Example of RFC 3492 §7.1 (B), Chinese (simplified), as a label.
test("Chinese names go to punycode and back", () => {
  assert.is(toAscii("他们为什么不说中文.cn"), "xn--ihqwcrb4cv8a8dqg056pqjye.cn");
  assert.is(toUnicode("xn--ihqwcrb4cv8a8dqg056pqjye.cn"), "他们为什么不说中文.cn");
  assert.is(toAscii("示例。中国"), toAscii("示例.中国"));
});

test("a host is under a domain whatever its spelling", () => {
  assert.ok(isUnder("www.示例.中国", "xn--fsq092h.xn--fiqs8s"));
  assert.ok(isUnder("Example.cn", "example.cn"));
  assert.not(isUnder("notexample.cn", "example.cn"));
  assert.not(isUnder("example.cn", ""));
});

test("a home page is read with and without its scheme", () => {
  for (const text of ["www.example.cn", "http://www.example.cn", "https://www.example.cn/"]) {
    const page = parseHomePage(text);
    assert.ok(page.ok && page.host === "www.example.cn" && !page.more, text);
    assert.is(cleanHomePage(text), "www.example.cn");
  }
  const page = parseHomePage("example.cn:8080/a?b");
  assert.ok(page.ok && page.more);
  assert.equal(parseHomePage("203.0.113.18"), { ok: false, fault: "ip" });
  assert.equal(parseHomePage("首页"), { ok: false, fault: "shape" });
});

test("mail addresses are taken as people have them", () => {
  for (const text of [
    "zhangsan@example.cn",
    "zhang.san+beian@mail.example.com.cn",
    "10000@qq.com",
    "a@示例.中国",
  ]) {
    assert.ok(isEmail(text), text);
  }
});

test("what mail cannot be sent to is none", () => {
  const long = `${"a".repeat(65)}@example.cn`;
  for (const text of [
    "zhangsan",
    "@example.cn",
    "zhang san@example.cn",
    "a@b",
    "a..b@example.cn",
    "a@example..cn",
    "a@203.0.113.1",
    long,
  ]) {
    assert.not(isEmail(text), text);
  }
});

test("a mail address loses blanks and full-width signs", () => {
  assert.is(cleanEmail(" zhangsan＠Example。CN "), "zhangsan@example.cn");
  assert.ok(sameEmail("ZhangSan@example.cn", "zhangsan@EXAMPLE.cn"));
});

test.run();
