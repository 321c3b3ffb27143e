import type { Db } from "../../db/client.ts";
import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import { bureauName, namesIn, numberName, ourName } from "./names.ts";
import { cancellationCodes } from "./operation-codes.ts";
import { type Package, type PackageState, packageColumns, SUPPLEMENT } from "./packages.ts";
import type { Decision } from "./results.ts";

/** Cancellations have no record that could come back. */
const CANCELLATIONS = Object.values(cancellationCodes);

const open: readonly PackageState[] = ["prepared", "sending", "accepted", "failed"];

/** `awaited`: its filing is approved, and the record still has to come. */
type Named = Package & { named: number; awaited: boolean };

/** Packages of a bureau that one of these names may mean: those that more names mean first, then the newest. */
const packagesNamed = (
  db: Db,
  bureauId: number,
  names: readonly string[],
  operations: { only?: number | undefined; never?: readonly number[] },
): Promise<Named[]> => db<Named[]>`
  select ${packageColumns(db)},
    cardinality(array(select unnest(p.about) intersect select unnest(${[...names]}::text[]))) as named,
    exists (select 1 from filings f where f.id = p.filing_id and f.state = 'approved') as awaited
  from bureau_packages p
  where p.bureau_id = ${bureauId} and p.state <> 'void' and p.about && ${[...names]}::text[]
    and (${operations.only ?? null}::int is null or p.operation = ${operations.only ?? null})
    and not (p.operation = any(${[...(operations.never ?? [])]}::int[]))
  order by named desc, p.id desc limit 50`;

/**
 * The package that is meant: one that is open before any that is over, then the one that more of the names mean.
 * "ambiguous" where two open ones of different filings are meant alike; of those that are over, the newest.
 */
function meant(
  found: readonly Named[],
  isOpen: (one: Named) => boolean = ({ state }) => open.includes(state),
): Package | "ambiguous" | undefined {
  const opened = found.filter(isOpen);
  const [best] = opened;
  if (!best) return found[0];
  const alike = opened.filter(({ named }) => named === best.named);
  return alike.some(({ filingId }) => filingId !== best.filingId) ? "ambiguous" : best;
}

/** The package that a decision is about, by Czlx and the names in Bs and Jlid. */
export async function packageOfDecision(
  db: Db,
  bureauId: number,
  { operation, about, also = [] }: Pick<Decision, "operation" | "about" | "also">,
): Promise<Package | "ambiguous" | undefined> {
  const names = [about, ...also].flatMap(namesIn);
  const never = operation === SUPPLEMENT ? [] : [SUPPLEMENT];
  return meant(await packagesNamed(db, bureauId, names, { only: operation, never }));
}

/**
 * The package that a record (BASJ) answers: by our ids, the bureau's id of the subject, or a number. A record names
 * everything of its subject, what was filed before too: a filing that waits for its record comes before those.
 */
export async function packageOfRecord(
  db: Db,
  bureauId: number,
  { subject, websites }: BureauRecord,
): Promise<Package | "ambiguous" | undefined> {
  const ours = [subject, ...websites, ...websites.flatMap(({ accesses }) => accesses)];
  const names = [
    ...ours.flatMap(({ ourId }) => (ourId === undefined ? [] : [ourName(ourId)])),
    ...(subject.bureauId === undefined ? [] : [bureauName(subject.bureauId)]),
    ...[subject, ...websites].flatMap(({ number }) => (number ? [numberName(number)] : [])),
  ];
  const found = await packagesNamed(db, bureauId, names, { never: [SUPPLEMENT, ...CANCELLATIONS] });
  return meant(found, ({ state, awaited }) => awaited || open.includes(state));
}

/** The package whose file was rejected as a whole: 5001 has its name for words. */
export async function packageOfFile(
  db: Db,
  bureauId: number,
  words: readonly string[],
): Promise<Package | undefined> {
  const [row] = await db<Package[]>`
    select ${packageColumns(db)} from bureau_packages p
    where p.bureau_id = ${bureauId} and p.file_name = any(${[...words]}) and p.state <> 'void'
    order by p.id desc limit 1`;
  return row;
}

/** Whether another package was named alike before this one: then an old answer could be taken for a new one. */
export async function hasNamesake(db: Db, { id, bureauId, about }: Package): Promise<boolean> {
  const [row] = await db`
    select 1 from bureau_packages
    where bureau_id = ${bureauId} and id < ${id} and about && ${about}::text[] and operation <> ${SUPPLEMENT} limit 1`;
  return row !== undefined;
}
