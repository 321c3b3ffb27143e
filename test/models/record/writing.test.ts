import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { RecordAccess, RecordWebsite } from "../../../src/gateways/bureau/downloads.ts";
import { nothingKnown } from "../../../src/models/bureau/parts.ts";
import { theirAccess } from "../../../src/models/record/writing.ts";

const test = suite("what the bureau says of an access of ours");

const access = (ids: Partial<RecordAccess>): RecordAccess => ({ places: [], modes: [], ips: [], ...ids });
const site = (...accesses: RecordAccess[]): RecordWebsite => ({ name: "", domains: [], accesses });
const known = { ...nothingKnown, accesses: [{ id: 4, bureauId: 1003 }] };

test("is found by our id, and by the bureau's where it echoes none", () => {
  const [first, second] = [access({ bureauId: 1003 }), access({ bureauId: 1005, ourId: 7 })];
  assert.is(theirAccess({ known }, site(first, second), 7), second);
  assert.is(theirAccess({ known }, site(first, second), 4), first);
});

test("is the only one there, and nothing of several that are not known", () => {
  const [first, second] = [access({ bureauId: 1 }), access({ bureauId: 2 })];
  assert.is(theirAccess({}, site(first), 4), first);
  assert.is(theirAccess({}, site(first, second), 4), undefined);
  assert.is(theirAccess({ known }, undefined, 4), undefined);
});

test.run();
