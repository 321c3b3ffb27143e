import { bureauIdsOf, demoNumber, firstIdOf } from "../../src/demo/bureau-records.ts";
import { numberDemo } from "../../src/demo/numbers.ts";
import { personOf } from "../../src/demo/people.ts";
import { addAccess } from "../../src/models/filing/change-sections.ts";
import { filingData } from "../../src/models/filing/findings.ts";
import { phonesOf, recordProof } from "../../src/models/filing/phones.ts";
import { type Filing, maybeFiling } from "../../src/models/filing/rows.ts";
import { saveSection } from "../../src/models/filing/save.ts";
import { arrange, sectionsOf } from "../../src/models/filing/sections.ts";
import { slotsOf } from "../../src/models/material/slots.ts";
import { demoAccounts } from "../../src/simulator/index.ts";
import * as sample from "../rules/sample.ts";
import { act, complete, freshParts, registrantNamed } from "./filings.ts";
import type { JourneyWorld } from "./journey-world.ts";
import type { registrants } from "./people.ts";

/** 备案密码 of every record that the stories begin with. */
export const icpPassword = "Example1";

/** What a story knows of a record: how it is asked for, and where its page is. */
export type KnownRecord = { id: number; number: string; name: string; certNo: string; domain: string };

const RESIDENCE = "浙江省杭州市滨江区示例路100号3幢201室";
let serial = 0;

/**
 * A record with a website of two accesses, as a first filing leaves it behind: here, and with the same ids at the bureau.
 * How one comes to it is another story.
 */
export async function standingRecord(
  world: JourneyWorld,
  owner: keyof typeof registrants,
): Promise<KnownRecord> {
  const { store, people, simulator } = world;
  const [n, parts] = [++serial, freshParts()];
  const name = `第${n}号示例茶业（杭州）有限公司`;
  const actor = registrantNamed(people, owner);
  const ips = [`203.0.113.${n * 10}`, `203.0.113.${n * 10 + 1}`];
  // Nobody answers for the websites of two subjects, and a telephone is one person's.
  const { identity: idNo, mobile, emergency, email } = personOf("张三", "330108", n, "19800101");
  const unit = { name, investor: name, certNo: parts.certNo, residence: RESIDENCE };
  const subject = { ...sample.company, ...unit, ...{ idNo, mobile, emergency, email } };
  const filing = await complete(store, actor, { ...parts, subject, access: { ips: [ips[0] ?? ""] } });
  await secondAccess(world, owner, filing, ips[1] ?? "");
  await act(store, filing, "submit", actor, { declared: true });
  await store.db`
    update filings set state = 'at_bureau', bureau_id = (select min(id) from isp_bureaus) where id = ${filing.id}`;
  await numberDemo(store, filing, n);
  simulator.order({
    action: "seed",
    record: {
      ...{ ispId: demoAccounts[0]?.ispId ?? 0, firstId: firstIdOf(n), number: demoNumber(n) },
      ...{ password: icpPassword, name, certNumber: parts.certNo },
      area: { province: 330000, city: 330100, county: 330108 },
      websites: [
        {
          ...{ name: String(sample.website.siteName), domains: [parts.domain] },
          ips: [{ from: ips[0] ?? "", to: ips[0] ?? "" }],
          moreAccesses: [[{ from: ips[1] ?? "", to: ips[1] ?? "" }]],
        },
      ],
    },
  });
  const [row] = await store.db<{ id: number }[]>`
    select id from subjects where bureau_object_id = ${bureauIdsOf(n).subject}`;
  return { ...parts, name, number: demoNumber(n), id: row?.id ?? 0 };
}

async function secondAccess(
  { store, people }: JourneyWorld,
  owner: keyof typeof registrants,
  filing: Filing,
  ip: string,
): Promise<void> {
  const actor = registrantNamed(people, owner);
  const websiteId = arrange(await sectionsOf(store, filing)).websites[0]?.id ?? 0;
  await addAccess(store, actor, { filingId: filing.id, websiteId, seen: 1 });
  const access = arrange(await sectionsOf(store, filing)).websites[0]?.accesses[1];
  if (!access) throw new Error("no second access");
  const { id: sectionId } = access;
  const values = { ...sample.access, ips: [ip] };
  const [row] = (await sectionsOf(store, filing)).filter(({ id }) => id === sectionId);
  await saveSection(store, actor, { filingId: filing.id, sectionId, version: row?.version ?? 0, values });
}

/** Puts in what the story of the first filing puts in by hand: every required picture, and the codes of the telephones. */
export async function putInPictures(world: JourneyWorld, number: string, phase: "entry" | "photo") {
  const { store, db } = world;
  const filing = await filingOf(world, number);
  const wanted = (await slotsOf(store, filing)).filter(
    (slot) => slot.required && slot.phase === phase && slot.sameAs === null,
  );
  for (const { slot, sectionId } of wanted)
    await db`
      insert into materials (filing_id, isp_id, slot, section_id, state, original_bytes, digest, ready_at)
      select ${filing.id}, ${filing.ispId}, ${slot}, ${sectionId}, 'ready', 1000,
        ${Buffer.from(`${filing.id}-${slot}-${sectionId}`)}, now()
      where not exists (select 1 from materials where filing_id = ${filing.id} and slot = ${slot}
        and section_id = ${sectionId} and retired_at is null)`;
  for (const phone of phonesOf(await filingData(store, filing))) await recordProof(store, filing, phone);
  return wanted.map(({ slot }) => slot);
}

export async function filingOf({ db }: JourneyWorld, number: string): Promise<Filing> {
  const [row] = await db<{ id: number }[]>`select id from filings where number = ${number}`;
  const filing = await maybeFiling(db, row?.id ?? 0);
  if (!filing) throw new Error(`no filing ${number}`);
  return filing;
}
