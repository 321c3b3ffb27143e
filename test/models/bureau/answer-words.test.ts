import { suite } from "uvu";
import * as assert from "uvu/assert";
import { downloadWords } from "../../../src/models/bureau/answer-words.ts";

const test = suite("why nothing could be fetched");

test("is said in words for a call, a file and an answer of the bureau", () => {
  assert.is(downloadWords("not_connected"), "连不上管局，请核对地址和网络");
  assert.is(downloadWords("file_hash"), "校验值对不上，文件可能在管局或传输中损坏，也可能是密钥不对");
  assert.match(downloadWords("code_5"), /^密码错误/);
});

test("names the code where nobody knows what it means", () => {
  assert.is(downloadWords("code_4711"), "代码4711");
  assert.is(downloadWords("something_else"), "原因代码something_else");
});

test.run();
