import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  checkSchema,
  fileXml,
  knownVersions,
  parseUpload,
  recordXml,
  resultAction,
} from "../../../src/gateways/bureau/index.ts";
import { projectPath } from "../../../src/lib/project.ts";
import { accessOf } from "../../../src/models/bureau/blocks.ts";
import { uncarried } from "../../../src/models/bureau/carried.ts";
import { versionFolders } from "../../../src/vocabulary/interface-version.ts";
import { filing } from "../../rules/sample.ts";
import { sampleOperations } from "./sample-operations.ts";

const test = suite("a newer version of the interface");

const NEWER = "V.9.0";
const folder = mkdtempSync(join(tmpdir(), "versions-"));

/** Another name of an element, one that is new, another order of the operations, and what it carries and answers. */
function describe(name: string, edit: (text: string) => string): void {
  const path = join(folder, NEWER, name);
  writeFileSync(path, edit(readFileSync(path, "utf8")));
}

test.before(() => {
  cpSync(projectPath("src/gateways/bureau/versions/V.3.0"), join(folder, NEWER), { recursive: true });
  const renamed = (text: string) => text.replaceAll('"Dwmc"', '"Zbzmc"');
  describe("upload.xsd", (text) =>
    renamed(text).replace("V.3.0", NEWER).replace('fixed="V.3.0"', `fixed="${NEWER}"`));
  describe("elements.json", renamed);
  describe("version.json", (text) => {
    const data = JSON.parse(text);
    data.file.order.reverse();
    data.carries = { ...data.carries, serviceTypes: ["1", "6"], ipv6: true, certTypes: {} };
    data.results.fileRejected.push(5099);
    return JSON.stringify(data);
  });
  versionFolders.push(folder);
});
test.after(() => {
  versionFolders.pop();
  rmSync(folder, { recursive: true });
});

test("is a folder of data beside the first, and no line of code", () => {
  assert.equal(knownVersions(), ["V.3.0", NEWER]);
  const { first } = sampleOperations();
  const xml = fileXml(1001, [recordXml(first, NEWER)], NEWER);
  assert.match(xml, /<UploadData version="V.9.0">.*<Zbzmc>杭州青山茶业有限公司<\/Zbzmc>/s);
  assert.equal(checkSchema("upload", xml, NEWER), []);
  assert.is.not(checkSchema("upload", xml, "V.3.0").length, 0);
  const [read] = parseUpload(xml).operations;
  assert.is(read?.kind === "first" && read.subject?.name, "杭州青山茶业有限公司");
});

test("has its own order of the operations in a file", () => {
  const { first, cancel } = sampleOperations();
  const files = ["V.3.0", NEWER].map((version) =>
    fileXml(1001, [recordXml(first, version), recordXml(cancel, version)], version),
  );
  assert.equal(
    files.map((xml) => xml.indexOf("<XZBA>") < xml.indexOf("<ZXBA>")),
    [true, false],
  );
});

test("says itself what it carries and which answers reject a file", () => {
  const app = filing({ website: { serviceType: "6" }, access: { ips: ["2001:db8::1"] } });
  const blocks = (version: string) =>
    uncarried(version, app).filter(({ severity }) => severity === "blocks").length;
  assert.equal([blocks("V.3.0"), blocks(NEWER)], [2, 0]);
  assert.equal([resultAction(5099), resultAction(5099, NEWER)], ["refused", "file_rejected"]);
});

test("that carries IPv6 is given all addresses of an access, an older one those of version 4", () => {
  const ips = ["203.0.113.18", "2001:db8::1"].map((first, id) => ({ id, sectionId: 3, first, last: first }));
  const section = { kind: "access" as const, id: 3, position: 1, values: {} };
  const sent = (version: string) =>
    accessOf(section, { domains: [], ips }, version).ips.map(({ from }) => from);
  assert.equal([sent("V.3.0"), sent(NEWER)], [["203.0.113.18"], ["203.0.113.18", "2001:db8::1"]]);
});

test.run();
