import { newId } from "../../../../src/lib/ids.ts";
import { type Beginning, createFiling } from "../../../../src/models/filing/create.ts";
import { filingData } from "../../../../src/models/filing/findings.ts";
import { phonesOf, recordProof } from "../../../../src/models/filing/phones.ts";
import { type Filing, maybeFiling } from "../../../../src/models/filing/rows.ts";
import { saveSection } from "../../../../src/models/filing/save.ts";
import { sectionsOf } from "../../../../src/models/filing/sections.ts";
import { openRecord, type RecordTree } from "../../../../src/models/record/tree.ts";
import type { Values } from "../../../../src/vocabulary/filing.ts";
import * as sample from "../../../rules/sample.ts";
import type { World } from "../../../support/app.ts";
import { addPictures, complete, freshParts, registrantNamed, staffNamed } from "../../../support/filings.ts";
import { numberFiling } from "../../../support/records.ts";
import type { Model } from "./model.ts";

type Place = { world: World; bureauId: number };

const owner = ({ people }: World) => registrantNamed(people, "张三");
const entry = ["certificate", "leader", "form", "domain", "letter"];

const modelOf = (filing: Filing, more: Partial<Model>): Model => ({
  ...{
    id: filing.id,
    wantsPhoto: true,
    hasSmsCheck: true,
    author: filing.authorStaffId,
    writers: new Set(),
    handed: false,
    state: "draft",
    returnedFrom: null,
  },
  ...{ former: { state: "draft", returnedFrom: null }, claim: null, reviewer: null, photo: false },
  ...{ field: "", submitted: [], packages: "none", events: 1 },
  ...more,
});

let serial = 0;

async function recorded({ world, bureauId }: Place): Promise<RecordTree> {
  const filing = await complete(world.store, owner(world), freshParts());
  const number = `浙ICP备20269${String(++serial).padStart(5, "0")}号`;
  return openRecord(world.store, owner(world), await numberFiling(world.store, filing, bureauId, number));
}

async function begun(
  { world }: Place,
  beginning: Beginning,
  values: Record<string, Values>,
): Promise<Filing> {
  const { store } = world;
  const { accountId, ispId } = owner(world);
  const filing = await createFiling(store, owner(world), {
    ...beginning,
    ...{ accountId, ispId, requestId: newId() },
  });
  if ("taken" in filing) throw new Error(`taken: ${filing.taken}`);
  for (const section of await sectionsOf(store, filing)) {
    if (!section.open) continue;
    await saveSection(store, owner(world), {
      ...{ filingId: filing.id, sectionId: section.id, version: section.version },
      values: { ...section.values, ...values[section.kind] },
    });
  }
  await addPictures(store, filing, entry);
  for (const phone of phonesOf(await filingData(store, filing))) await recordProof(store, filing, phone);
  return filing;
}

/** Filings of each kind, ready to be submitted, with the model of each. */
export const beginnings: ((place: Place) => Promise<Model>)[] = [
  async ({ world }) => modelOf(await complete(world.store, owner(world), freshParts()), {}),
  // 代为备案: what the model holds of it is who the author is.
  async ({ world }) => {
    const author = staffNamed(world.people, "周八").staffId;
    const { id } = await complete(world.store, owner(world), freshParts());
    await world.db`update filings set author_staff_id = ${author} where id = ${id}`;
    return modelOf((await maybeFiling(world.db, id)) as Filing, {});
  },
  async (place) => {
    const { domain } = freshParts();
    const record = await recorded(place);
    const site = { ...sample.website, domains: [domain], homePages: [`www.${domain}`] };
    const beginning: Beginning = { kind: "add", subjectId: record.id, domain };
    return modelOf(await begun(place, beginning, { website: site, access: sample.access }), {});
  },
  async (place) => {
    const record = await recorded(place);
    const targetId = record.websites[0]?.id ?? 0;
    const beginning: Beginning = { kind: "change", subjectId: record.id, scope: "website", targetId };
    const filing = await begun(place, beginning, { website: { siteName: "示例茶叶新商城" } });
    return modelOf(filing, { wantsPhoto: false });
  },
  async (place) => {
    const record = await recorded(place);
    const beginning: Beginning = {
      kind: "cancel",
      subjectId: record.id,
      scope: "subject",
      targetId: record.id,
    };
    const filing = await begun(place, beginning, { cancellation: { reason: "1", explanation: "一" } });
    return modelOf(filing, { wantsPhoto: false, field: "一" });
  },
  async (place) => {
    const record = await recorded(place);
    const targetId = record.websites[0]?.accesses[0]?.id ?? 0;
    const beginning: Beginning = { kind: "cancel", subjectId: record.id, scope: "access", targetId };
    const filing = await begun(place, beginning, { cancellation: { reason: "4", explanation: "一" } });
    return modelOf(filing, { wantsPhoto: false, hasSmsCheck: false, field: "一" });
  },
];
