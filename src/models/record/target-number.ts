import type { Db } from "../../db/client.ts";
import type { Filing } from "../filing/rows.ts";

/** The 备案号 that a change or a cancellation is about: of an access that of its website; "" when it is not known. */
export async function numberOfTarget(
  db: Db,
  { scope, targetId }: Pick<Filing, "scope" | "targetId">,
): Promise<string> {
  const [about] = await db<{ number: string }[]>`
    select number from subjects where ${scope} = 'subject' and id = ${targetId}
    union all
    select number from websites where ${scope} = 'website' and id = ${targetId}
    union all
    select w.number from accesses a join websites w on w.id = a.website_id
    where ${scope} = 'access' and a.id = ${targetId}`;
  return about?.number ?? "";
}
