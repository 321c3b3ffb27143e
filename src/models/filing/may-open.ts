import type { Db } from "../../db/client.ts";
import { NotFound } from "../errors.ts";
import { findFiling } from "./rows.ts";
import type { State } from "./states.ts";

/** Whether the websites of a filing may be opened yet, with the domains it is about. */
export type MayOpen = { number: string; state: State; domains: string[]; open: boolean };

/** What the provider's system asks before it opens a domain (可开通访问). Throws NotFound for another provider's filing. */
export async function mayOpen(db: Db, ispId: number, number: string): Promise<MayOpen> {
  const filing = await findFiling(db, number, { kind: "system" });
  if (filing.ispId !== ispId) throw new NotFound(`no filing ${number}`);
  const rows = await db<{ domain: string }[]>`
    select domain from filing_domains where filing_id = ${filing.id} order by id`;
  const { state } = filing;
  return { number, state, domains: rows.map(({ domain }) => domain), open: state === "numbered" };
}
