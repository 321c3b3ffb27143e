import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import { formatIcpNumber, parseIcpNumber } from "../../vocabulary/icp-number.ts";
import { syncRecordEvidence } from "../evidence/write.ts";
import { subjectColumns } from "../record/insert.ts";
import { noteRevision } from "../record/revisions.ts";
import type { Store } from "../store.ts";
import { insertWebsite, newObjectId, subjectValuesOf, type Under } from "./insert.ts";
import type { Obstacle } from "./mend.ts";
import { isElsewhere } from "./pairs.ts";
import type { DifferenceRow } from "./rows.ts";
import { isTaken } from "./taken.ts";

/** A record that came in from the bureau, or why it could not. */
export type Imported = { subjectId: number } | { obstacle: Obstacle };

/**
 * Puts a record that only the bureau has on record here, under a key of its own and without an account: whoever it belongs
 * to claims it (认领). Runs in the caller's transaction, which is given up where there is an obstacle.
 */
export async function importRecord(
  store: Store,
  row: DifferenceRow,
  theirs: BureauRecord,
): Promise<Imported> {
  const { db, vault } = store;
  const values = subjectValuesOf(theirs);
  const number = numberOf(theirs);
  const lacks = ["name", "nature", "certType", "certNo", "province"].some(
    (key) => textOf(values, key) === "",
  );
  if (number === "" || lacks) return { obstacle: "incomplete" };
  const { ispId, bureauId } = row;
  if (await isTaken(db, ispId, { number, of: "subject", except: 0 })) return { obstacle: "taken" };
  const { key, wrapped } = vault.newDataKey();
  const id = await newObjectId(store);
  const columns = subjectColumns(store, key, ispId, id, values);
  await db`
    insert into subjects (id, isp_id, bureau_id, bureau_object_id, number, province, nature, certificate_hash, name,
      name_sealed, data_key, values)
    values (${id}, ${ispId}, ${bureauId}, ${theirs.subject.bureauId ?? null}, ${number}, ${columns.province},
      ${columns.nature}, ${columns.hash}, ${columns.name}, ${columns.nameSealed}, ${wrapped}, ${db.json(columns.sealed)})`;
  await noteRevision(db, { ispId, subjectId: id, kind: "subject", id }, "imported", row.id);
  const [bureau] = await db<{ number: number }[]>`
    select bureau_isp_id as number from isp_bureaus where id = ${bureauId}`;
  const ispNumber = bureau?.number ?? 0;
  const under: Under = { store, ispId, subjectId: id, key, subject: values, ispNumber, differenceId: row.id };
  for (const site of theirs.websites.filter((one) => !isElsewhere(one, ispNumber))) {
    const obstacle = await insertWebsite(under, site);
    if (obstacle) return { obstacle };
  }
  await syncRecordEvidence(store, id);
  return { subjectId: id };
}

/** 主体备案号, also where only those of websites stand. */
function numberOf({ subject, websites }: BureauRecord): string {
  const given = subject.number ?? websites.find(({ number }) => number)?.number ?? "";
  const parsed = parseIcpNumber(given);
  return parsed ? formatIcpNumber(parsed, true) : (subject.number ?? "");
}
