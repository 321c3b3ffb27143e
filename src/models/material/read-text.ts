import { openText } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { MaterialState, ReadDocument } from "../../vocabulary/filing.ts";
import { type Filing, filingKey } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { type Belonging, materialContext } from "./rows.ts";

/** A picture of a filing on which something was read. */
export type ReadMaterial = MaterialState & { id: number; read: ReadDocument };

type Row = Belonging & { id: number; sealed: Buffer };

const sealedTexts = (db: Db, filingId: number): Promise<Row[]> => db<Row[]>`
  select id, isp_id, filing_id, slot, section_id, read_sealed as sealed from materials
  where filing_id = ${filingId} and retired_at is null and supplement_id is null and read_sealed is not null`;

/** The current pictures of a filing on which something was read, with what that is. */
export async function readMaterials(store: Store, filing: Filing): Promise<ReadMaterial[]> {
  const rows = await sealedTexts(store.db, filing.id);
  return rows.map((row) => {
    const text = openText(filingKey(store, filing), row.sealed, materialContext(row, "read"));
    const { id, slot, sectionId } = row;
    return { ...{ id, slot, sectionId, state: "ready" }, read: JSON.parse(text) as ReadDocument };
  });
}
