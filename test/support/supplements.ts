import { newId } from "../../src/lib/ids.ts";
import { type Filing, findFiling } from "../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../src/models/filing/sections.ts";
import { type Supplement, supplementsOf } from "../../src/models/supplement/rows.ts";
import { sendSupplement } from "../../src/models/supplement/send.ts";
import { prepareMaterial } from "../../worker/tasks/prepare-material.ts";
import type { World } from "./app.ts";
import { registrantNamed } from "./filings.ts";
import { smallPhoto } from "./photos.ts";

/** 张三 sends one more paper for a locked filing; its picture is prepared. Gives what is on the filing then. */
export async function supplement(
  world: World,
  { number }: Pick<Filing, "number">,
  more: { slot?: string; wanted?: number } = {},
): Promise<Supplement> {
  const { store, people, files } = world;
  const filing = await findFiling(store.db, number, { kind: "system" });
  const { subject } = arrange(await sectionsOf(store, filing));
  await sendSupplement(store, files, registrantNamed(people, "张三"), {
    ...{ filingId: filing.id, requestId: newId(), bytes: await smallPhoto(), note: "补一份" },
    ...{ slot: more.slot ?? "other", sectionId: subject.id, wanted: more.wanted },
  });
  const prepare = prepareMaterial({ ...store, files });
  const waiting = await store.db<{ id: number }[]>`
    select id from materials where filing_id = ${filing.id} and state = 'processing'`;
  const helpers = { progress: () => undefined, attempt: 1, signal: undefined };
  for (const { id } of waiting) await prepare({ materialId: id }, helpers);
  const last =
    (await supplementsOf(store, filing)).find(({ id }) => id === more.wanted) ??
    (await supplementsOf(store, filing)).at(-1);
  if (!last) throw new Error("nothing was sent");
  return last;
}
