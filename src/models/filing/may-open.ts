import type { Db } from "../../db/client.ts";
import { NotFound } from "../errors.ts";
import { accessOpening } from "./access-opening.ts";
import { findFiling } from "./rows.ts";
import type { State } from "./states.ts";

/** Whether the websites of a filing may be opened yet, with the domains it is about: numbered, or seven hours after 新增接入. */
export type MayOpen = {
  number: string;
  state: State;
  domains: string[];
  open: boolean;
  /** From when on a 新增接入 may be opened, ISO 8601; null for other kinds and while it is not sent in. */
  openAt: string | null;
};

/** What the provider's system asks before it opens a domain (可开通访问). Throws NotFound for another provider's filing. */
export async function mayOpen(db: Db, ispId: number, number: string): Promise<MayOpen> {
  const filing = await findFiling(db, number, { kind: "system" });
  if (filing.ispId !== ispId) throw new NotFound(`no filing ${number}`);
  const rows = await db<{ domain: string }[]>`
    select domain from filing_domains where filing_id = ${filing.id} order by id`;
  const { state } = filing;
  const opening = accessOpening(filing);
  return {
    ...{ number, state, domains: rows.map(({ domain }) => domain) },
    open: state === "numbered" || opening?.isOpen === true,
    openAt: opening?.openAt.toISOString() ?? null,
  };
}
