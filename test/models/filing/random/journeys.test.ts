import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../../src/lib/ids.ts";
import type { Actor } from "../../../../src/models/actor.ts";
import { NotFound, TransitionRefused } from "../../../../src/models/errors.ts";
import { chainFaults, eventsOf } from "../../../../src/models/filing/history.ts";
import { maybeFiling } from "../../../../src/models/filing/rows.ts";
import { transition } from "../../../../src/models/filing/transition.ts";
import { type Action, actionNames, actionsFor, rowOf } from "../../../../src/models/filing/workflow.ts";
import { testWorld, type World } from "../../../support/app.ts";
import { registrantNamed, staffNamed } from "../../../support/filings.ts";
import { addBureau } from "../../../support/records.ts";
import { aside } from "./asides.ts";
import { beginnings } from "./beginnings.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { faultOf } from "./invariants.ts";
import { carryOut, isOver, type Model, refusalOf, type Step } from "./model.ts";

/** Another seed walks other ways, as far as wanted: OPENBEIAN_SEED=7 OPENBEIAN_STEPS=100000 npm test -- random */
const SEED = Number(process.env.OPENBEIAN_SEED ?? 20261122);
const STEPS = Number(process.env.OPENBEIAN_STEPS ?? 20_000);
/** Filings under way at a time; one that is over makes room for another of the next kind. */
const TOGETHER = 4;

/** Of some forty actions so many may stay untried on the way of a seed. */
const FEW = 3;

type Known = { world: World; bureauId: number; chance: Chance; own: Actor[]; strangers: Actor[] };

const test = suite<Known>("random journeys over every action and role");
test.before(async (known) => {
  const world = await testWorld();
  const { people } = world;
  const staff = (["李四", "赵六", "孙七", "周八", "吴九"] as const).map((name) => staffNamed(people, name));
  Object.assign(known, {
    world,
    bureauId: await addBureau(world.store, people.isps.first),
    chance: chanceOf(SEED),
    own: [
      registrantNamed(people, "张三"),
      ...staff,
      { kind: "system" },
      { kind: "bureau" },
      { kind: "operator" },
    ],
    strangers: [
      registrantNamed(people, "王五"),
      registrantNamed(people, "钱一"),
      staffNamed(people, "冯二"),
      staffNamed(people, "郑十"),
    ],
  });
});
test.after(({ world }) => world.close());

/** Taken seldom, or no journey would come far, or all would be of messages. */
const rare: readonly Action[] = [
  ...(["cancel", "close", "lapse", "expire-material", "number", "refuse"] as const),
  ...(["withdraw", "withdraw-verification", "release", "message", "hand-over", "change-material"] as const),
  ...(["ask-supplement", "drop-supplement", "supplement", "send-supplement", "doubt-type"] as const),
  ...(["accept-supplement", "reject-supplement", "return-initial"] as const),
];
/** A filing is created and a section saved by ways of their own. */
const apart: readonly Action[] = ["create", "save-section"];
/** Only filings of another origin, or of a provider with 面签, come so far: tried here all the same, and refused. */
const never: readonly Action[] = [
  ...(["terminate", "upload-by-hand", "send-back-draft", "take-photo", "submit-on-site"] as const),
  ...(["book-appointment", "move-appointment", "cancel-appointment", "meet", "miss-appointment"] as const),
];

/** Whoever holds the claim is mostly the one to act; now and then somebody acts who has no business there. */
function actorFor({ chance, own, strangers }: Known, { claim }: Model): Actor {
  if (chance.hit(0.04)) return chance.pick(strangers);
  const holder = own.find((actor) => actor.kind === "staff" && actor.staffId === claim);
  return holder && chance.hit(0.6) ? holder : chance.pick(own);
}

/** Mostly what somebody may do now and leads on, sometimes anything by anybody. */
function stepFor(known: Known, model: Model, done: ReadonlySet<Action>): Step {
  const { world, chance } = known;
  const actor = actorFor(known, model);
  const offered = actionsFor(model.state, actor)
    .filter((action) => !apart.includes(action))
    .filter((action) => !rare.includes(action) || chance.hit(done.has(action) ? 0.06 : 0.5));
  const leading = offered.filter((action) => rowOf(action).to !== "same");
  const isWild = offered.length === 0 || chance.hit(0.1);
  const untried = offered.filter((action) => !done.has(action));
  const usual = leading.length > 0 && chance.hit(0.7) ? leading : offered;
  const mild = untried.length > 0 && chance.hit(0.5) ? untried : usual;
  const action = chance.pick(isWild ? actionNames.filter((name) => !apart.includes(name)) : mild);
  const heir = world.people.staff[chance.pick(["李四", "赵六", "孙七"] as const)].id;
  const reason = chance.hit(0.5) ? { slot: "photo", reason: "unclear" } : { reason: "other" };
  const input = {
    ...(chance.hit(0.8) ? { declared: true } : {}),
    ...(chance.hit(0.8) ? { reasons: [reason] } : {}),
    ...(chance.hit(0.8) ? { justification: "管局来电" } : {}),
    ...(action === "hand-over" ? { staffId: heir } : {}),
  };
  return { action, actor, input };
}

/** Does a step; gives what came of it otherwise than the model says. */
async function take(known: Known, model: Model, step: Step): Promise<string | undefined> {
  const { world, strangers, chance } = known;
  const refusal = strangers.includes(step.actor) ? "stranger" : refusalOf(model, step);
  const before = await maybeFiling(world.db, model.id);
  const request = { filingId: model.id, ...step, requestId: newId() };
  try {
    await transition(world.store, request);
    if (refusal) return `done, where the model refuses: ${refusal}`;
    carryOut(model, step);
    // Sent twice it counts once.
    if (chance.hit(0.05)) await transition(world.store, request);
    return undefined;
  } catch (error) {
    const said = error instanceof NotFound ? "stranger" : (error as TransitionRefused).refusal;
    if (!(error instanceof TransitionRefused || error instanceof NotFound)) throw error;
    if (said !== refusal) return `refused with ${said}, where the model says ${refusal ?? "done"}`;
    const after = await maybeFiling(world.db, model.id);
    return JSON.stringify(after) === JSON.stringify(before) ? undefined : "refused, and changed all the same";
  }
}

const nameOf = (actor: Actor): string => ("name" in actor ? actor.name : actor.kind);

test(`never leave the table: ${STEPS} steps`, async (known) => {
  const { world, chance } = known;
  const underWay: { model: Model; trail: string[] }[] = [];
  const reached = new Set<string>();
  const done = new Set<Action>();
  for (let step = 0, begun = 0; step < STEPS; step++) {
    if (underWay.length < TOGETHER) {
      const begin = beginnings[begun++ % beginnings.length];
      if (begin) underWay.push({ model: await begin(known), trail: [] });
    }
    const one = chance.pick(underWay);
    if (chance.hit(0.2)) {
      await aside(known, one.model);
      continue;
    }
    const next = stepFor(known, one.model, done);
    const events = one.model.events;
    one.trail.push(
      `${one.model.state}: ${next.action} by ${nameOf(next.actor)} ${JSON.stringify(next.input)}`,
    );
    const fault = (await take(known, one.model, next)) ?? (await faultOf(world.db, one.model));
    if (fault) assert.unreachable(`seed ${SEED}, step ${step}: ${fault}\n${one.trail.slice(-40).join("\n")}`);
    if (one.model.events > events) done.add(next.action);
    reached.add(one.model.state);
    if (!isOver(one.model) || chance.hit(0.7)) continue;
    const history = await eventsOf(world.db, one.model.id);
    assert.equal(chainFaults(history), []);
    assert.is(history.length, one.model.events);
    underWay.splice(underWay.indexOf(one), 1);
  }
  // Journeys that are long enough come by nearly everything.
  if (STEPS < 20_000) return;
  const missed = actionNames.filter((action) => ![...apart, ...never].includes(action) && !done.has(action));
  assert.ok(missed.length <= FEW, missed.join(" "));
  assert.ok(reached.size > 12, [...reached].join(" "));
});

test.run();
