import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Operation, recordXml, Unsendable } from "../../../src/gateways/bureau/index.ts";
import { problemWords } from "../../../src/models/bureau/problem-words.ts";
import {
  sampleAdd,
  sampleCancel,
  sampleChange,
  sampleSupplement,
} from "../../gateways/bureau/sample-operations.ts";

const test = suite("why something cannot be sent, in words");

const words = (operation: Operation): string => {
  try {
    recordXml(operation, "V.3.0");
    return "";
  } catch (error) {
    if (error instanceof Unsendable) return problemWords(error.problems);
    throw error;
  }
};

test("names the field as people know it, and never its value", () => {
  const change = sampleChange();
  change.subject.person.name = "王㐀";
  change.websites[0]!.person.name = "柳𠮷";
  assert.is(
    words(change),
    "主体的主体负责人姓名有管局系统不能接收的字（不在GBK内）；网站101的网站负责人姓名有管局系统不能接收的字（不在GBK内）",
  );
  assert.is(words(sampleCancel({ explanation: "不用\u0007了" })), "注销申请的注销说明有看不见的控制字符");
});

test("names an address that is none, and the place of a breach of the schema", () => {
  const change = sampleChange();
  change.websites[0]!.accesses[0]!.ips = [{ id: 1, from: "2001:db8::1", to: "2001:db8::2" }];
  assert.is(words(change), "接入103的IP地址不是IPv4地址，接口不能报");
  assert.is(
    words(sampleChange({ passwordHash: "Example1" })),
    "报文的/UploadData/ICP/BGBA/Bgxx/ICPmm不合接口的格式（pattern）",
  );
});

/** A file of so many KB in base64, by its purpose: 1 核验单, 5 photo. */
const supplement = (purpose: number, kilobytes: number, more = 0): Operation => {
  const { attachments } = sampleSupplement();
  const bytes = Buffer.alloc((kilobytes * 1024 * 3) / 4 + more, 7);
  return { kind: "supplement", attachments: [{ ...attachments[0]!, purpose, bytes }] };
};

test("lets a form have 150 KB and every other picture 100, in base64, and no byte more", () => {
  assert.is(words(supplement(1, 150)), "");
  assert.match(words(supplement(1, 150, 1)), /^第1个附件的Fjnr超过150 KB（按base64计，文件约112 KB），请换/);
  for (const purpose of [2, 3, 4, 5]) assert.is(words(supplement(purpose, 100)), "");
  for (const purpose of [2, 3, 4, 5]) assert.match(words(supplement(purpose, 100, 1)), /超过100 KB/);
});

const approved = (scans: Uint8Array[]): Operation => {
  const add = sampleAdd();
  add.websites[0]!.approvals = [{ type: 2, number: "浙新审1号", scans }];
  return add;
};

test("lets an approval have one scan to ten, each of 100 KB", () => {
  const scan = Buffer.alloc(76_800, 7);
  assert.is(words(approved([scan])), "");
  assert.is(words(approved(Array.from({ length: 10 }, () => scan))), "");
  assert.match(words(approved(Array.from({ length: 11 }, () => scan))), /不合接口的格式/);
  assert.match(words(approved([])), /missing: Spwj/);
  assert.match(words(approved([Buffer.alloc(76_801, 7)])), /网站200的.*超过100 KB/);
});

test.run();
