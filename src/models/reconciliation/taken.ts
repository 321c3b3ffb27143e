import type { Db } from "../../db/client.ts";

type What = {
  /** 备案号 of a subject or of a website; in 广东 both are the same. */
  number?: string;
  of?: "subject" | "website";
  domains?: readonly string[];
  /** The object that may have them. */
  except: number;
};

/** Whether another object in force of the provider has this number, or another website one of these domains. */
export async function isTaken(
  db: Db,
  ispId: number,
  { number, of, domains = [], except }: What,
): Promise<boolean> {
  const [row] = await db`
    select 1 from subjects
    where isp_id = ${ispId} and number = ${of === "subject" ? (number ?? null) : null} and cancelled_at is null
      and id <> ${except}
    union all
    select 1 from websites
    where isp_id = ${ispId} and number = ${of === "website" ? (number ?? null) : null} and cancelled_at is null
      and id <> ${except}
    union all
    select 1 from domains
    where isp_id = ${ispId} and domain = any(${[...domains]}::text[]) and cancelled_at is null
      and website_id <> ${except}
    limit 1`;
  return row !== undefined;
}
