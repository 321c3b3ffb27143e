import { suite } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../../src/rules/index.ts";
import { field, groupsOf, labelOf } from "../../src/vocabulary/fields/index.ts";
import type { Values } from "../../src/vocabulary/filing.ts";
import { context, filing } from "./sample.ts";

const test = suite("an app, a mini program or a quick app");

const app: Values = {
  serviceType: "6",
  homePages: [],
  appPlatforms: ["1", "2"],
  packageNames: ["cn.example.shop", "cn.example.shop"],
  publicKey: "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
  fingerprints: ["d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
};
const rulesOf = (website: Values) =>
  check(filing({ website }), context).map(({ rule, field: key }) => [rule, key]);

test("is filed with its platforms, package names and fingerprints in the place of a home page", () => {
  assert.equal(rulesOf(app), []);
  const keys = groupsOf("website", app).flatMap(({ fields }) => fields.map(({ key }) => key));
  assert.ok(keys.includes("packageNames"));
  assert.not.ok(keys.includes("homePages"));
  assert.is(labelOf(field("website", "siteName"), app), "APP名称");
});

test("is told what is missing", () => {
  assert.equal(
    rulesOf({ serviceType: "6", homePages: [] }).map(([, key]) => key),
    ["appPlatforms", "packageNames", "publicKey", "fingerprints"],
  );
  assert.equal(
    rulesOf({ serviceType: "7", homePages: [] }).map(([, key]) => key),
    ["hostApps", "hostAppId"],
  );
});

test("is told what is no package name and no fingerprint", () => {
  assert.equal(rulesOf({ ...app, packageNames: ["shop", "cn.example.shop"] }), [
    ["app-package-name", "packageNames"],
  ]);
  assert.equal(rulesOf({ ...app, fingerprints: ["xyz"] }), [["app-fingerprint", "fingerprints"]]);
  assert.equal(rulesOf({ ...app, packageNames: ["cn.example.shop"] }), [
    ["app-package-for-each-platform", "packageNames"],
  ]);
});

test("a website is asked for none of it", () => {
  const keys = groupsOf("website", { serviceType: "1" }).flatMap(({ fields }) =>
    fields.map(({ key }) => key),
  );
  assert.equal(
    keys.filter((key) => key.startsWith("app") || key.startsWith("host") || key === "publicKey"),
    [],
  );
});

test.run();
