import type { Registrant, Staff } from "../actor.ts";
import { type Filing, lockFiling } from "../filing/rows.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { dropUploads } from "../upload/parts.ts";
import { codeKey, codeOf } from "./code.ts";
import { type Target, targetSlot } from "./target.ts";

/** An open link as the page on the computer shows it. */
export type Link = Target & {
  id: string;
  code: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
};

type Asked = Target & { filingId: number };

/**
 * Makes a link for a slot and ends the one before (用手机拍照上传). Throws NotFound and TransitionRefused where the actor
 * could not fill the slot just now.
 */
export const makeHandover = (root: RootStore, actor: Registrant | Staff, asked: Asked): Promise<void> =>
  inTransaction(root, async (store) => {
    const filing = await lockFiling(store.db, asked.filingId, actor);
    const { slot, sectionId } = await targetSlot(store, filing, actor, asked);
    await end(store, { ...asked, slot, sectionId });
    const id = crypto.randomUUID();
    const staffId = actor.kind === "staff" ? actor.staffId : null;
    const accountId = actor.kind === "registrant" ? actor.accountId : null;
    await store.db`
      insert into handovers (id, code_key, isp_id, filing_id, slot, section_id, supplement_id, account_id, staff_id)
      values (${id}, ${codeKey(store.vault, codeOf(store.vault, id))}, ${filing.ispId}, ${filing.id}, ${slot},
        ${sectionId}, ${asked.supplementId}, ${accountId}, ${staffId})`;
  });

/** Ends the link of a slot; there may be none. Waits for a picture that is being taken in, and none comes after it. */
export const endHandover = (root: RootStore, actor: Registrant | Staff, asked: Asked): Promise<void> =>
  inTransaction(root, async (store) => {
    await lockFiling(store.db, asked.filingId, actor);
    await end(store, asked);
  });

/** Parts that come through a link belong to that link (`src/models/upload/parts.ts`). */
export const uploadHolder = (id: string): string => `handover:${id}`;

/** What came in parts goes with the link, so that new links fill no disk. */
async function end(store: Store, { filingId, slot, sectionId, supplementId }: Asked): Promise<void> {
  const [ended] = await store.db<{ id: string; ispId: number }[]>`
    update handovers set revoked_at = now()
    where filing_id = ${filingId} and slot = ${slot} and section_id = ${sectionId}
      and supplement_id is not distinct from ${supplementId} and revoked_at is null
    returning id, isp_id`;
  if (ended) await dropUploads(store, ended.ispId, [uploadHolder(ended.id)]);
}

/** The open links of a filing. A filing that went on ends those of its slots. */
export async function handoversOf({ db, vault }: Store, filing: Filing): Promise<Link[]> {
  const rows = await db<Omit<Link, "code">[]>`
    select id, slot, section_id, supplement_id, created_at, expires_at, used_at from handovers
    where filing_id = ${filing.id} and revoked_at is null and expires_at > now()
      and (supplement_id is not null or created_at >= ${filing.stateSince})
      and (account_id = ${filing.accountId} or staff_id is not null)`;
  return rows.map((row) => ({ ...row, code: codeOf(vault, row.id) }));
}
