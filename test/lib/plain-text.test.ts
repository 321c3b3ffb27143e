import { suite } from "uvu";
import * as assert from "uvu/assert";
import { paragraphsOf, wordsOf } from "../../src/lib/plain-text.ts";

const test = suite("plain text with links");

test("is paragraphs with an empty line between, and lines in them", () => {
  assert.equal(paragraphsOf("一\n二\n\n \n三\n"), [[[{ text: "一" }], [{ text: "二" }]], [[{ text: "三" }]]]);
  assert.equal(paragraphsOf(" \n\n "), []);
});

test("makes links of addresses, without the punctuation of the sentence", () => {
  assert.equal(paragraphsOf("请看https://beian.miit.gov.cn/a?b=1，然后（https://example.cn/x）。"), [
    [
      [
        { text: "请看" },
        { text: "https://beian.miit.gov.cn/a?b=1", href: "https://beian.miit.gov.cn/a?b=1" },
        { text: "，然后（" },
        { text: "https://example.cn/x", href: "https://example.cn/x" },
        { text: "）。" },
      ],
    ],
  ]);
  assert.equal(paragraphsOf("See http://example.cn/. Then")[0]?.[0]?.[1]?.href, "http://example.cn/");
});

test("makes links of words in brackets that lead to a page", () => {
  assert.equal(paragraphsOf("看[新的核验单](/forms)和[部里的通知](https://example.cn/n)"), [
    [
      [
        { text: "看" },
        { text: "新的核验单", href: "/forms" },
        { text: "和" },
        { text: "部里的通知", href: "https://example.cn/n" },
      ],
    ],
  ]);
});

test("leads nowhere but to pages", () => {
  for (const text of [
    "[点](javascript:alert(1))",
    "[点](data:text/html,x)",
    "[点](//evil.example)",
    "[点](/\\evil.example)",
    'https:"onmouseover=',
    "javascript://a",
    "[点](https://[)",
    "[点](http://)",
  ])
    assert.equal(
      paragraphsOf(text)
        .flat(2)
        .filter(({ href }) => href !== undefined),
      [],
      text,
    );
});

test("takes no longer for text that looks like links all over", () => {
  const text = "[".repeat(20_000) + "[a](".repeat(20_000);
  assert.is(wordsOf(text), text);
});

test("gives its words without the marks of links", () => {
  assert.is(wordsOf("看[核验单](/forms)\n\n第二段"), "看核验单\n第二段");
});

test.run();
