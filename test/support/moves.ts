import { newId } from "../../src/lib/ids.ts";
import { createFiling } from "../../src/models/filing/create.ts";
import type { Filing } from "../../src/models/filing/rows.ts";
import { offerRecord, requestTransferCode } from "../../src/models/transfer/offer.ts";
import { movesOfAccount } from "../../src/models/transfer/rows.ts";
import type { World } from "./app.ts";
import { complete, freshParts, registrantNamed } from "./filings.ts";
import type { registrants } from "./people.ts";
import { numberFiling } from "./records.ts";

export type Recorded = { subjectId: number; number: string; certNo: string; domain: string; filing: Filing };

type Name = keyof typeof registrants;

let serial = 0;

/** A subject with one website on record, of this person's account. */
export async function recordOf(world: World, bureauId: number, name: Name = "张三"): Promise<Recorded> {
  const parts = freshParts();
  const filing = await complete(world.store, registrantNamed(world.people, name), parts);
  const number = `浙ICP备2025${String(++serial).padStart(6, "0")}号`;
  return { ...parts, number, filing, subjectId: await numberFiling(world.store, filing, bureauId, number) };
}

/** Puts a record on offer as its owner does, with the code; gives the id of the move. */
export async function offered(
  world: World,
  subjectId: number,
  toName: string,
  name: Name = "张三",
): Promise<number> {
  const actor = registrantNamed(world.people, name);
  const offer = { subjectId, toName, channel: "sms" as const };
  await requestTransferCode(world.store, actor, offer);
  const code = await world.codeFor(
    "transfer",
    `transfer:${actor.accountId}:${subjectId}:${toName.toLowerCase()}`,
  );
  const made = await offerRecord(world.store, actor, { ...offer, code, requestId: newId() });
  if (!("offered" in made && made.offered)) throw new Error(`not offered: ${JSON.stringify(made)}`);
  return (await movesOfAccount(world.db, actor))[0]?.id ?? 0;
}

/** Opens a change of the subject of a record. */
export const openChange = (world: World, subjectId: number, name: Name = "张三") => {
  const actor = registrantNamed(world.people, name);
  const { accountId, ispId } = actor;
  const change = { kind: "change", scope: "subject", subjectId, targetId: subjectId } as const;
  return createFiling(world.store, actor, { ...change, accountId, ispId, requestId: newId() });
};
