import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Way, wayName } from "../support/journey-person.ts";
import { standingRecord } from "../support/journey-records.ts";
import { type JourneyWorld, startJourneyWorld } from "../support/journey-world.ts";
import { addElsewhere, addHere } from "./every-kind/add.ts";
import { cancelAccess, cancelSubject, cancelWebsite } from "./every-kind/cancel.ts";
import { changeAccess, changeSubject, changeWebsite } from "./every-kind/change.ts";
import { join } from "./every-kind/join.ts";
import { recall } from "./every-kind/recall.ts";
import { silentBureau } from "./every-kind/silent.ts";
import { begin, faultsOf, type Sentence, type Story } from "./every-kind/story.ts";

const changes = [...changeSubject, ...changeWebsite, ...changeAccess];
const cancellations = [...cancelAccess, ...cancelWebsite, ...cancelSubject];
const chapters = [
  ...addHere,
  ...addElsewhere,
  ...join,
  ...changes,
  ...recall,
  ...cancellations,
  ...silentBureau,
];

const stories: { way: Way; owner: Story["owner"]; sentences: Sentence[] }[] = [
  { way: { js: true, width: 1280 }, owner: "张三", sentences: chapters },
  {
    way: { js: false, width: 360 },
    owner: "王五",
    sentences: [...addHere, ...join, ...changeSubject, ...cancelWebsite],
  },
];

const test = suite<{ world: JourneyWorld }>("every kind of filing");
test.before(async (context) => {
  context.world = await startJourneyWorld();
});
test.after(({ world }) => world.close());

for (const { way, owner, sentences } of stories) {
  let story: Story | undefined;
  let stopped = "";
  for (const [sentence, step] of sentences)
    test(`${wayName(way)}: ${sentence}`, async ({ world }) => {
      assert.is(stopped, "", "the story stopped before");
      stopped = sentence;
      story ??= await begin(world, way, owner, await standingRecord(world, owner));
      await step(story);
      assert.equal(faultsOf(story), []);
      stopped = "";
    });
}

test.run();
