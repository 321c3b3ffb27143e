import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as engine from "../../src/rules/index.ts";
import { changed } from "./cases.ts";
import { blacklistCases } from "./cases-blacklist.ts";

const test = suite("what the blacklist does to a filing");

const severities = (rule: string): string[] => {
  const one = blacklistCases[rule];
  const changes = [one?.bad, ...(one?.edge ?? []).filter(({ finds }) => finds).map(({ change }) => change)];
  return changes
    .flatMap((change) =>
      change ? engine.check(...changed(change)).filter((found) => found.rule === rule) : [],
    )
    .map(({ severity }) => severity);
};

test("a new filing is stopped, what is on record already may be put right", () => {
  assert.equal(severities("certificate-blacklisted"), ["error", "warning"]);
  assert.equal(severities("copied-blacklisted"), ["error", "error", "error"]);
});

test("a name below the domain is for the reviewer alone, another domain in a change is stopped", () => {
  assert.equal(severities("domain-blacklisted"), ["error", "check", "error", "warning"]);
  const change = blacklistCases["domain-blacklisted"]?.edge?.at(2)?.change ?? {};
  const [data, context] = changed(change);
  const [site] = data.websites;
  if (site) site.before = { domains: ["example.com"] };
  const found = engine.check(data, context).filter(({ rule }) => rule === "domain-blacklisted");
  assert.equal(
    found.map(({ severity }) => severity),
    ["error"],
  );
});

test.run();
