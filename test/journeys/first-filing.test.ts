import { suite } from "uvu";
import * as assert from "uvu/assert";
import { verifyHistory } from "../../src/models/audit/verify.ts";
import { Person, type Way, wayName } from "../support/journey-person.ts";
import { applicant } from "../support/journey-registrant.ts";
import { type JourneyWorld, startJourneyWorld } from "../support/journey-world.ts";
import { approval } from "./first-filing/approval.ts";
import { filing } from "./first-filing/filing.ts";
import { review } from "./first-filing/review.ts";
import { type Chapter, everybody, type Tale } from "./first-filing/tale.ts";

/**
 * The main job from its beginning to its end, told four times: with JavaScript and without, wide and narrow, each time
 * by somebody else with another company. Web, worker and bureau run here; mail, short messages and SOAP are real.
 */
const ways: Way[] = [
  { js: true, width: 1280 },
  { js: true, width: 360 },
  { js: false, width: 360 },
  { js: false, width: 1280 },
];

const end: Chapter = [
  [
    "and no page complained, broke its policy, or asked another host",
    async (tale) => {
      const faults = everybody(tale).flatMap((person) => person.faults);
      assert.equal(faults, []);
      for (const person of everybody(tale)) await person.leaves();
    },
  ],
  [
    "and the history holds from its first event to its last",
    async ({ world }) => {
      const { faults, events } = await verifyHistory(world.db);
      assert.equal(faults, []);
      assert.ok(events > 20);
    },
  ],
];

let started: Promise<JourneyWorld> | undefined;
let left = ways.length;

for (const [at, way] of ways.entries()) {
  const test = suite<{ tale: Tale; stopped: string }>(`a first filing ${wayName(way)}`);
  test.before(async (context) => {
    started ??= startJourneyWorld();
    const [world, checked] = [await started, new Set<string>()];
    const registrant = await Person.arrives(world, way, checked);
    const who = applicant(at + 1);
    context.stopped = "";
    context.tale = { world, way, who, number: "", registrant, reviewer: undefined, others: [], checked };
  });
  test.after(async ({ tale }) => {
    left -= 1;
    if (left === 0) await tale.world.close();
  });
  for (const [sentence, step] of [...filing, ...review, ...approval, ...end])
    test(sentence, async (context) => {
      assert.is(context.stopped, "", "the story stopped before");
      context.stopped = sentence;
      await step(context.tale);
      context.stopped = "";
    });
  test.run();
}
