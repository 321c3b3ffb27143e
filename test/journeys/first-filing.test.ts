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

const test = suite<{ world: JourneyWorld }>("a first filing");
test.before(async (context) => {
  context.world = await startJourneyWorld();
});
test.after(({ world }) => world.close());

/** The next teller of the story, who is known to nobody yet. */
async function begin(world: JourneyWorld, way: Way): Promise<Tale> {
  const checked = new Set<string>();
  const registrant = await Person.arrives(world, way, checked);
  const who = applicant(ways.indexOf(way) + 1);
  return { world, way, who, number: "", registrant, reviewer: undefined, others: [], checked };
}

for (const way of ways) {
  let tale: Tale | undefined;
  let stopped = "";
  for (const [sentence, step] of [...filing, ...review, ...approval, ...end])
    test(`${wayName(way)}: ${sentence}`, async ({ world }) => {
      assert.is(stopped, "", "the story stopped before");
      stopped = sentence;
      tale ??= await begin(world, way);
      await step(tale);
      stopped = "";
    });
}

test.run();
