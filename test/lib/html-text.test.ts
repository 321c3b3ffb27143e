import { suite } from "uvu";
import * as assert from "uvu/assert";
import { textOfHtml, titleOfHtml } from "../../src/lib/html-text.ts";

const test = suite("the plain text of a mail");

test("keeps paragraphs, line breaks, rules and lists apart", () => {
  const html = `<body><main>
<h1>题</h1>
<p>一<br>
二</p>
<ol>
<li><p>甲</p></li>
<li><p>乙</p></li>
</ol>
<ul><li>丙</li></ul>
<hr>
<p>末</p>
</main></body>`;
  assert.is(textOfHtml(html), "题\n\n一\n二\n\n1. 甲\n\n2. 乙\n\n- 丙\n\n----\n\n末\n");
});

test("writes out the address of a link unless it stands there anyway", () => {
  assert.is(textOfHtml('<main><p><a href="https://a.cn/1">看</a></p></main>'), "看 https://a.cn/1\n");
  const both = '<main><p><a href="https://a.cn/1">看</a></p><p>https://a.cn/1</p></main>';
  assert.is(textOfHtml(both), "看\n\nhttps://a.cn/1\n");
});

test("takes a long row of blanks in one pass", () => {
  const row = " ".repeat(200_000);
  assert.is(textOfHtml(`<main><p>一${row}二</p>${row}\n<p>三\u3000四</p></main>`), "一 二\n\n三\u3000四\n");
});

test("gives back what was escaped, once", () => {
  assert.is(textOfHtml("<main><p>&lt;b&gt; &amp;lt; &#39;x&#39; &quot;</p></main>"), "<b> &lt; 'x' \"\n");
  assert.is(titleOfHtml("<title> A&amp;B </title>"), "A&B");
  assert.is(titleOfHtml("<p>no title</p>"), "");
});

test.run();
