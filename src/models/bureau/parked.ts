import { openText } from "../../crypto/seal.ts";
import { hasRole, type Staff } from "../actor.ts";
import { Forbidden, NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { resultContext } from "./answers.ts";
import type { BureauResult } from "./results.ts";

/** A result that could not be applied and waits for a person. */
export type ParkedResult = {
  id: number;
  bureau: string;
  kind: BureauResult["kind"];
  /** Why it was parked; for staff. */
  note: string | null;
  /** Number of the filing it is about, where there is one. */
  filing: string | null;
  fileName: string;
  receivedAt: Date;
  /** What the bureau wrote, or the name of the element that is not handled. */
  words: string;
};

type Row = Omit<ParkedResult, "words"> & {
  answerId: number;
  position: number;
  dataKey: Buffer;
  sealed: Buffer | null;
};

/** What waits for a person at the reviewer's provider, oldest first. */
export async function parkedResults(
  { db, vault }: Store,
  { ispId }: Pick<Staff, "ispId">,
  limit = 50,
): Promise<ParkedResult[]> {
  const rows = await db<Row[]>`
    select r.id, r.answer_id, r.position, r.kind, r.note, r.sealed, a.data_key, a.file_name, a.received_at,
      b.name as bureau, f.number as filing
    from bureau_results r join bureau_answers a on a.id = r.answer_id join isp_bureaus b on b.id = a.bureau_id
      left join filings f on f.id = r.filing_id
    where r.isp_id = ${ispId} and r.outcome = 'parked' and r.handled_at is null order by r.id limit ${limit}`;
  return rows.map(({ answerId, position, dataKey, sealed, ...row }) => {
    const text = sealed ? openText(vault.unwrap(dataKey), sealed, resultContext(answerId, position)) : "{}";
    return { ...row, words: wordsOf(JSON.parse(text) as BureauResult) };
  });
}

/** What the bureau wrote; what is shown in a list of its own has no words here. */
function wordsOf(result: BureauResult): string {
  if (result.kind === "other") return result.name;
  if (result.kind === "numbers") return result.record.subject.number ?? "";
  if (result.kind === "cancelled") return result.words || "管局注销";
  return "words" in result ? result.words : "";
}

/** A person has seen to a parked result; a second time changes nothing. Throws NotFound for one of another provider. */
export async function handleParked({ db }: Pick<Store, "db">, actor: Staff, id: number): Promise<void> {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 work on answers");
  const rows = await db`
    update bureau_results set handled_at = coalesce(handled_at, now()), handled_by = coalesce(handled_by, ${actor.staffId})
    where id = ${id} and isp_id = ${actor.ispId} and outcome = 'parked' returning id`;
  if (rows.length === 0) throw new NotFound(`no parked result ${id}`);
}
