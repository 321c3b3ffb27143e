import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectPath } from "../../src/lib/project.ts";
import { rules } from "../../src/rules/index.ts";

const test = suite("ordering and mutual exclusion");

/** A rule by its id, or a test file with the sentence that proves it. */
type Held = { rule: string } | { test: string; says: string };

const errands = "controllers/portal/record-errands.test.ts";
const kinds = "models/filing/kinds.test.ts";
const transfer = "models/transfer/transfer.test.ts";

/** What holds each rule about the order of filings. Left out: what a person alone can see or do (O05, O16, O17, O21). */
const held: Record<string, Held[]> = {
  O01: [
    { rule: "certificate-open-at-other-provider" },
    { test: kinds, says: "a change and a cancellation begun at once have one winner" },
  ],
  O02: [
    { rule: "domain-on-record" },
    { test: "models/filing/on-record.test.ts", says: "is not filed for the first time again" },
  ],
  O03: [{ test: kinds, says: "a subject under change takes nothing new until that is over" }],
  O04: [{ test: kinds, says: "a change copies the record and opens only what it is about" }],
  O06: [
    { rule: "nothing-changed" },
    { test: kinds, says: "an access of a website filed elsewhere asks for the access alone" },
  ],
  O07: [{ rule: "province-fixed" }, { rule: "certificate-fixed" }],
  O08: [{ rule: "name-change-and-domain" }],
  O09: [{ rule: "nature-change" }],
  O10: [{ test: errands, says: "a cancellation shows everything that goes with it before it is confirmed" }],
  O11: [
    {
      test: errands,
      says: "the last access of a website cannot be cancelled alone; the website is offered instead",
    },
  ],
  O12: [{ test: kinds, says: "a cancellation asks why, and nothing else" }],
  O13: [{ test: errands, says: "what is cancelled can be neither changed nor cancelled again" }],
  O14: [{ test: errands, says: "a subject with a filing under way says so and leads there" }],
  O15: [{ rule: "shell-subject" }],
  O18: [
    { test: transfer, says: "stays while a filing works on it, and can be offered once that is over" },
    { test: transfer, says: "goes or is worked on when both begin at once, never both" },
  ],
  O19: [{ test: transfer, says: "stays while a filing works on it, and can be offered once that is over" }],
  O20: [{ test: kinds, says: "a section that is only shown cannot be written" }],
  O22: [{ rule: "approval-number" }],
  O23: [
    { test: kinds, says: "the filing password is kept sealed as its hash and erased when the filing ends" },
  ],
};

for (const [ref, ways] of Object.entries(held))
  test(`${ref} is held by what says so`, () => {
    for (const way of ways) {
      if ("rule" in way) {
        assert.ok(
          rules.some(({ id }) => id === way.rule),
          way.rule,
        );
      } else {
        const source = readFileSync(projectPath("test", way.test), "utf8");
        assert.ok(source.includes(way.says), way.says);
      }
    }
  });

test.run();
