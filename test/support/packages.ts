import type { Db } from "../../src/db/client.ts";

/** A package with one upload of a filing, written as if the queue had made it; its file is nowhere. */
export async function writePackage(
  db: Db,
  filing: { id: number; ispId: number },
  bureauId: number,
  more: { state?: string; about?: readonly string[] } = {},
): Promise<number> {
  const taken = more.state === "accepted";
  const [made] = await db<{ id: number; sequence: number }[]>`
    insert into bureau_packages (isp_id, bureau_id, sequence, file_name, state, file, data_key, content_hash, bytes,
      accepted_at)
    values (${filing.ispId}, ${bureauId}, (select coalesce(max(sequence), 0) + 1 from bureau_packages
        where bureau_id = ${bureauId}), ${`p${filing.id}.xml`}, ${more.state ?? "prepared"}, 'f', '', 'h', 1,
      ${taken ? db`now()` : null})
    returning id, sequence`;
  await db`update isp_bureaus set last_sequence = ${(made?.sequence ?? 1) - (taken ? 0 : 1)} where id = ${bureauId}`;
  await db`
    insert into bureau_requests (package_id, isp_id, bureau_id, position, kind, filing_id, operation, about, accepted_at)
    values (${made?.id ?? 0}, ${filing.ispId}, ${bureauId}, 1, 'filing', ${filing.id}, 1, ${[...(more.about ?? [])]},
      ${taken ? db`now()` : null})`;
  return made?.id ?? 0;
}
