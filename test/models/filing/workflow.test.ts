import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectPath } from "../../../src/lib/project.ts";
import type { Actor, Role } from "../../../src/models/actor.ts";
import { ended, type State, stateNames, stepOf } from "../../../src/models/filing/states.ts";
import {
  type Action,
  actionNames,
  actionsFor,
  refusalByTable,
  rowOf,
} from "../../../src/models/filing/workflow.ts";
import { workflowDocument } from "../../../src/models/filing/workflow-doc.ts";

const test = suite("the table of transitions");

const staff = (...roles: Role[]): Actor => ({ kind: "staff", staffId: 1, ispId: 1, name: "李四", roles });
const registrant: Actor = { kind: "registrant", accountId: 1, ispId: 1, name: "张三" };
const actors: Record<string, Actor> = {
  registrant,
  initial_reviewer: staff("initial_reviewer"),
  verifier: staff("verifier"),
  submitter: staff("submitter"),
  service: staff("service"),
  supervisor: staff("supervisor"),
  administrator: staff("administrator"),
  system: { kind: "system" },
  bureau: { kind: "bureau" },
  operator: { kind: "operator" },
};

const papers = ["post-papers", "lose-papers"] as const;
const appointments = ["book-appointment", "move-appointment", "cancel-appointment"] as const;

/** What the reference lists for the registrant, state by state; written by hand, not read from the table. */
const ofRegistrant: Partial<Record<State, Action[]>> = {
  draft: ["save-section", "change-material", "send-back-draft", "submit", "cancel", "message"],
  initial_review: [...papers, "withdraw", "message", "supplement"],
  returned: [
    "save-section",
    "change-material",
    "send-back-draft",
    "submit",
    "cancel",
    "order-curtain",
    "receive-curtain",
    "lose-curtain",
    ...papers,
    ...appointments,
    "submit-verification",
    "message",
  ],
  photo_due: [
    "change-material",
    "cancel",
    "order-curtain",
    "receive-curtain",
    "lose-curtain",
    ...papers,
    ...appointments,
    "submit-verification",
    "message",
  ],
  verification: [
    "receive-curtain",
    "lose-curtain",
    ...papers,
    "withdraw-verification",
    "message",
    "supplement",
  ],
  ready: [...papers, "cancel", "message", "supplement"],
  uploading: ["message"],
  upload_failed: ["message"],
  sms_pending: ["finish-sms-check", "ask-recall", "message"],
  at_bureau: ["ask-recall", "message", "supplement"],
  bureau_returned: [...papers, "message"],
  recall_requested: ["message"],
  approved: ["message"],
  numbered: [],
  cancelled: [],
  closed: [],
};

for (const [state, actions] of Object.entries(ofRegistrant))
  test(`offers a registrant exactly what the reference lists in ${state}`, () => {
    assert.equal(actionsFor(state as State, registrant).sort(), [...(actions ?? [])].sort());
  });

test("lets nothing happen to a filing that is over", () => {
  for (const state of ended)
    for (const [name, actor] of Object.entries(actors))
      assert.equal(actionsFor(state, actor), [], `${name} in ${state}`);
});

test("keeps 管理员 away from filings", () => {
  for (const state of stateNames) assert.equal(actionsFor(state, actors.administrator as Actor), []);
});

test("lets 主管 do whatever a reviewer may, and nothing of the system or the bureau", () => {
  for (const state of stateNames) {
    const supervisor = actionsFor(state, actors.supervisor as Actor);
    for (const role of ["initial_reviewer", "verifier", "submitter", "service"])
      for (const action of actionsFor(state, actors[role] as Actor))
        assert.ok(supervisor.includes(action), `${action} in ${state}`);
    for (const action of supervisor)
      assert.not.ok(rowOf(action).by.every((party) => party === "system" || party === "bureau"));
  }
});

test("keeps initial review, verification and upload with their own roles", () => {
  const may = (role: string, action: Action, state: State) =>
    refusalByTable(action, state, actors[role] as Actor) === undefined;
  assert.ok(may("initial_reviewer", "approve", "initial_review"));
  assert.not.ok(may("verifier", "approve", "initial_review"));
  assert.ok(may("verifier", "verify", "verification"));
  assert.not.ok(may("initial_reviewer", "verify", "verification"));
  assert.ok(may("submitter", "upload", "ready"));
  assert.not.ok(may("service", "upload", "ready"));
  assert.not.ok(may("registrant", "approve", "initial_review"));
});

test("lets only the bureau approve, refuse or number, but for numbers with evidence entered by 上报", () => {
  for (const action of ["approve-bureau", "refuse"] as const) assert.equal(rowOf(action).by, ["bureau"]);
  assert.equal(rowOf("number").by, ["bureau", "submitter"]);
});

test("lets nobody but 上报, 主管 and a job end an access for the provider, and only from a draft", () => {
  const able = Object.keys(actors).filter((name) =>
    stateNames.some((state) => !refusalByTable("terminate", state, actors[name] as Actor)),
  );
  assert.equal(able.sort(), ["operator", "submitter", "supervisor", "system"]);
  assert.equal(
    stateNames.filter((state) => !refusalByTable("terminate", state, actors.system as Actor)),
    ["draft"],
  );
});

test("lets only the registrant ask a filing back, and only 上报 write down what the bureau said", () => {
  const able = (action: Action, state: State) =>
    Object.keys(actors).filter((name) => !refusalByTable(action, state, actors[name] as Actor));
  for (const state of ["sms_pending", "at_bureau"] as const)
    assert.equal(able("ask-recall", state), ["registrant"]);
  for (const action of ["grant-recall", "refuse-recall"] as const)
    assert.equal(able(action, "recall_requested").sort(), ["submitter", "supervisor"]);
  for (const action of ["approve-bureau", "refuse"] as const)
    assert.equal(able(action, "recall_requested"), ["bureau"]);
});

test("never sends a filing from the bureau's hands back to its registrant to cancel", () => {
  for (const state of ["uploading", "upload_failed", "sms_pending", "at_bureau", "approved"] as const)
    assert.is(refusalByTable("cancel", state, registrant), "wrong_state");
});

test("can reach every state from a draft and leave every open one", () => {
  const targets: Record<string, State[]> = {
    former: ["draft"],
    afterInitialReview: ["photo_due", "ready"],
    returnedByPlace: ["returned"],
    uploadOrSms: ["sms_pending", "at_bureau"],
    beforeRecall: ["sms_pending", "at_bureau"],
  };
  const reached = new Set<State>(["draft"]);
  for (let grown = true; grown; ) {
    const before = reached.size;
    for (const action of actionNames) {
      const { from, to } = rowOf(action);
      if (from.some((state) => reached.has(state)) && to !== "same")
        for (const state of targets[to] ?? [to as State]) reached.add(state);
    }
    grown = reached.size > before;
  }
  assert.equal(
    stateNames.filter((state) => !reached.has(state)),
    [],
  );
  for (const state of stateNames.filter((name) => !ended.includes(name)))
    assert.ok(
      actionNames.some((action) => rowOf(action).from.includes(state) && rowOf(action).to !== "same"),
      state,
    );
});

test("shows a return at the step it goes back to", () => {
  assert.is(stepOf({ state: "returned", returnedFrom: "initial" }), 3);
  assert.is(stepOf({ state: "returned", returnedFrom: "verification" }), 5);
  assert.is(stepOf({ state: "returned", returnedFrom: "bureau" }), 6);
  assert.is(stepOf({ state: "numbered", returnedFrom: null }), 7);
});

test("is what workflow.md shows", () => {
  assert.is(readFileSync(projectPath("src/models/filing/workflow.md"), "utf8"), workflowDocument());
});

test.run();
