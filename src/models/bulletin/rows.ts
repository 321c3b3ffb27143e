import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { Bulletin as Entry } from "../../gateways/bureau/downloads.ts";
import { hasRole, type Staff } from "../actor.ts";
import { Forbidden, NotFound } from "../errors.ts";
import { recordMeant } from "../record/meant.ts";
import type { Store } from "../store.ts";

/** 通知 of a bureau (XGTZ). */
export type Bulletin = {
  id: number;
  bureau: string;
  /** Tzlb, a code of notice_type. */
  category: number | null;
  number: string | null;
  subjectId: number | null;
  /** Number of the filing that is open for the record, else of the one that put it there. */
  filing: string | null;
  cameAt: Date;
  readAt: Date | null;
  /** Whoever of the provider read it first. */
  readByName: string | null;
  words: string;
  remark: string;
};

type Row = Omit<Bulletin, "words" | "remark"> & { ispId: number; dataKey: Buffer; wordsSealed: Buffer };

const context = (ispId: number): string => `isp:${ispId}:bulletin:words`;

type Place = { ispId: number; bureauId: number; answerId: number; position: number };

/** The filing that works on a record now, else the one that made it. */
async function filingOf(db: Db, ispId: number, subjectId: number): Promise<number | null> {
  const [row] = await db<{ id: number }[]>`
    select id from (
      select f.id, f.state not in ('numbered', 'cancelled', 'closed') as is_open from filings f
      where f.isp_id = ${ispId} and f.subject_id = ${subjectId}
      union all
      select s.filing_id, false from subjects s where s.isp_id = ${ispId} and s.id = ${subjectId}) f
    where id is not null order by is_open desc, id desc limit 1`;
  return row?.id ?? null;
}

/** Takes in one notice, inside the caller's transaction. Tzlb says what Jlid is an id of; without it it may be either. */
export async function takeBulletin(store: Store, place: Place, entry: Entry): Promise<void> {
  const { db, vault } = store;
  const { category, number, bureauId: id } = entry;
  const meant = await recordMeant(store, place, {
    numbers: number ? [number] : [],
    subjects: id && category !== 1 ? [id] : [],
    websites: id && category === 1 ? [id] : [],
  });
  const { key, wrapped } = vault.newDataKey();
  const text = JSON.stringify({ words: entry.words, remark: entry.remark });
  await db`
    insert into bulletins (isp_id, bureau_id, answer_id, position, category, number, subject_id, filing_id, data_key,
      words_sealed)
    values (${place.ispId}, ${place.bureauId}, ${place.answerId}, ${place.position}, ${category ?? null},
      ${number ?? null}, ${meant?.subjectId ?? null},
      ${meant ? await filingOf(db, place.ispId, meant.subjectId) : null}, ${wrapped},
      ${seal(key, text, context(place.ispId))})`;
}

/** Those of a provider, newest first: with an id below `before`; the unread alone where asked. */
export async function bulletinsOf(
  { db, vault }: Store,
  { ispId }: Pick<Staff, "ispId">,
  { before = Number.MAX_SAFE_INTEGER, unread = false, limit = 50 },
): Promise<Bulletin[]> {
  const rows = await db<Row[]>`
    select n.id, n.isp_id, b.name as bureau, n.category, n.number, n.subject_id, f.number as filing, n.came_at, n.read_at,
      s.name as read_by_name, n.data_key, n.words_sealed
    from bulletins n join isp_bureaus b on b.id = n.bureau_id left join filings f on f.id = n.filing_id
      left join staff s on s.id = n.read_by
    where n.isp_id = ${ispId} and n.id < ${before} ${unread ? db`and n.read_at is null` : db``}
    order by n.id desc limit ${limit}`;
  return rows.map(({ dataKey, wordsSealed, ispId: _, ...row }) => ({
    ...row,
    ...(JSON.parse(openText(vault.unwrap(dataKey), wordsSealed, context(ispId))) as Pick<
      Bulletin,
      "words" | "remark"
    >),
  }));
}

export async function unreadBulletins(db: Db, { ispId }: Pick<Staff, "ispId">): Promise<number> {
  const [row] = await db<{ n: number }[]>`
    select count(*) as n from bulletins where isp_id = ${ispId} and read_at is null`;
  return row?.n ?? 0;
}

/** Somebody read it; whoever was first stays. Throws NotFound for another provider's. */
export async function readBulletin({ db }: Pick<Store, "db">, actor: Staff, id: number): Promise<void> {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 read notices of the bureau");
  const rows = await db`
    update bulletins set read_at = coalesce(read_at, now()), read_by = coalesce(read_by, ${actor.staffId})
    where id = ${id} and isp_id = ${actor.ispId} returning id`;
  if (rows.length === 0) throw new NotFound(`no bulletin ${id}`);
}
