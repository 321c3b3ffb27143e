import { newId } from "../../src/lib/ids.ts";
import { type Role, roles, type Staff } from "../../src/models/actor.ts";
import { addOwnEntry } from "../../src/models/blacklist/own.ts";
import type { World } from "./app.ts";
import { ownRange } from "./bureau-lists.ts";
import { askedRecord, downloaded, inquiryXml, unknownRecord } from "./bureau-tasks.ts";
import { staffNamed } from "./filings.ts";
import { matrixScene } from "./matrix-scene.ts";

/** Something of every kind that a bureau sent to the first provider; `id` is that of one by its word in the matrix. */
export type OneProvider = Pick<World, "store" | "db" | "files" | "close"> & {
  id(word: string): number;
  /** A second inquiry. */
  inquiry: number;
  staff(name: "李四" | "孙七" | "周八" | "吴九" | "郑十"): Staff;
  /** Somebody of the other provider, who may do everything there. */
  stranger: Staff;
};

/** Both providers have the same address range, and a record of the first one is in its own blacklist. */
export async function oneProvider(): Promise<OneProvider> {
  const { world, words } = await matrixScene();
  const { store, db, files, people } = world;
  const id = (word: string) => Number(words[word]);
  const staff = (name: Parameters<OneProvider["staff"]>[0]) => staffNamed(people, name);
  await downloaded(store, id("bureau"), inquiryXml(askedRecord({ ...unknownRecord, subject: 991_001 })));
  const [row] = await db<{ id: number }[]>`select max(id) as id from inquiries`;
  for (const ispId of Object.values(people.isps))
    await ownRange(store, ispId, "203.0.113.0", "203.0.113.255");
  const listed = { kind: "website" as const, name: "", domains: ["yunqi-wencha.cn"], reason: "多次违约" };
  await addOwnEntry(store, staff("吴九"), listed, newId());
  const stranger = { ...staffNamed(people, "冯二"), roles: Object.keys(roles) as Role[] };
  return { ...{ store, db, files, id, staff, stranger, inquiry: row?.id ?? 0 }, close: () => world.close() };
}

/** The name of what it throws; "nothing" where it goes well. */
export const thrownBy = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "nothing",
    (error: Error) => error.name,
  );
