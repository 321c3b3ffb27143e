import type { DataKey } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import { filingKey, maybeFiling } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { type Material, materialColumns } from "./rows.ts";

/** Pictures that are compared with those of other filings; papers of one form look alike by themselves. */
const kinds: Partial<Record<string, "photo" | "card">> = {
  photo: "photo",
  leader: "card",
  siteLeader: "card",
};

/** At most so many of the 64 bits differ between a picture and its copy (src/documents/perceptual-hash.ts). */
const DISTANCE = 7;

/** How many pictures are looked at closely. */
const CANDIDATES = 12;

const BANDS = [0, 16, 32, 48];

/** A picture of another filing that may show the same, and the key that opens it. */
export type Candidate = { material: Material; key: DataKey };

/** What is kept of what a picture looks like: its hash, and the pictures that were found to show the same. */
export type Likeness = { print: string; sameAs: readonly number[] };

/** Whether this picture is compared with others at all. */
export const isCompared = ({ slot }: Pick<Material, "slot">): boolean => kinds[slot] !== undefined;

/** A band of a hash and all that differ from it in one bit: of two hashes seven bits apart, one band is among them. */
function near(print: string, from: number): number[] {
  const band = Number.parseInt(print.slice(from, from + 16), 2);
  return [band, ...Array.from({ length: 16 }, (_, bit) => band ^ (1 << bit))];
}

/**
 * Pictures of other filings of the provider whose hash (64 zeros and ones) is that of this picture or nearly so, those of
 * other accounts first. Four indexes find them; how alike they are the caller sees for itself.
 */
export async function alikeByPrint(store: Store, material: Material, print: string): Promise<Candidate[]> {
  const { db } = store;
  const [one, two, three, four] = BANDS.map((from) => near(print, from)) as [number[], ...number[][]];
  const rows = await db<Material[]>`
    select ${materialColumns(db)} from picture_prints p
      join materials m on m.id = p.material_id join filings f on f.id = m.filing_id
    where p.isp_id = ${material.ispId} and p.kind = ${kinds[material.slot] ?? ""}
      and (p.band1 = any(${one}) or p.band2 = any(${two ?? []}) or p.band3 = any(${three ?? []})
        or p.band4 = any(${four ?? []}))
      and bit_count(p.print # ${print}::text::bit(64)) <= ${DISTANCE}
      and m.filing_id <> ${material.filingId} and m.thumbnail_file is not null
    order by f.account_id = (select account_id from filings where id = ${material.filingId}),
      bit_count(p.print # ${print}::text::bit(64)), m.id desc
    limit ${CANDIDATES}`;
  const found: Candidate[] = [];
  for (const row of rows) {
    const filing = await maybeFiling(db, row.filingId);
    if (filing) found.push({ material: row, key: filingKey(store, filing) });
  }
  return found;
}

/** Writes down what a picture looks like; the caller's transaction holds its row. */
export async function recordLikeness(db: Db, material: Material, { print, sameAs }: Likeness): Promise<void> {
  await db`
    insert into picture_prints (material_id, isp_id, kind, print)
    values (${material.id}, ${material.ispId}, ${kinds[material.slot] ?? ""}, ${print}::text::bit(64))
    on conflict do nothing`;
  await db`
    insert into picture_matches (material_id, other_id)
    select ${material.id}, id from unnest(${[...sameAs]}::bigint[]) id on conflict do nothing`;
}

/**
 * Pictures of a filing (`a`) with those of other filings of the provider (`b`) that show the same, where it matters: the
 * subject is another, and for a card the filings name no person's number in common, since somebody may answer for two.
 */
export const seenElsewhere = (db: Db, filingId: number) => db`
  select s.id as a, o.id as b, o.filing_id as other_filing
  from materials s
    cross join lateral (select other_id as id from picture_matches where material_id = s.id
      union select material_id from picture_matches where other_id = s.id) x
    join materials o on o.id = x.id and o.isp_id = s.isp_id and o.filing_id <> s.filing_id
    join filings f on f.id = s.filing_id join filings g on g.id = o.filing_id
  where s.filing_id = ${filingId} and s.retired_at is null
    and (g.account_id <> f.account_id or g.subject_name is distinct from f.subject_name)
    and (s.slot = 'photo' or not exists (
      select 1 from filing_lookups k join filing_lookups l on l.isp_id = k.isp_id and l.kind = k.kind and l.key = k.key
      where k.filing_id = f.id and l.filing_id = g.id and k.kind = 'document'))`;

/** Ids of the pictures of a filing that also lie in a filing of another subject. */
export async function idsSeenElsewhere(db: Db, filingId: number): Promise<ReadonlySet<number>> {
  const rows = await db<{ a: number }[]>`${seenElsewhere(db, filingId)}`;
  return new Set(rows.map(({ a }) => a));
}
