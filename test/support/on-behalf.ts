import type { Actor, Staff } from "../../src/models/actor.ts";
import type { Filing } from "../../src/models/filing/rows.ts";
import { maybeFiling } from "../../src/models/filing/rows.ts";
import type { World } from "./app.ts";
import { complete, registrantNamed, staffNamed } from "./filings.ts";

/** A complete draft of 张三 that 周八 (客服) wrote for him. */
export async function writtenByStaff(
  { store, people, db }: World,
  parts: Parameters<typeof complete>[2] = {},
): Promise<{ filing: Filing; author: Staff; owner: Actor }> {
  const author = staffNamed(people, "周八");
  const owner = registrantNamed(people, "张三");
  const { id } = await complete(store, owner, parts);
  await db`update filings set author_staff_id = ${author.staffId} where id = ${id}`;
  const filing = await maybeFiling(db, id);
  if (!filing) throw new Error("the draft is gone");
  return { filing, author, owner };
}
