import { newId } from "../../src/lib/ids.ts";
import type { Actor, Registrant, Staff } from "../../src/models/actor.ts";
import { createFiling } from "../../src/models/filing/create.ts";
import { filingData } from "../../src/models/filing/findings.ts";
import { phonesOf, recordProof } from "../../src/models/filing/phones.ts";
import { type Filing, findFiling } from "../../src/models/filing/rows.ts";
import { saveSection } from "../../src/models/filing/save.ts";
import { arrange, sectionsOf } from "../../src/models/filing/sections.ts";
import { type Input, transition } from "../../src/models/filing/transition.ts";
import type { Action } from "../../src/models/filing/workflow.ts";
import type { RootStore } from "../../src/models/store.ts";
import { creditCodeCheck } from "../../src/vocabulary/credit-code.ts";
import type { Values } from "../../src/vocabulary/filing.ts";
import * as sample from "../rules/sample.ts";
import { type People, registrants, staff } from "./people.ts";

/** The people of `people.ts` as actors. */
export const registrantNamed = (people: People, name: keyof typeof registrants): Registrant => {
  const { id, ispId } = people.registrants[name];
  return { kind: "registrant", accountId: id, ispId, name };
};

export const staffNamed = (people: People, name: keyof typeof staff): Staff => {
  const { id, ispId } = people.staff[name];
  return { kind: "staff", staffId: id, ispId, name, roles: staff[name].roles };
};

type Parts = { subject?: Values; website?: Values; access?: Values; domain?: string; certNo?: string };

let serial = 0;

/** A domain and an invented credit code that passes GB 32100, another one each time: no two filings of a file collide. */
export const freshParts = (): { domain: string; certNo: string } => {
  const first17 = `91330108MA2${String(++serial).padStart(6, "0")}`;
  return { domain: `tea${serial}.cn`, certNo: first17 + creditCodeCheck(first17) };
};

/** An empty draft of a company in 杭州. */
export async function draft(store: RootStore, actor: Registrant, parts: Parts = {}): Promise<Filing> {
  const made = await createFiling(store, actor, {
    kind: "first",
    accountId: actor.accountId,
    ispId: actor.ispId,
    nature: String(parts.subject?.nature ?? "4"),
    certType: String(parts.subject?.certType ?? "1"),
    certNo: parts.certNo ?? String(sample.company.certNo),
    domain: parts.domain ?? "example.cn",
    requestId: newId(),
  });
  if ("taken" in made) throw new Error(`taken: ${made.taken.join(" ")}`);
  return made;
}

/** A draft that can be submitted: every field, every picture, every number proved. */
export async function complete(store: RootStore, actor: Registrant, parts: Parts = {}): Promise<Filing> {
  const filing = await draft(store, actor, parts);
  const domain = parts.domain ?? "example.cn";
  const values = {
    subject: { ...sample.company, certNo: parts.certNo ?? sample.company.certNo, ...parts.subject },
    website: { ...sample.website, domains: [domain], homePages: [`www.${domain}`], ...parts.website },
    access: { ...sample.access, ...parts.access },
    cancellation: {},
  };
  for (const section of await sectionsOf(store, filing)) {
    const wanted = {
      filingId: filing.id,
      sectionId: section.id,
      version: section.version,
      values: values[section.kind] as Values,
    };
    const saved = await saveSection(store, actor, wanted);
    if (!saved.saved) throw new Error("somebody else saved");
  }
  await addPictures(store, filing, ["certificate", "leader", "form", "domain", "letter"]);
  for (const phone of phonesOf(await filingData(store, filing))) await recordProof(store, filing, phone);
  return findFiling(store.db, filing.number, actor);
}

/** Rows of pictures that are ready; their bytes are not there. */
export async function addPictures(store: RootStore, filing: Filing, slots: readonly string[]): Promise<void> {
  const { subject, websites } = arrange(await sectionsOf(store, filing));
  for (const slot of slots) {
    const owner = ["certificate", "leader", "other"].includes(slot) ? subject.id : (websites[0]?.id ?? 0);
    await store.db`
      update materials set retired_at = now() where filing_id = ${filing.id} and slot = ${slot} and section_id = ${owner} and retired_at is null`;
    await store.db`
      insert into materials (filing_id, isp_id, slot, section_id, state, original_bytes, digest, ready_at)
      values (${filing.id}, ${filing.ispId}, ${slot}, ${owner}, 'ready', 1000, ${Buffer.from(newId())}, now())`;
  }
}

/** Does one action and gives the filing as it then is. */
export const act = (
  store: RootStore,
  filing: Filing,
  action: Action,
  actor: Actor,
  input: Input = {},
): Promise<Filing> => transition(store, { filingId: filing.id, action, actor, requestId: newId(), input });

/** Brings a complete draft to where a later test begins, with the people of the first provider. */
export async function bringTo(
  store: RootStore,
  people: People,
  filing: Filing,
  state: "initial_review" | "photo_due" | "verification" | "ready",
): Promise<Filing> {
  const registrant = registrantNamed(people, "张三");
  const steps: [Filing["state"], () => Promise<Filing>][] = [
    ["initial_review", () => act(store, filing, "submit", registrant, { declared: true })],
    ["photo_due", () => reviewed(store, filing, "approve", staffNamed(people, "李四"))],
    [
      "verification",
      async () => {
        await addPictures(store, filing, ["photo"]);
        return act(store, filing, "submit-verification", registrant);
      },
    ],
    ["ready", () => reviewed(store, filing, "verify", staffNamed(people, "赵六"))],
  ];
  for (const [reached, step] of steps) {
    const now = await step();
    if (reached === state) return now;
  }
  throw new Error(`no way to ${state}`);
}

/** Claims and decides. */
export async function reviewed(
  store: RootStore,
  filing: Filing,
  action: Action,
  actor: Staff,
  input: Input = {},
): Promise<Filing> {
  await act(store, filing, "claim", actor);
  return act(store, filing, action, actor, input);
}
