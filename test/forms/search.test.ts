import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isPersonal, readSearch } from "../../src/forms/search.ts";

const test = suite("what is searched for");

const by = (typed: string) => readSearch(typed)?.by;

test("is plain only where it can be no person's", () => {
  const plain: [string, string | undefined][] = [
    ["20261118-0042", "number"],
    ["浙ICP备2023001048号-2", "icp"],
    ["example.cn", "domain"],
    ["https://www.example.com.cn/about?x=1", "domain"],
    ["示例茶业（杭州）有限公司", "text"],
    ["茶叶商城官网", "text"],
    ["tea", "text"],
    ["  ", undefined],
  ];
  for (const [typed, expected] of plain) assert.is(by(typed), expected, typed);
});

test("is personal for documents, telephones, mailboxes and short names", () => {
  const personal = [
    "330108199001010010",
    "33010819900101001x",
    "91330108MA2EXAMP08",
    "E12345678",
    "13800005678",
    "+86 138 0000 5678",
    "086-0571-88888888",
    "zhang@example.cn",
    "张三",
    "欧阳云飞",
    "阿卜杜拉·艾力",
  ];
  for (const typed of personal) {
    const wanted = readSearch(typed);
    assert.ok(wanted && isPersonal(wanted), typed);
  }
});

test("has an end", () => {
  assert.is(readSearch("长".repeat(5_000))?.text.length, 100);
});

test.run();
