import type { Db } from "../../db/client.ts";
import type { MaterialState, PictureFault } from "../../vocabulary/filing.ts";

/** A row of `materials`; files are ids of the file store, their bytes sealed under the filing's key. */
export type Material = {
  id: number;
  filingId: number;
  ispId: number;
  slot: string;
  sectionId: number | null;
  state: MaterialState["state"];
  /** A code of src/documents; words live in the views. */
  problem: string | null;
  originalFile: string | null;
  fullFile: string | null;
  bureauFile: string | null;
  thumbnailFile: string | null;
  originalBytes: number;
  bureauBytes: number | null;
  width: number | null;
  height: number | null;
  quarterTurns: number;
  /** Percent cut off at the left, top, right and bottom. */
  crop: [number, number, number, number] | null;
  /** What makes it hard to read, once it is ready. */
  faults: PictureFault[];
  digest: Buffer;
  uploadedByStaff: number | null;
  uploadedAt: Date;
  readyAt: Date | null;
};

/** What lies in the file store of a picture: as it came, and the three copies. */
export type Copy = "original" | "full" | "bureau" | "thumbnail";

/** Whose picture it is. */
export type Belonging = Pick<Material, "ispId" | "filingId" | "slot" | "sectionId">;

/**
 * Sealing context of a picture, or of what was read on it: bound to the provider, the filing, the slot and the copy, so
 * that one laid in the place of another does not open.
 */
export const materialContext = (
  { ispId, filingId, slot, sectionId }: Belonging,
  copy: Copy | "read",
): string => `isp:${ispId}:filing:${filingId}:material:${slot}:${sectionId ?? 0}:${copy}`;

export const materialColumns = (db: Db) => db`
  m.id, m.filing_id, m.isp_id, m.slot, m.section_id, m.state, m.problem, m.original_file, m.full_file, m.bureau_file,
  m.thumbnail_file, m.original_bytes, m.bureau_bytes, m.width, m.height, m.quarter_turns, m.crop, m.faults, m.digest,
  m.uploaded_by_staff, m.uploaded_at, m.ready_at`;

/** The pictures that count now, one a slot. */
export const currentMaterials = (db: Db, filingId: number): Promise<Material[]> => db<Material[]>`
  select ${materialColumns(db)} from materials m
  where m.filing_id = ${filingId} and m.retired_at is null and m.supplement_id is null
  order by m.slot, m.section_id nulls first`;
