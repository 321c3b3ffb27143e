import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  choicesOf,
  type Evidence,
  type Path,
  pathFor,
  pathOf,
  type Sighting,
  type Standing,
} from "../../../src/models/type-check/paths.ts";

const test = suite("the table of 验证备案类型");

/** By the certificate, then the domain: not filed, with this provider, elsewhere. */
const table: Record<Standing, Record<Standing, Path>> = {
  no: { no: "first", here: "foreign_domain", elsewhere: "foreign_domain" },
  here: { no: "add_here", here: "change", elsewhere: "join" },
  elsewhere: { no: "add_elsewhere", here: "change", elsewhere: "join" },
};

for (const [certificate, row] of Object.entries(table))
  for (const [domain, path] of Object.entries(row))
    test(`leads from certificate ${certificate} and domain ${domain} to ${path}`, () =>
      assert.is(pathOf(certificate as Standing, domain as Standing), path));

const seen = (here: boolean, filed: boolean | null): Sighting => ({ here, own: here, filed });
const evidence = (
  certificate: Sighting,
  domain: Sighting,
  owner: Evidence["owner"] = "unknown",
): Evidence => ({ certificate, domain, owner, failures: [] });

test("believes our own records before the bureau", () => {
  assert.is(pathFor(evidence(seen(true, false), seen(false, false))), "add_here");
  assert.is(pathFor(evidence(seen(true, false), seen(true, false), "same")), "change");
});

test("leads nowhere with a domain that is on record for another subject", () => {
  assert.is(pathFor(evidence(seen(true, true), seen(false, true), "other")), "foreign_domain");
  assert.is(pathFor(evidence(seen(true, true), seen(true, true), "other")), "foreign_domain");
  assert.is(pathFor(evidence(seen(true, true), seen(false, false), "other")), "add_here");
});

test("leaves to the registrant only what nobody could say", () => {
  const unknown = seen(false, null);
  assert.equal(choicesOf(evidence(unknown, unknown)), ["first", "add_elsewhere", "join"]);
  assert.equal(choicesOf(evidence(seen(true, null), unknown)), ["add_here", "join"]);
  assert.equal(choicesOf(evidence(seen(false, false), unknown)), ["first"]);
  assert.equal(choicesOf(evidence(seen(false, true), unknown)), ["add_elsewhere", "join"]);
  assert.equal(choicesOf(evidence(seen(true, true), seen(true, null), "same")), []);
  assert.equal(choicesOf(evidence(unknown, seen(true, null), "other")), []);
});

test.run();
