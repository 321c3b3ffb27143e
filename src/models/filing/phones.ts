import type { FilingData, Section } from "../../vocabulary/filing.ts";
import type { Store } from "../store.ts";
import type { Filing } from "./rows.ts";
import { sectionTree } from "./sections.ts";

/** A responsible person's mobile number that a code must prove. */
export type Phone = { sectionId: number; field: string; number: string };

/**
 * The numbers of a filing that need a proof: the subject's person, and each website's own one; not those of the record
 * that stay as they are.
 */
export function phonesOf({ subject, websites }: Pick<FilingData, "subject" | "websites">): Phone[] {
  const own = websites.filter(({ values }) => values.samePerson !== "1");
  const all = [
    { section: subject, field: "mobile" },
    ...own.map((section) => ({ section, field: "leaderMobile" })),
  ];
  return all
    .filter(({ section, field }) => isTypedHere(section, field))
    .map(({ section, field }) => ({
      sectionId: section.id,
      field,
      number: String(section.values[field] ?? ""),
    }))
    .filter(({ number }) => number !== "");
}

const isTypedHere = ({ open, before, values }: Section, field: string): boolean =>
  open !== false && String(before?.[field] ?? "") !== String(values[field] ?? "");

/** Digest of a number: a proof holds for this number only, wherever it stands in the filing. */
export const numberHash = ({ vault }: Store, number: string): Buffer => vault.lookup("mobile", number);

/** Numbers that no code has proved yet; a number proved once in the filing counts at every place. */
export async function unprovedPhones(store: Store, filing: Filing): Promise<Phone[]> {
  const proved = await store.db<{ numberHash: Buffer }[]>`
    select number_hash from phone_proofs where filing_id = ${filing.id}`;
  const known = new Set(proved.map((row) => row.numberHash.toString("hex")));
  return phonesOf(await sectionTree(store, filing)).filter(
    ({ number }) => !known.has(numberHash(store, number).toString("hex")),
  );
}

/** Writes down that a code sent to the number came back. */
export async function recordProof(store: Store, filing: Pick<Filing, "id">, phone: Phone): Promise<void> {
  await store.db`
    insert into phone_proofs (filing_id, section_id, field, number_hash)
    values (${filing.id}, ${phone.sectionId}, ${phone.field}, ${numberHash(store, phone.number)})
    on conflict do nothing`;
}
