import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  messageAction,
  messageWords,
  resultAction,
  resultWords,
} from "../../../src/gateways/bureau/index.ts";
import { codeTable } from "../../../src/vocabulary/code-tables.ts";

const test = suite("the codes of the bureau");

const messages = (action: string): number[] =>
  codeTable("msg_code")
    .rows.map(({ code }) => Number(code))
    .filter((code) => messageAction(code) === action);

test("say what to do after a call, each of them", () => {
  assert.equal(messages("ok"), [0, 1]);
  assert.equal(messages("empty"), [2]);
  assert.equal(messages("more"), [3]);
  assert.equal(messages("stop_and_alert"), [4, 5, 12, 13, 19, 22]);
  assert.equal(messages("fix_and_resend"), [6, 7, 8, 9, 10, 11, 16, 17, 18, 21]);
  assert.equal(messages("resend_missing"), [14]);
  assert.equal(messages("retry_later"), [15, 20, 901, 902, 999]);
});

test("stop the queue when nobody has seen them before", () => {
  assert.is(messageAction(4711), "stop_and_alert");
  assert.is(messageWords(4711), undefined);
  assert.is(messageWords(15), "待处理文件已达上限");
});

test("tell approval, news, the registrant's data and our own file apart", () => {
  assert.is(resultAction(1001), "approved");
  for (const code of [1060, 1062]) assert.is(resultAction(code), "news", String(code));
  for (const code of [1002, 1005, 1068, 1999, 5008, 5999, 6666])
    assert.is(resultAction(code), "refused", String(code));
  for (const code of [5001, 5003, 5004, 5009]) assert.is(resultAction(code), "file_rejected", String(code));
  assert.is(resultWords(1002), "管局审核拒绝");
});

test.run();
