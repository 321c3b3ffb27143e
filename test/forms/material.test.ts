import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readMaterialForm, shownName } from "../../src/forms/material.ts";
import { mayChange } from "../../src/models/material/slots.ts";

const test = suite("the form of a slot");

const place = { slot: "form", sectionId: 7 };
const today = "2026-11-20";
const picture = new File(["x"], "核验单.jpg");
const empty = new File([], "");
const problemsOf = (body: Record<string, unknown>, at = place) => readMaterialForm(body, at, today).problems;

test("takes a day from three months ago until today and nothing else", () => {
  for (const day of ["2026-11-20", "2026-08-20"])
    assert.equal(problemsOf({ picture, formSignedOn: day }), [], day);
  for (const day of ["2026-11-21", "2026-08-19", "20.11.2026", "2026-11-31"])
    assert.equal(
      problemsOf({ picture, formSignedOn: day }).map(({ field }) => field),
      ["d-form-7"],
      day,
    );
});

test("reads the day only where there is a form to sign", () => {
  const { formSignedOn, problems } = readMaterialForm(
    { picture, formSignedOn: "2999-01-01" },
    { slot: "domain", sectionId: 7 },
    today,
  );
  assert.equal([formSignedOn, problems], [null, []]);
});

test("does not ask for a picture when a day was given, and asks when nothing was", () => {
  assert.equal(problemsOf({ picture: empty, formSignedOn: today }), []);
  assert.equal(
    problemsOf({ picture: empty }).map(({ field }) => field),
    ["f-form-7"],
  );
});

test("takes the sides of a card in the order of their controls, and leaves out the empty one", () => {
  const back = new File(["y"], "back.jpg");
  const leader = { slot: "leader", sectionId: 1 };
  assert.equal(readMaterialForm({ picture, back }, leader, today).files, [picture, back]);
  assert.equal(readMaterialForm({ picture: empty, back }, leader, today).files, [back]);
});

test("shows of a name its last part, short and without signs that cannot be seen", () => {
  assert.is(shownName("C:\\照片\\身份证\u202Egpj.exe"), "身份证gpj.exe");
  assert.is(shownName(""), "未命名");
  assert.ok(shownName(`${"长".repeat(300)}.jpg`).length <= 40);
});

const changeable: [Parameters<typeof mayChange>[0], string[]][] = [
  [{ state: "draft", returnedFrom: null }, ["certificate", "form"]],
  [{ state: "initial_review", returnedFrom: null }, []],
  [{ state: "returned", returnedFrom: "initial" }, ["certificate", "form"]],
  [{ state: "photo_due", returnedFrom: null }, ["form", "photo"]],
  [{ state: "verification", returnedFrom: null }, []],
  [{ state: "returned", returnedFrom: "verification" }, ["certificate", "form", "photo"]],
  [{ state: "returned", returnedFrom: "bureau" }, ["certificate", "form", "photo"]],
  [{ state: "ready", returnedFrom: null }, []],
  [{ state: "at_bureau", returnedFrom: null }, []],
  [{ state: "numbered", returnedFrom: null }, []],
];

for (const [filing, slots] of changeable)
  test(
    `is open for ${slots.join(", ") || "nothing"} in ${filing.state} ${filing.returnedFrom ?? ""}`.trim(),
    () => {
      const open = (["certificate", "form", "photo"] as const).filter((slot) =>
        mayChange(filing, { slot, phase: slot === "photo" ? "photo" : "entry" }),
      );
      assert.equal(open, slots);
    },
  );

test.run();
