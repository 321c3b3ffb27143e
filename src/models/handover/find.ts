import type { MaterialSlot } from "../../rules/materials.ts";
import type { MaterialState, PictureFault } from "../../vocabulary/filing.ts";
import type { Registrant, Role, Staff } from "../actor.ts";
import { isWithStaff } from "../filing/on-behalf.ts";
import { type Filing, filingsById } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { codeKey, readCode } from "./code.ts";
import { maybeTargetSlot, type Target } from "./target.ts";

/** What came last through a link; `isThere`: nothing was put in its place since. */
export type Arrived = {
  at: Date;
  state: MaterialState["state"];
  problem: string | null;
  faults: PictureFault[];
  isThere: boolean;
};

/** A link that holds: whose act an upload is, and the one slot that it may fill. */
export type Handover = Pick<Target, "supplementId"> & {
  id: string;
  ispId: number;
  actor: Registrant | Staff;
  filing: Filing;
  slot: MaterialSlot;
  expiresAt: Date;
  arrived: Arrived | undefined;
};

type Row = Target & {
  id: string;
  ispId: number;
  filingId: number;
  accountId: number | null;
  staffId: number | null;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  pictureState: MaterialState["state"] | null;
  problem: string | null;
  faults: PictureFault[] | null;
  retiredAt: Date | null;
  staffName: string | null;
  roles: Role[];
};

/** `at`: when it is asked, an upload when it began. `ispId`: the provider of the host, undefined on a neutral one. */
export type Question = { code: string; at: Date; ispId: number | undefined };

/**
 * The link of a code, undefined for one that never was, is over or was ended, that is another provider's, and when the
 * slot may not be filled any more: the answers are never told apart.
 */
export async function maybeHandover(
  store: Store,
  { code, at, ispId }: Question,
): Promise<Handover | undefined> {
  const read = readCode(code);
  if (read === undefined) return undefined;
  const row = await rowOf(store, codeKey(store.vault, read), at, ispId ?? null);
  const actor = row && actorOf(row);
  if (!row || !actor) return undefined;
  const filing = (await filingsById(store.db, actor, [row.filingId])).get(row.filingId);
  if (!filing || (row.supplementId === null && filing.stateSince > row.createdAt)) return undefined;
  if (actor.kind === "staff" && !isWithStaff(filing)) return undefined;
  const slot = await maybeTargetSlot(store, filing, actor, row);
  if (!slot) return undefined;
  const { id, supplementId, expiresAt } = row;
  return { id, supplementId, expiresAt, ispId: row.ispId, actor, filing, slot, arrived: arrivedOf(row) };
}

/** Somebody who may not sign in any more has no links either. */
async function rowOf({ db }: Store, key: Buffer, at: Date, ispId: number | null): Promise<Row | undefined> {
  const [row] = await db<Row[]>`
    select h.id, h.isp_id, h.filing_id, h.slot, h.section_id, h.supplement_id, h.account_id, h.staff_id, h.created_at,
      h.expires_at, h.used_at, m.state as picture_state, m.problem, m.faults, m.retired_at, s.name as staff_name,
      array(select role from staff_roles r where r.staff_id = s.id order by role) as roles
    from handovers h left join materials m on m.id = h.material_id
      left join accounts a on a.id = h.account_id left join staff s on s.id = h.staff_id
    where h.code_key = ${key} and h.revoked_at is null and h.expires_at > ${at}
      and (${ispId}::bigint is null or h.isp_id = ${ispId}) and (a.state = 'active' or s.active)`;
  return row;
}

function actorOf({ accountId, staffId, ispId, staffName, roles }: Row): Registrant | Staff | undefined {
  if (accountId !== null) return { kind: "registrant", accountId, ispId, name: "" };
  return staffId === null ? undefined : { kind: "staff", staffId, ispId, name: staffName ?? "", roles };
}

const arrivedOf = (row: Row): Arrived | undefined =>
  row.usedAt === null
    ? undefined
    : {
        at: row.usedAt,
        state: row.pictureState ?? "failed",
        problem: row.problem,
        faults: row.faults ?? [],
        isThere: row.pictureState !== null && row.retiredAt === null,
      };
