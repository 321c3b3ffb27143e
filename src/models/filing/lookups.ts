import type { Db } from "../../db/client.ts";
import { compact, normalise } from "../../lib/text.ts";
import { fieldsOf, isVisible, listOf } from "../../vocabulary/fields/index.ts";
import type { FilingData, Section } from "../../vocabulary/filing.ts";
import { cleanPhone } from "../../vocabulary/phone.ts";
import type { Actor, Staff } from "../actor.ts";
import { seenElsewhere } from "../material/likeness.ts";
import type { Store } from "../store.ts";
import { type Filing, filingColumns, visibleTo } from "./rows.ts";

/** What several filings may share and staff search for. */
export type LookupKind = "document" | "phone" | "email" | "name";

export type Lookup = { kind: LookupKind; value: string };

/** Which fields are looked up, by what kind of personal data the dictionary says they hold. */
const kindOf: Partial<Record<string, LookupKind>> = {
  identity: "document",
  phone: "phone",
  email: "email",
  name: "name",
};

const spelling: Record<LookupKind, (text: string) => string> = {
  document: (text) => compact(text).toUpperCase(),
  phone: cleanPhone,
  email: (text) => compact(text).toLowerCase(),
  name: (text) => normalise(text).replace(/\s/g, ""),
};

/** A value in the spelling under which it is looked up. */
export const spelled = ({ kind, value }: Lookup): string => spelling[kind](value);

const inUsualSpelling = (lookup: Lookup): Lookup => ({ kind: lookup.kind, value: spelled(lookup) });

const digestOf = (store: Store, { kind, value }: Lookup): string =>
  store.vault.lookup(`filing:${kind}`, value).toString("hex");

/** What of a section is looked up, in its usual spelling. */
export function lookupsIn({ kind: section, values }: Pick<Section, "kind" | "values">): Lookup[] {
  return fieldsOf(section).flatMap((field) => {
    const kind = kindOf[field.sensitivity];
    if (!kind || !isVisible(field, values)) return [];
    return listOf(values, field.key).map((value) => inUsualSpelling({ kind, value }));
  });
}

/** Writes the digests of a filing anew; the caller holds its lock. */
export async function syncLookups(
  store: Store,
  filing: Pick<Filing, "id" | "ispId">,
  { subject, websites }: Pick<FilingData, "subject" | "websites">,
): Promise<void> {
  const found = [subject, ...websites].flatMap(lookupsIn).filter(({ value }) => value !== "");
  const keys = found.map((lookup) => digestOf(store, lookup));
  await store.db`delete from filing_lookups where filing_id = ${filing.id}`;
  await store.db`
    insert into filing_lookups (isp_id, kind, key, filing_id)
    select ${filing.ispId}, l.kind, decode(l.key, 'hex'), ${filing.id}
    from unnest(${found.map(({ kind }) => kind)}::text[], ${keys}::text[]) l (kind, key)
    on conflict do nothing`;
}

/** Ids of the filings of a provider that have one of these values, newest first. */
export async function filingIdsWith(
  store: Store,
  { ispId }: Pick<Staff, "ispId">,
  wanted: readonly Lookup[],
  limit: number,
): Promise<number[]> {
  if (wanted.length === 0) return [];
  const lookups = wanted.map(inUsualSpelling);
  const rows = await store.db<{ filingId: number }[]>`
    select distinct l.filing_id
    from unnest(${lookups.map(({ kind }) => kind)}::text[], ${lookups.map((one) => digestOf(store, one))}::text[]) w (kind, key)
      join filing_lookups l on l.isp_id = ${ispId} and l.kind = w.kind and l.key = decode(w.key, 'hex')
    order by l.filing_id desc limit ${limit}`;
  return rows.map(({ filingId }) => filingId);
}

/** Another filing of the provider with what it shares with this one. */
export type Related = Filing & { shares: ("document" | "phone" | "email" | "domain" | "picture")[] };

/** Other filings with the same document, telephone, mailbox, domain or photo, newest first. */
export const relatedFilings = (db: Db, actor: Actor, filing: Filing): Promise<Related[]> => db<Related[]>`
  select ${filingColumns(db)}, o.shares
  from (
    select filing_id, array_agg(distinct kind) as shares from (
      (select b.filing_id, a.kind from filing_lookups a
        join filing_lookups b on b.isp_id = a.isp_id and b.kind = a.kind and b.key = a.key
        where a.filing_id = ${filing.id} and a.kind <> 'name' and b.filing_id <> a.filing_id limit 200)
      union all
      (select b.filing_id, 'domain' from filing_domains a
        join filing_domains b on b.domain = a.domain and b.isp_id = a.isp_id
        where a.filing_id = ${filing.id} and b.filing_id <> a.filing_id limit 200)
      union all
      (select e.other_filing, 'picture' from (${seenElsewhere(db, filing.id)}) e limit 200)
    ) shared group by filing_id
  ) o join filings f on f.id = o.filing_id
  where ${visibleTo(db, actor)} order by f.id desc limit 8`;
