import { openText, seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import { maybeSlot } from "../../rules/slots.ts";
import type { MaterialState } from "../../vocabulary/filing.ts";
import { UNLIMITED } from "../../vocabulary/validity.ts";
import type { Registrant } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";

/** What its owner says of a certificate. */
export type About = {
  /** Key of a slot. */
  kind: string;
  /** 证件说明 */
  note: string;
  /** Whose paper it is; "" for not said, as in the others. */
  holder: string;
  /** YYYY-MM-DD, 长期, or "". */
  validUntil: string;
};

/** A certificate of an account, opened. */
export type Certificate = About & {
  id: number;
  label: string;
  state: MaterialState["state"];
  hasPicture: boolean;
  bytes: number;
  version: number;
  createdAt: Date;
  pictureAt: Date;
};

export type CertificateCopy = "original" | "full" | "thumbnail";

/** The row with what opens it. */
export type CertificateRow = {
  id: number;
  ispId: number;
  accountId: number;
  kind: string;
  noteSealed: Buffer | null;
  holderSealed: Buffer | null;
  validUntil: string | null;
  unlimited: boolean;
  state: MaterialState["state"];
  originalFile: string | null;
  fullFile: string | null;
  thumbnailFile: string | null;
  bytes: number;
  version: number;
  createdAt: Date;
  pictureAt: Date;
  /** The account's. */
  dataKey: Buffer;
};

/** Sealing context: bound to the account, the certificate and the place. */
export const certificateContext = (
  { id, accountId }: Pick<CertificateRow, "id" | "accountId">,
  place: "note" | "holder" | CertificateCopy,
): string => `account:${accountId}:certificate:${id}:${place}`;

export const certificateColumns = (db: Db) => db`
  c.id, c.isp_id, c.account_id, c.kind, c.note_sealed, c.holder_sealed, c.valid_until, c.unlimited, c.state,
  c.original_file, c.full_file, c.thumbnail_file, c.bytes, c.version, c.created_at, c.picture_at, a.data_key`;

/** Columns of what its owner says, sealed; for an insert or an update. */
export const sealedAbout = (
  key: DataKey,
  row: Pick<CertificateRow, "id" | "accountId">,
  about: About,
): Pick<CertificateRow, "kind" | "noteSealed" | "holderSealed" | "validUntil" | "unlimited"> => {
  const sealed = (place: "note" | "holder") =>
    about[place] === "" ? null : seal(key, about[place], certificateContext(row, place));
  const unlimited = about.validUntil === UNLIMITED;
  return {
    kind: about.kind,
    noteSealed: sealed("note"),
    holderSealed: sealed("holder"),
    validUntil: unlimited || about.validUntil === "" ? null : about.validUntil,
    unlimited,
  };
};

export function opened({ vault }: Store, row: CertificateRow): Certificate {
  const text = (place: "note" | "holder", sealed: Buffer | null) =>
    sealed === null ? "" : openText(vault.unwrap(row.dataKey), sealed, certificateContext(row, place));
  const { id, kind, state, bytes, version, createdAt, pictureAt } = row;
  return {
    ...{ id, kind, state, bytes, version, createdAt, pictureAt },
    label: maybeSlot(kind)?.label ?? "其他材料",
    hasPicture: row.thumbnailFile !== null,
    note: text("note", row.noteSealed),
    holder: text("holder", row.holderSealed),
    validUntil: row.unlimited ? UNLIMITED : (row.validUntil ?? ""),
  };
}

/** The row of a certificate if it is the actor's; throws NotFound otherwise. */
export async function ownRow(
  { db }: Store,
  { accountId, ispId }: Registrant,
  id: number,
): Promise<CertificateRow> {
  const [row] = await db<CertificateRow[]>`
    select ${certificateColumns(db)} from certificates c join accounts a on a.id = c.account_id
    where c.id = ${id} and c.account_id = ${accountId} and c.isp_id = ${ispId}`;
  if (!row) throw new NotFound("no such certificate of this account");
  return row;
}
