import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readSection } from "../../src/forms/section.ts";
import { rewriting } from "../../src/forms/spelling.ts";
import type { Values } from "../../src/vocabulary/fields/index.ts";

const test = suite("the spelling of what was typed");

const read = (kind: "subject" | "website", values: Values, body: Record<string, string>) =>
  readSection(body, { kind, version: 1, values }).rewritten;

test("is told where it was changed, and put right in silence where only blanks fell away", () => {
  assert.equal(rewriting("phone", "（0571）88881234", "086-0571-88881234"), {
    ...{ key: "phone", to: "086-0571-88881234", told: true },
  });
  assert.equal(rewriting("name", " 示例 ", "示例"), { key: "name", to: "示例", told: false });
  assert.is(rewriting("name", "示例", "示例"), undefined);
  assert.is(rewriting("name", "  ", ""), undefined);
  assert.is(
    rewriting("domains", "a.cn\r\nb.cn", "a.cn\nb.cn"),
    undefined,
    "line ends are none of a person's",
  );
});

test("changes for phones, codes, mailboxes, domains and addresses of machines", () => {
  const found = read(
    "subject",
    {},
    { mobile: "+86 138 0000 5678", certNo: "91330108ma2exAMP08", email: "a@EXAMPLE.cn" },
  );
  assert.equal(
    found.map(({ key, to }) => [key, to]),
    [
      ["certNo", "91330108MA2EXAMP08"],
      ["mobile", "13800005678"],
      ["email", "a@example.cn"],
    ],
  );
  const [domains] = read("website", {}, { domains: "Example.CN， Ｂ.cn" });
  assert.equal(domains, { key: "domains", to: "example.cn\nb.cn", told: true });
});

test("leaves what is wrong as it was typed", () => {
  assert.equal(read("subject", {}, { mobile: "1380000", phone: "没有", email: "zhang#example" }), []);
});

test("is no change where a masked number was sent back as it was shown", () => {
  assert.equal(read("subject", { mobile: "13800005678" }, { mobile: "138****5678" }), []);
});

test.run();
