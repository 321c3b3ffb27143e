import { openText } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import type { ReadDocument } from "../../vocabulary/filing.ts";
import { type Belonging, materialContext } from "./rows.ts";

type Row = Belonging & { id: number; sealed: Buffer };

/** What was read on the current pictures of a filing, opened, by the id of the picture. */
export async function readTexts(
  db: Db,
  filingId: number,
  key: () => DataKey,
): Promise<Map<number, ReadDocument>> {
  const rows = await db<Row[]>`
    select id, isp_id, filing_id, slot, section_id, read_sealed as sealed from materials
    where filing_id = ${filingId} and retired_at is null and supplement_id is null and read_sealed is not null`;
  return new Map(
    rows.map((row) => [
      row.id,
      JSON.parse(openText(key(), row.sealed, materialContext(row, "read"))) as ReadDocument,
    ]),
  );
}
