import type { Db } from "../../db/client.ts";
import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import { bureauName, namesIn, numberName, ourName } from "./names.ts";
import { ANSWER, cancellationCodes, SUPPLEMENT } from "./operation-codes.ts";
import { type RequestState, requestsOfPackage, type Sent, sentColumns } from "./requests.ts";
import type { Decision } from "./results.ts";

/** Cancellations have no record that could come back. */
const CANCELLATIONS = Object.values(cancellationCodes);

/** What went beside the upload of a filing. */
const BESIDE = [SUPPLEMENT, ANSWER];

const open: readonly RequestState[] = ["open", "failed"];

/** `awaited`: its filing is approved, and the record still has to come. */
type Named = Sent & { named: number; awaited: boolean };

/** Requests to a bureau that one of these names may mean: those that more names mean first, then the newest. */
const requestsNamed = (
  db: Db,
  bureauId: number,
  names: readonly string[],
  operations: { only?: number | undefined; never?: readonly number[] },
): Promise<Named[]> => db<Named[]>`
  select ${sentColumns(db)},
    cardinality(array(select unnest(r.about) intersect select unnest(${[...names]}::text[]))) as named,
    exists (select 1 from filings f where f.id = r.filing_id and f.state = 'approved') as awaited
  from bureau_requests r join bureau_packages p on p.id = r.package_id
  where r.bureau_id = ${bureauId} and r.state <> 'void' and r.about && ${[...names]}::text[]
    and (${operations.only ?? null}::int is null or r.operation = ${operations.only ?? null})
    and not (r.operation = any(${[...(operations.never ?? [])]}::int[]))
  order by named desc, r.id desc limit 50`;

/**
 * The request that is meant: one that is open before any that is over, then the one that more of the names mean.
 * "ambiguous" where two open ones of different filings are meant alike; of those that are over, the newest.
 */
function meant(
  found: readonly Named[],
  isOpen: (one: Named) => boolean = ({ state }) => open.includes(state),
): Sent | "ambiguous" | undefined {
  const opened = found.filter(isOpen);
  const [best] = opened;
  if (!best) return found[0];
  const alike = opened.filter(({ named }) => named === best.named);
  return alike.some(({ filingId }) => filingId !== best.filingId) ? "ambiguous" : best;
}

/** The request that a decision is about, by Czlx and the names in Bs and Jlid. */
export async function requestOfDecision(
  db: Db,
  bureauId: number,
  { operation, about, also = [] }: Pick<Decision, "operation" | "about" | "also">,
): Promise<Sent | "ambiguous" | undefined> {
  const names = [about, ...also].flatMap(namesIn);
  const never = operation === SUPPLEMENT ? [ANSWER] : BESIDE;
  const found = await requestsNamed(db, bureauId, names, { only: operation, never });
  // What is over and fits better than what is open is spoken of again: a subject's next 新增网站 shares its number.
  return meant(found.filter(({ named }) => named === found[0]?.named));
}

/**
 * The request that a record (BASJ) answers: by our ids, the bureau's id of the subject, or a number. A record names
 * everything of its subject, what was filed before too: a filing that waits for its record comes before those.
 */
export async function requestOfRecord(
  db: Db,
  bureauId: number,
  { subject, websites }: BureauRecord,
): Promise<Sent | "ambiguous" | undefined> {
  const ours = [subject, ...websites, ...websites.flatMap(({ accesses }) => accesses)];
  const names = [
    ...ours.flatMap(({ ourId }) => (ourId === undefined ? [] : [ourName(ourId)])),
    ...(subject.bureauId === undefined ? [] : [bureauName(subject.bureauId)]),
    ...[subject, ...websites].flatMap(({ number }) => (number ? [numberName(number)] : [])),
  ];
  const found = await requestsNamed(db, bureauId, names, { never: [...BESIDE, ...CANCELLATIONS] });
  return meant(found, ({ state, awaited }) => awaited || open.includes(state));
}

/** Everything in the file that was rejected as a whole: 5001 has its name for words. */
export async function requestsOfFile(db: Db, bureauId: number, words: readonly string[]): Promise<Sent[]> {
  const [file] = await db<{ id: number }[]>`
    select p.id from bureau_packages p
    where p.bureau_id = ${bureauId} and p.file_name = any(${[...words]}) and p.state <> 'void'
    order by p.id desc limit 1`;
  return file ? requestsOfPackage(db, file.id) : [];
}

/** Whether another request was named alike before this one: then an old answer could be taken for a new one. */
export async function hasNamesake(db: Db, { id, bureauId, about }: Sent): Promise<boolean> {
  const [row] = await db`
    select 1 from bureau_requests r
    where r.bureau_id = ${bureauId} and r.id < ${id} and r.about && ${about}::text[]
      and not (r.operation = any(${BESIDE}::int[])) limit 1`;
  return row !== undefined;
}
